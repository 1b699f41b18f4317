"""A session's columns as plain values for an act's record, and back."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from events.models import Party, Person, Session

from .people import people_row

Values = dict[str, Any]

#: What moving changes.
PLACE = ("day", "start", "end", "start_day", "end_day", "room", "venue")
_NOT_KEPT = {"id", "event", "version", "created_at", "updated_at"}
#: Everything that makes a session the same again.
WHOLE = tuple(field.name for field in Session._meta.concrete_fields if field.name not in _NOT_KEPT)


def take(session: Session, names: Iterable[str] = PLACE, *, people: bool = False) -> Values:
    """The columns of a session, its parties by number, and its people where an act can change them."""
    values: Values = {name: getattr(session, _column(name)) for name in names}
    # A copy: what is noted in a row later must not reach what was taken before.
    values = {name: copy(value) for name, value in values.items()}
    values["parties"] = sorted(party.pk for party in session.parties.all())
    if people:
        values["people"] = [people_row(row) for row in session.contributions.all()]
    return values


def put(session: Session, values: Mapping[str, Any]) -> None:
    """Write the columns back, unsaved; parties and people are set once the row is saved."""
    for name, value in values.items():
        if name not in ("parties", "people"):
            setattr(session, _column(name), _field(name).to_python(value))


def require_there(values: Iterable[Mapping[str, Any]]) -> None:
    """Refuse where a room, track, party or person that the values name has been deleted since."""
    for name in ("room", "venue", "track", "organisation"):
        _require_rows(_field(name).related_model, {each[name] for each in values if each.get(name)})
    _require_rows(Party, {pk for each in values for pk in each.get("parties", ())})
    _require_rows(Person, {row[0] for each in values for row in each.get("people", ())})


def _require_rows(model: type[models.Model], wanted: set[int]) -> None:
    if wanted and model._default_manager.filter(pk__in=wanted).count() < len(wanted):
        raise ValidationError(_("A room, track, party or person that this needs has been deleted since."))


def _field(name: str) -> Any:
    return Session._meta.get_field(name)


def _column(name: str) -> str:
    return str(_field(name).attname)
