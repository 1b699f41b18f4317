"""The record of acts: each officer undoes and redoes their own, never over what somebody changed since."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.bilingual import pick, texts
from events.models import Contribution, Event, ProgrammeAct, Session

from .people import people_from, set_people
from .snapshots import Values, put, require_there
from .stale import lock_event, locked

#: So many acts each officer can take back on one programme.
KEPT = 50


@dataclass(frozen=True)
class Change:
    """One session of an act: how it was (None where the act made it) and the row as it stands now."""

    session: Session
    before: Values | None
    after: Values
    people_of: str = ""


class ChangedSinceError(ValidationError):
    """What the act left behind is not there any more as it left it."""


def record(*, event: Event, by: User | None, kind: str, changes: Iterable[Change]) -> None:
    """Keep an act of an officer; what was undone before it cannot be redone any more."""
    if by is None:
        return
    mine = ProgrammeAct.objects.filter(event=event, user=by)
    mine.redoable().delete()
    ProgrammeAct.objects.create(event=event, user=by, kind=kind, rows=[_row(change) for change in changes])
    old = list(mine.undoable().values_list("pk", flat=True)[KEPT:])
    if old:
        mine.filter(pk__in=old).delete()


def undo_act(*, event: Event, by: User) -> ProgrammeAct:
    """Take back the last act of this officer.

    Raises :class:`ChangedSinceError`, and changes nothing, where a session of the act was changed since; that act
    is then forgotten, so that the one before it can be undone.
    """
    return _turn(event, by, back=True)


def redo_act(*, event: Event, by: User) -> ProgrammeAct:
    """Do again what this officer undid last; raises as :func:`undo_act` does."""
    return _turn(event, by, back=False)


def _turn(event: Event, by: User, *, back: bool) -> ProgrammeAct:
    permissions.require(permissions.may_edit_programme(by))
    mine = ProgrammeAct.objects.filter(event=event, user=by)
    act = None
    try:
        with transaction.atomic():
            event = lock_event(event)
            act = (mine.undoable() if back else mine.redoable()).first()
            if act is None:
                raise ValidationError(_("There is nothing to undo.") if back else _("There is nothing to redo."))
            _Turning(event, act, back=back).run()
            act.undone_at = timezone.now() if back else None
            act.save(update_fields=["rows", "undone_at"])
            log(instance=event, action="events.undo" if back else "events.redo", user=by, data={"act": str(act)})
    except ChangedSinceError:
        if act:
            mine.filter(pk=act.pk).delete()
        raise
    return act


class _Turning:
    """One act turned back or done again, all of it or nothing."""

    def __init__(self, event: Event, act: ProgrammeAct, *, back: bool) -> None:
        self.event, self.act, self.rows = event, act, act.rows
        # Where the sessions of the act must stand now, and where they are to stand.
        self.now, self.then = ("after", "before") if back else ("before", "after")
        self.stands, self.becomes = ("is", "was") if back else ("was", "is")
        held = locked(event.sessions.filter(key__in=[row["key"] for row in self.rows]))
        self.sessions = {session.key: session for session in held}
        self._touched: dict[int, ProgrammeAct] = {}

    def run(self) -> None:
        for row in self.rows:
            self._require_untouched(row)
        self._require_places()
        self._delete()
        self._make()
        self._put_back()
        self._keep_neighbours()

    def _require_untouched(self, row: dict[str, Any]) -> None:
        session = self.sessions.get(row["key"])
        if (session.version if session else None) != (row[self.stands] if row[self.now] else None):
            told = _("“%(title)s” was changed since, so this can no longer be undone or redone.")
            raise ChangedSinceError(told % {"title": pick(row["title"])})

    def _require_places(self) -> None:
        try:
            require_there([row[self.then] for row in self.rows if row[self.then]])
        except ValidationError as error:
            raise ChangedSinceError(error.messages[0]) from error

    def _delete(self) -> None:
        gone = [self.sessions[row["key"]].pk for row in self.rows if row[self.then] is None]
        if gone:
            Session.objects.filter(pk__in=gone).delete()

    def _make(self) -> None:
        made = {}
        for row in self.rows:
            if row[self.now] is None:
                session = Session(event=self.event)
                put(session, row[self.then])
                session.version = self._relink(row, row[self.becomes] + 1)
                made[row["key"]] = session
        Session.objects.bulk_create(made.values())
        stored = self.event.sessions.in_bulk(list(made), field_name="key")
        for row in self.rows:
            if row["key"] in made and row[self.then]["parties"]:
                stored[row["key"]].parties.set(row[self.then]["parties"])
            if row["key"] in made and row[self.then].get("people"):
                set_people(stored[row["key"]], people_from(row[self.then]["people"]), self.act.user)
        copy_people(self.event, {row["people_of"]: stored[row["key"]] for row in self.rows if row["key"] in made})

    def _put_back(self) -> None:
        changed: list[Session] = []
        columns: set[str] = set()
        for row in self.rows:
            if row[self.now] is not None and row[self.then] is not None:
                session = self.sessions[row["key"]]
                put(session, row[self.then])
                session.version = self._relink(row, session.version + 1)
                session.updated_at = timezone.now()
                changed.append(session)
                columns |= row[self.then].keys() - {"parties", "people"}
                self._put_back_lists(session, row[self.now], row[self.then])
        if changed:
            Session.objects.bulk_update(changed, [*columns, "version", "updated_at"])

    def _put_back_lists(self, session: Session, now: Values, then: Values) -> None:
        if then["parties"] != now["parties"]:
            session.parties.set(then["parties"])
        if then.get("people") != now.get("people"):
            set_people(session, people_from(then["people"]), self.act.user)

    def _relink(self, row: dict[str, Any], version: int) -> int:
        """A row gets a new version though it stands as before: the acts next to this one must know it by that."""
        known = row[self.becomes]
        row[self.becomes] = version
        for act, other in self._neighbours.get(row["key"], ()):
            if other[self.stands] == known:
                other[self.stands] = version
                self._touched[act.pk] = act
        return version

    def _keep_neighbours(self) -> None:
        for act in self._touched.values():
            act.save(update_fields=["rows"])

    @cached_property
    def _neighbours(self) -> dict[str, list[tuple[ProgrammeAct, dict[str, Any]]]]:
        found: dict[str, list[tuple[ProgrammeAct, dict[str, Any]]]] = {}
        mine = ProgrammeAct.objects.filter(event=self.event, user=self.act.user_id)
        for act in mine.exclude(pk=self.act.pk):
            for row in act.rows:
                found.setdefault(row["key"], []).append((act, row))
        return found


def copy_people(event: Event, copies: dict[str, Session]) -> None:
    """Give each copy the people of the session whose key it is listed under."""
    rows = Contribution.objects.filter(session__event=event, session__key__in=[key for key in copies if key])
    made = []
    for row in rows.select_related("session"):
        session = copies[row.session.key]
        row.pk, row._state.adding = None, True
        row.session = session
        made.append(row)
    Contribution.objects.bulk_create(made)


def _row(change: Change) -> dict[str, Any]:
    version = change.session.version
    return {
        "key": change.session.key,
        "title": texts(change.session, "title"),
        "before": change.before,
        "after": change.after,
        "was": None if change.before is None else version - 1,
        "is": version,
        "people_of": change.people_of,
    }
