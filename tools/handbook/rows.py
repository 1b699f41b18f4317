"""What stands in the site beside the demo's content: a week of work at a conference and at a study visit."""

import datetime as dt
import json
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.demo import Desk, load_sample, load_site
from cms.models import HomePage, StandardPage
from events.building import edit_session, move_session
from events.conflicts import accept_warning, read_warnings
from events.models import Event, Job, Session
from events.release import schedule_release
from events.sharing import add_comment, share_programme

from .coming import load_coming
from .names import BEGUN, CONFERENCE, PAPER, VISIT


def load() -> None:
    """The demo's content and those who work on it; nobody has a password."""
    load_sample()
    officer, colleague, editor, *_others = people()
    administrator = get_user_model().objects.create_superuser("admin")
    load_site(Desk(editor, administrator))
    change_conference(officer, colleague)
    change_visit(officer)
    Event.objects.create(
        slug=PAPER,
        kind="workshop",
        title_tr="Serin Kent Çalıştayı",
        title_en="Cool City Workshop",
        starts_on=dt.date(2027, 4, 8),
        ends_on=dt.date(2027, 4, 8),
        venue=Event.objects.get(slug=CONFERENCE).venue,
    )
    load_coming(officer)
    leave_jobs(officer)
    leave_page(editor)


def people() -> list[Any]:
    """Two programme officers, an editor, and whoever takes registrations."""
    found = []
    for name, first, last, group in (
        ("deniz", "Deniz", "Örnek", "Programme officers"),
        ("bora", "Bora", "Taslak", "Programme officers"),
        ("ceren", "Ceren", "Misal", "Editors"),
        ("emre", "Emre", "Kurgu", "Registration officers"),
    ):
        user = get_user_model().objects.create_user(name, f"{name}@sample.example", first_name=first, last_name=last)
        user.groups.add(Group.objects.get(name=group))
        found.append(user)
    return found


def session(event: str, title: str) -> Session:
    return Session.objects.select_related("event").get(event__slug=event, title_en=title)


def edit(title: str, by: Any, event: str = CONFERENCE, **values: Any) -> None:
    row = session(event, title)
    edit_session(session=row, by=by, version=row.version, values=values)


def move(title: str, by: Any, start: str, end: str) -> None:
    """To another time of the same day, in the same room."""
    row = session(CONFERENCE, title)
    times = [dt.time.fromisoformat(each) for each in (start, end)]
    move_session(session=row, by=by, version=row.version, day=row.day, start=times[0], end=times[1], room=row.room)


def change_conference(officer: Any, colleague: Any) -> None:
    """Not released yet: two moves, one of which clashes, another title, a draft; one warning is accepted."""
    move("Rain gardens", officer, "12:30", "13:15")
    move("Municipal restaurants", officer, "11:45", "12:30")
    edit("Age-friendly city", colleague, title_tr="Yaşlı dostu kent: evde bakım")
    edit("Mapping shade", officer, abstract_tr="Sokak sokak gölge ölçümü ve haritaya dökülmesi.")
    accept_others(Event.objects.get(slug=CONFERENCE), colleague)
    # Only the two who edit were at work in the last ten minutes.
    earlier = ModelLogEntry.objects.exclude(action__in=["wagtail.edit", "events.move"])
    earlier.update(timestamp=timezone.now() - dt.timedelta(days=2))


def accept_others(event: Event, by: Any) -> None:
    """Let all warnings stand but those that the moves above made and one about a text."""
    for standing in read_warnings(event).open:
        found = standing.conflict
        if not {"Municipal restaurants", "Mapping shade"} & {each.title_en for each in found.sessions}:
            told = {"rule": found.code, "keys": found.keys, "fingerprint": found.fingerprint}
            accept_warning(event=event, by=by, note="Konuşuldu, böyle kalıyor.", **told)


def change_visit(officer: Any) -> None:
    """Two hosts see it and one has said something; its release is planned."""
    event = Event.objects.get(slug=VISIT)
    last = timezone.localdate() + dt.timedelta(days=30)
    share = share_programme(event=event, by=officer, host="Nordhavn", last_day=last, language="en")
    share_programme(
        event=event, by=officer, host="Østerby", last_day=last, language="en", may_comment=False, restricted=True
    )
    about = event.sessions.filter(kind="site_visit").first()
    said = "The quay is closed until 15:30. Could you come half an hour later?"
    add_comment(share=share, name="Åse Prøve", session=about, text=said)
    tomorrow = timezone.now().astimezone(ZoneInfo(event.time_zone)) + dt.timedelta(days=1)
    schedule_release(event=event, by=officer, at=tomorrow.replace(hour=8, minute=0, second=0, microsecond=0))


def leave_jobs(officer: Any) -> None:
    """The papers of the conference are made, but for one that failed; what else was begun need not be waited for."""
    event, done = Event.objects.get(slug=CONFERENCE), {"owner": officer, "finished_at": timezone.now()}
    Job.objects.exclude(kind="render_programme", payload__release=event.releases.latest("number").pk).delete()
    Job.objects.update(state=Job.State.DONE, **done)
    failed = Job.objects.order_by("-pk")[:1].values("pk")
    Job.objects.filter(pk__in=list(failed.values_list("pk", flat=True))).update(
        state=Job.State.FAILED, attempts=6, error="SettingFailedError: time"
    )


def leave_page(editor: Any) -> None:
    """A page that somebody has begun: no lead, a heading without its section, no English yet."""
    body = [
        {"type": "heading", "value": {"text": "Kimler başvurabilir?", "level": "h3"}},
        {"type": "heading", "value": {"text": "Nasıl başvurulur?", "level": "h2"}},
    ]
    page = StandardPage(title=BEGUN, slug="staj-programi", body=json.dumps(body), owner=editor, live=False)
    HomePage.objects.get(locale__language_code="tr").add_child(instance=page)
    page.save_revision(user=editor)
