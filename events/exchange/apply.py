"""Rows into the working programme of an event: the one verb behind command and admin."""

from __future__ import annotations

import copy
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone
from wagtail.log_actions import log

from events import permissions
from events.models import Event, Session
from events.release import release_programme

from .contributions import Contributions
from .files import read_programme
from .matching import Matcher, sessions_of
from .outcome import digest_of, outcome_of
from .people import People, contributions_of
from .places import Places, kept_room
from .report import ImportReport, RowChange
from .rows import Reading, Remark, Row
from .sessions import default_zone, differences, ends_after_start, local, values_of
from .tidy import Doubles, tidy
from .values import UNDATED

Tell = Callable[[int, int], None]
_TEXTS = {"title_tr", "title_en", "abstract_tr", "abstract_en"}


class OutcomeChangedError(Exception):
    """The file would do something else by now than what was agreed to; ``report`` says what."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__(report.summary)
        self.report = report


def import_file(
    *, event: Event, data: bytes, by: User | None = None, dry_run: bool = False, release: bool = False
) -> ImportReport:
    """Read a file and import it, see :func:`import_programme`. Raises ``FileRefused`` for the file as a whole."""
    permissions.require(permissions.may_import(by))
    return import_programme(event=event, reading=read_programme(data), by=by, dry_run=dry_run, release=release)


def _nobody(done: int, total: int) -> None:
    """For imports whose progress nobody watches."""


def import_programme(
    *,
    event: Event,
    reading: Reading,
    by: User | None = None,
    dry_run: bool = False,
    release: bool = False,
    agreed: str = "",
    tell: Tell = _nobody,
) -> ImportReport:
    """Bring the rows of a file into an event's working programme, in one transaction.

    A row meets its session by ``ref``, else by day, start, room and title; what the file has no column for is
    left alone, and a row that says what the session says already touches nothing. Bad rows are refused and the
    others kept. ``release`` releases afterwards, unless a row was refused; ``dry_run`` reports and keeps nothing.
    ``agreed`` is the digest of the trial that somebody agreed to: where anything would come out otherwise by now, it
    raises :class:`OutcomeChangedError` and keeps nothing. ``tell`` hears how many rows are done, and of how many.
    """
    permissions.require(permissions.may_import(by))
    if release:
        permissions.require(permissions.may_release(by))
    with transaction.atomic():
        event = Event.objects.select_for_update(of=("self",)).select_related("venue").get(pk=event.pk)
        report = _Import(event, reading, tell).run()
        report.dry_run = dry_run
        if agreed and digest_of(outcome_of(report)) != agreed:
            raise OutcomeChangedError(report)
        if report.created or report.changed:
            log(instance=event, action="events.import", user=by, data={"summary": report.summary})
        report.not_released = release and bool(report.refused)
        if release and not report.refused and not dry_run:
            report.release = release_programme(event=event, by=by)
        if dry_run:
            transaction.set_rollback(True)
    return report


def main_language(reading: Reading) -> str:
    """The language in which the file names rooms and itself: that of its columns, else of most of its titles."""
    if reading.language:
        return reading.language
    spoken = Counter(tag for row in reading.rows for tag in row.title if tag in ("tr", "en"))
    return spoken.most_common(1)[0][0] if spoken else "tr"


def _put_on(row: Row, day: dt.date) -> None:
    """Give a row without any day this one, and its clock times too."""
    row.day = day
    row.start, row.end = (moment and moment + (day - UNDATED) for moment in (row.start, row.end))


class _Import:
    """One run; its steps share the report and what was looked up."""

    def __init__(self, event: Event, reading: Reading, tell: Tell) -> None:
        self.event = event
        self.reading = reading
        self.tell = tell
        self.report = ImportReport(
            event,
            refused=list(reading.refused),
            reported=list(reading.reported),
            missing=list(reading.missing),
            ignored_columns=reading.ignored_columns,
        )

    def run(self) -> ImportReport:
        places = Places(self.event, main_language(self.reading), self.reading.rows, self.reading.capacities)
        rows = self._sound_rows(places)
        matched = self._match(rows, places)
        # Only now are the sessions locked: whoever was saving one has saved its people too.
        existing = contributions_of(self.event)
        people = People(self.event, [(row, session) for row, session, _values in matched], existing, self.reading)
        met = people.meet()
        self.report.reported += people.doubtful
        contributions = Contributions()
        created: list[Session] = []
        for done, (row, session, values) in enumerate(matched, start=len(matched)):
            self.tell(done, 2 * len(matched))
            changes = contributions.compare(session, row, met[row.row], existing.get(session.pk or 0, []))
            self._settle(row, session, values, changes, created)
        Session.objects.bulk_create(created, batch_size=500)
        contributions.write()
        self._write_parties(matched, {session.pk for session in created})
        self._date_event()
        self.report.made = {**places.made, "person": sorted(person.name for person in people.new.values())}
        return self.report

    def _date_event(self) -> None:
        """An event without days of its own has those of its programme, so that lists can tell and sort it."""
        if self.event.starts_on or self.event.ends_on:
            return
        shown = self.event.sessions.releasable().filter(audience=Session.Audience.PUBLIC)
        days = shown.aggregate(first=Min("day"), last=Max("day"))
        if days["first"]:
            self.event.starts_on, self.event.ends_on = days["first"], days["last"]
            self.event.version += 1
            self.event.save(update_fields=["starts_on", "ends_on", "version", "updated_at"])

    def _sound_rows(self, places: Places) -> list[Row]:
        """The rows that make sessions: tidy, with a day, each once."""
        doubles = Doubles(self.reading)
        rows: list[Row] = []
        for each in tidy(self.reading):
            remark = each if isinstance(each, Remark) else self._trouble(each, doubles, places)
            if remark is None and isinstance(each, Row):
                rows.append(each)
            elif remark and remark.reason == "duplicate_row":
                self.report.duplicates.append(remark)
                self.report.unchanged += 1
            elif remark:
                self.report.refused.append(remark)
        self.report.refused.sort(key=lambda remark: remark.row)
        return rows

    def _trouble(self, row: Row, doubles: Doubles, places: Places) -> Remark | None:
        if row.day is None and self.event.starts_on:
            _put_on(row, self.event.starts_on)
        if row.day is None:
            return Remark(row.row, row.line, row.ref[:80], self.reading.names.get("day", "day"), "", "no_day")
        if not ends_after_start(row, places.zone(row)):
            return Remark(row.row, row.line, row.ref[:80], self.reading.names.get("end", "end"), "", "end_before_start")
        return doubles.judge(row)

    def _match(self, rows: list[Row], places: Places) -> list[tuple[Row, Session, dict[str, Any]]]:
        matcher = Matcher(sessions_of(self.event))
        matched = []
        for done, row in enumerate(rows):
            self.tell(done, 2 * len(rows))
            known = matcher.find_by_ref(row)
            room = (kept_room(row, known) if known else None) or places.room(row)
            start = local(row.start, default_zone(self.event, room, None))
            session = known or matcher.find(row, start.time() if start else None, room) or Session(event=self.event)
            values = values_of(row, session, places, room)
            if "parties" in row.given:
                values["parties"] = places.parties_of(row)
            matched.append((row, session, values))
        places.settle_home(rows)
        return matched

    def _settle(
        self, row: Row, session: Session, values: dict[str, Any], changes: dict[str, Any], created: list[Session]
    ) -> None:
        """Count the row; write what differs of a session that was there, and collect a new one."""
        parties = values.pop("parties", None)
        if session.pk is None:
            self._create(row, session, values, changes | ({"parties": ([], parties)} if parties else {}))
            created.append(session)
        else:
            differing = differences(session, values) | changes
            if parties is not None and {each.pk for each in session.parties.all()} != {each.pk for each in parties}:
                differing["parties"] = (list(session.parties.all()), parties)
            self._update(row, session, values, differing)
        self.report.draft += session.status == Session.Status.DRAFT
        if parties is not None:
            values["parties"] = parties

    def _create(self, row: Row, session: Session, values: dict[str, Any], others: dict[str, Any]) -> None:
        session.position = row.row
        for name, value in values.items():
            setattr(session, name, value)
        session.status = row.status or Session.Status.CONFIRMED
        session.kind = session.kind if "kind" in values else Session.Kind.OTHER
        session.note_translations()
        fields = {name: (None, value) for name, value in values.items() if value not in (None, "", [])}
        self.report.created += 1
        self.report.rows.append(RowChange(row.row, row.ref, "created", session, fields | others))

    def _update(
        self, row: Row, session: Session, values: dict[str, Any], differing: dict[str, tuple[Any, Any]]
    ) -> None:
        if not differing:
            self.report.unchanged += 1
            self.report.rows.append(RowChange(row.row, row.ref, "unchanged", session, {}))
            return
        before = copy.copy(session)
        columns_changed = [name for name in values if name in differing]
        for name in columns_changed:
            setattr(session, name, values[name])
        session.version += 1
        session.updated_at = timezone.now()
        if _TEXTS & set(columns_changed):
            session.translated_from = dict(session.translated_from)
            session.note_translations(before)
            columns_changed.append("translated_from")
        session.save(update_fields=[*columns_changed, "version", "updated_at"])
        self.report.changed += 1
        self.report.rows.append(RowChange(row.row, row.ref, "changed", session, differing))

    def _write_parties(self, matched: Iterable[tuple[Row, Session, dict[str, Any]]], created: set[int]) -> None:
        changed = {change.row for change in self.report.changes if "parties" in change.fields}
        for row, session, values in matched:
            parties = values.get("parties")
            if row.row in changed or (parties and session.pk in created):
                session.parties.set(parties or [])
