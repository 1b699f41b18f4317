"""What the desk's script is told: sessions in plain values, warnings, what can be undone."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from events.building import minutes_of
from events.conflicts import Standing, Warnings
from events.models import Event, ProgrammeAct, Session

from .reading import sessions_of

State = dict[str, Any]
#: Rows saved this long before an answer may only have become visible after it.
OVERLAP = dt.timedelta(seconds=30)


def session_state(session: Session) -> State:
    """One session: ``from`` and ``to`` are what the clocks on the wall show, in minutes after its day's midnight."""
    start = minutes_of(session.day, session.start, session.start_day) if session.start else None
    end = minutes_of(session.day, session.end, session.end_day) if session.end and session.start else None
    return {
        "id": session.pk,
        "key": session.key,
        "version": session.version,
        "title": str(session),
        "lang": session.title.language,
        "day": session.day.isoformat(),
        "from": start,
        "to": end,
        "room": session.room_id,
        "place": str(session.room or session.venue or ""),
        "parties": [party.pk for party in session.parties.all()],
        "track": session.track_id,
        "people": [[each.person_id, each.person.name] for each in session.contributions.all()],
        "kind": session.kind,
        "status": session.status,
        "audience": session.audience,
        "texts": text_marks(session),
    }


def text_marks(session: Session) -> dict[str, str]:
    """What a session's texts lack, by language: ``missing`` or ``stale``; nothing for a language that is complete."""
    stale = {"en": "stale"} if session.stale_texts() else {}
    return stale | {language: "missing" for _name, language in session.missing_texts()}


def warning_state(standing: Standing, event: Event) -> State:
    """One warning; ``sessions`` are those of this programme, to which one can jump."""
    conflict = standing.conflict
    return {
        "code": conflict.code,
        "severity": conflict.severity.value,
        "label": str(conflict.severity.label),
        "message": conflict.message,
        "sessions": [session.pk for session in conflict.sessions if session.event_id == event.pk],
        "keys": conflict.keys,
        "fingerprint": conflict.fingerprint,
        "said": standing.said,
    }


def acts_state(event: Event, user: Any) -> State:
    """What this officer can undo and redo, in words; None for nothing."""
    mine = ProgrammeAct.objects.filter(event=event, user=user)
    undo, redo = mine.undoable().first(), mine.redoable().first()
    return {"undo": str(undo) if undo else None, "redo": str(redo) if redo else None}


def whole_state(event: Event, user: Any, sessions: Iterable[Session], warnings: Warnings) -> State:
    """Everything, for a page that is opened."""
    return {
        "now": timezone.now().isoformat(),
        "sessions": [session_state(session) for session in sessions],
        **warning_states(warnings, event),
        **acts_state(event, user),
    }


def state_since(event: Event, user: Any, since: str) -> State:
    """What changed since the moment of the last answer, by whomever; ``ids`` are all sessions there are.

    Without the warnings: looking for them takes longer than moving, so the script asks for them afterwards.
    """
    now = timezone.now()
    rows = sessions_of(event)
    moment = _moment(since)
    if moment:
        rows = rows.filter(updated_at__gt=moment - OVERLAP)
    changed = list(rows)
    for session in changed:
        session.event = event
    return {
        "now": now.isoformat(),
        "sessions": [session_state(session) for session in changed],
        "ids": list(event.sessions.order_by("pk").values_list("pk", flat=True)),
        **acts_state(event, user),
    }


def warning_states(warnings: Warnings, event: Event) -> State:
    """The warnings that are open, which mark blocks, and apart from them those that somebody let stand."""
    return {
        "conflicts": [warning_state(each, event) for each in warnings.open],
        "accepted": [warning_state(each, event) for each in warnings.accepted],
    }


def _moment(text: str) -> dt.datetime | None:
    try:
        found = parse_datetime(text)
        return found.astimezone(dt.UTC) if found and found.tzinfo and found.year > 1 else None
    except (ValueError, OverflowError):
        return None
