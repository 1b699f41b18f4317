"""Import every programme of the shared data with the real command, and hold the result against its figures.

    python .ci/shared_data.py FOLDER

Each file goes into a database of its own. What must be is in FOLDER/expected.json and in its README.
"""
# ruff: noqa: PLC0415, S603, T201 - a script that prints, runs the project's own commands, and needs Django only in its child

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SUMMARY = "created={} changed={} unchanged={} draft={} refused={} release={}"
FORUM = ("forum.xlsx", "forum-excel-tr.csv", "forum-excel-utf8.csv", "forum-unicode.txt")
PRETALX = ("pretalx-export.json", "pretalx-export.xml")
FRAB = "conference-frab.xml"

problems: list[str] = []


def check(what: str, found: Any, expected: Any) -> None:
    """Note a difference; the run goes on, so that all of them are seen."""
    if found != expected:
        problems.append(f"{what}: {found!r} instead of {expected!r}")


class Site:
    """A fresh database, and the project's own commands on it."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.database = folder / "site.sqlite3"
        shutil.copy(template, self.database)

    def run(self, *command: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment(self.database),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode > 1:
            problems.append(f"{' '.join(command)}: {done.stderr.strip()[-2000:]}")
        return done.returncode, done.stdout

    def load(self, file: Path, slug: str, *options: str) -> tuple[int, str]:
        status, out = self.run("manage.py", "import_programme", str(file), "--event", slug, *options)
        return status, (out.strip().splitlines() or [""])[-1]

    def describe(self, slug: str) -> dict[str, Any]:
        _status, out = self.run(__file__, "--describe", slug)
        found: dict[str, Any] = json.loads(out.strip().splitlines()[-1])
        return found


def environment(database: Path) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "REDIS_URL": "", "DEBUG": "on"}


def describe(slug: str) -> None:
    """Print one event as JSON: its working sessions, and its feed after a release."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    django.setup()
    from django.conf import settings
    from django.test import Client

    from events.models import Event, Person
    from events.release import release_programme

    settings.ALLOWED_HOSTS = ["testserver"]
    event = Event.objects.get(slug=slug)
    release_programme(event=event)
    feed = Client().get(f"/calendars/en/{slug}.ics").content.decode()
    sessions = event.sessions.in_order().select_related("room", "track").prefetch_related("contributions__person")
    people = Person.objects.filter(contributions__session__event=event).distinct()
    print(
        json.dumps(
            {
                "sessions": [session_as_told(session) for session in sessions],
                "people": sorted(people.values_list("name", flat=True)),
                "entries": feed.count("BEGIN:VEVENT"),
                "cancelled": feed.count("STATUS:CANCELLED"),
                "feed": feed,
            }
        )
    )


def session_as_told(session: Any) -> dict[str, Any]:
    from zoneinfo import ZoneInfo

    def local(moment: Any) -> str | None:
        zone = ZoneInfo(session.zone_at_start)
        return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if moment else None

    def of_role(role: str) -> list[str]:
        return [each.person.name for each in session.contributions.all() if each.role == role]

    from events.models.programme import instant

    ends_at = session.ends_at or instant(session.day, session.end, session.end_day, session.zone_at_end)
    return {
        "ref": session.ref,
        "programme_day": session.day.isoformat(),
        "local_start": local(session.starts_at),
        "local_end": local(ends_at),
        "utc_start": session.starts_at.strftime("%Y-%m-%dT%H:%MZ") if session.starts_at else None,
        "utc_end": session.ends_at.strftime("%Y-%m-%dT%H:%MZ") if session.ends_at else None,
        "room": (session.room.name_tr or session.room.name_en) if session.room else None,
        "track": (session.track.name_tr or session.track.name_en) if session.track else None,
        "kind": session.kind,
        "status": session.status,
        "title_tr": session.title_tr or None,
        "title_en": session.title_en or None,
        "title": str(session.title),
        "language": session.other_language or ("tr" if session.title_tr else "en"),
        "abstracts": [session.abstract_tr, session.abstract_en, session.abstract_other],
        "languages": session.languages,
        "interpretation": session.interpretation,
        "moderators": of_role("moderator"),
        "speakers": of_role("speaker"),
        "people": [each.person.name for each in session.contributions.all()],
        "shown": [each.shown_tr for each in session.contributions.all()],
    }


def check_forum(name: str, expected: dict[str, Any], told: dict[str, Any]) -> None:
    """The figures of one of the four forms of the forum."""
    sessions = told["sessions"]
    figures = {
        "sessions_created": len(sessions),
        "drafts": sum(each["status"] == "draft" for each in sessions),
        "cancelled": sum(each["status"] == "cancelled" for each in sessions),
        "untimed": sum(each["local_start"] is None for each in sessions),
        "without_end": sum(each["local_end"] is None for each in sessions),
        "without_title_en": sum(each["title_en"] is None for each in sessions),
        "without_room": sum(each["room"] is None for each in sessions),
        "people_distinct": len(told["people"]),
        "room_names": sorted({each["room"] for each in sessions if each["room"]}),
        "kinds": dict(Counter(each["kind"] for each in sessions)),
        "timed_calendar_entries_if_released": {
            "confirmed": told["entries"] - told["cancelled"],
            "cancelled": told["cancelled"],
        },
    }
    check_figures(name, {**figures, "room_names": sorted(figures["room_names"])}, expected)
    check_times_and_rows(name, expected, sessions)


def check_pretalx(name: str, expected: dict[str, Any], told: dict[str, Any]) -> None:
    """The figures of one of the two forms of the pretalx export."""
    sessions = told["sessions"]
    figures = {
        "sessions_created": len(sessions),
        "people_distinct": len(told["people"]),
        "people_distinct_names": len(set(told["people"])),
        "room_names": sorted({each["room"] for each in sessions}),
        "tracks": sorted({each["track"] for each in sessions if each["track"]}),
        "languages": dict(Counter(each["language"] for each in sessions)),
        "without_people": sum(not each["people"] for each in sessions),
        "without_abstract": sum(not any(each["abstracts"]) for each in sessions),
        "timed_calendar_entries_if_released": {"confirmed": told["entries"], "cancelled": told["cancelled"]},
    }
    check_figures(name, figures, expected)
    check_times_and_rows(name, expected, sessions)
    doubled = [person for person, times in Counter(told["people"]).items() if times > 1]
    check(f"{name} two people of one name", doubled, expected["two_people_of_one_name"])


def check_figures(name: str, figures: dict[str, Any], expected: dict[str, Any]) -> None:
    for key, value in figures.items():
        wanted = sorted(expected[key]) if key in ("room_names", "tracks") else expected[key]
        check(f"{name} {key}", value, wanted)


def check_times_and_rows(name: str, expected: dict[str, Any], sessions: list[dict[str, Any]]) -> None:
    days = dict(sorted(Counter(each["programme_day"] for each in sessions).items()))
    check(f"{name} sessions_per_day", days, expected["sessions_per_day"])
    shown = [each for each in sessions if each["status"] != "draft"]
    check(
        f"{name} first start",
        min(each["utc_start"] for each in shown if each["utc_start"]),
        expected["first_utc_start"],
    )
    check(f"{name} last end", max(each["utc_end"] for each in shown if each["utc_end"]), expected["last_utc_end"])
    by_ref = {each["ref"]: each for each in sessions}
    for row in expected["checked"]:
        session = by_ref.get(row["ref"], {})
        for key, value in row.items():
            if key not in ("row", "line", "code", "kind_in_file"):
                check(f"{name} {row['ref']} {key}", session.get(key), value)


def same_everywhere(told: dict[str, Any]) -> list[dict[str, Any]]:
    return sorted(told["sessions"], key=lambda each: each["ref"])


def check_family(site: Any, folder: Path, names: tuple[str, ...], expected: dict[str, Any]) -> None:
    """Each file alone, then all the others after it into the same event: nothing changes any more."""
    first: list[dict[str, Any]] | None = None
    for name in names:
        wanted = expected["files"][name]
        fresh = site()
        refused, unchanged = len(wanted["refused"]), wanted.get("unchanged", 0)
        status, line = fresh.load(folder / name, "ornek", "--create", "--kind", "conference", "--release")
        release = "none" if refused else 1
        counts = (wanted["sessions_created"], 0, unchanged, wanted["drafts"], refused, release)
        check(f"{name} summary", line, SUMMARY.format(*counts))
        check(f"{name} exit", status, 1 if refused else 0)
        told = fresh.describe("ornek")
        (check_pretalx if name in PRETALX else check_forum)(name, wanted, told)
        first = first or same_everywhere(told)
        check(f"{name} the same as {names[0]}", same_everywhere(told), first)
        for other in names:
            status, line = fresh.load(folder / other, "ornek")
            again = (0, 0, wanted["sessions_created"] + unchanged, wanted["drafts"], refused, "none")
            check(f"{other} after {name}", line, SUMMARY.format(*again))
        check(f"{name} feed after all others", fresh.describe("ornek")["feed"], told["feed"])


def check_frab(site: Any, folder: Path) -> None:
    """The real conference: 138 events, 138 entries, 198 people, and none more the second time."""
    fresh = site()
    options = ("--create", "--kind", "conference", "--time-zone", "Europe/Berlin", "--release")
    status, line = fresh.load(folder / FRAB, "kongre", *options)
    check(f"{FRAB} first", (status, line), (0, SUMMARY.format(138, 0, 0, 0, 0, 1)))
    told = fresh.describe("kongre")
    check(f"{FRAB} entries", (told["entries"], told["cancelled"]), (138, 0))
    check(f"{FRAB} people", len(told["people"]), 198)
    rooms = {each["room"] for each in told["sessions"]}
    check(f"{FRAB} rooms", rooms, {"Saal 1", "Saal 2", "Saal G", "Saal 6"})
    after_midnight = [each for each in told["sessions"] if each["local_start"][:10] > each["programme_day"]]
    check(f"{FRAB} after midnight", len(after_midnight), 4)
    check(f"{FRAB} ending at midnight", sum(each["local_end"].endswith("T00:00") for each in told["sessions"]), 11)
    status, line = fresh.load(folder / FRAB, "kongre", "--release")
    check(f"{FRAB} second", (status, line), (0, SUMMARY.format(0, 0, 138, 0, 0, "none")))
    check(f"{FRAB} feed", fresh.describe("kongre")["feed"], told["feed"])


def migrated() -> Path:
    """The empty database that the tests copy too."""
    command, env = [sys.executable, "-m", "tests"], {**os.environ, "DATABASE_URL": ""}
    return Path(
        subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    )


def main(folder: Path) -> int:
    expected = json.loads((folder / "expected.json").read_text())
    with tempfile.TemporaryDirectory() as scratch:
        template = migrated()
        number = 0

        def site() -> Site:
            nonlocal number
            number += 1
            place = Path(scratch) / str(number)
            place.mkdir()
            return Site(template, place)

        check_family(site, folder, FORUM, expected)
        check_family(site, folder, PRETALX, expected)
        check_frab(site, folder)
    for problem in problems:
        print(problem)
    print(f"{len(problems)} differences between what the files say and what was imported")
    return 1 if problems else 0


if __name__ == "__main__":
    if sys.argv[1] == "--describe":
        describe(sys.argv[2])
    else:
        sys.exit(main(Path(sys.argv[1]).resolve()))
