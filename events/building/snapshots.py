"""A session's columns as plain values for an act's record, and back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from events.models import Party, Session

Values = dict[str, Any]

#: What moving changes.
PLACE = ("day", "start", "end", "start_day", "end_day", "room", "venue")
_NOT_KEPT = {"id", "event", "version", "created_at", "updated_at"}
#: Everything that makes a session the same again.
WHOLE = tuple(field.name for field in Session._meta.concrete_fields if field.name not in _NOT_KEPT)


def take(session: Session, names: Iterable[str] = PLACE) -> Values:
    """The columns of a session, and its parties by number."""
    values: Values = {name: getattr(session, _column(name)) for name in names}
    parties = sorted(party.pk for party in session.parties.all())
    return {**values, "parties": parties}


def put(session: Session, values: Mapping[str, Any]) -> None:
    """Write the columns back, unsaved; parties are set once the row is saved."""
    for name, value in values.items():
        if name != "parties":
            setattr(session, _column(name), _field(name).to_python(value))


def require_there(values: Iterable[Mapping[str, Any]]) -> None:
    """Refuse where a room, track or party that the values name has been deleted since."""
    for name in ("room", "venue", "track", "organisation"):
        _require_rows(_field(name).related_model, {each[name] for each in values if each.get(name)})
    _require_rows(Party, {pk for each in values for pk in each.get("parties", ())})


def _require_rows(model: type[models.Model], wanted: set[int]) -> None:
    if wanted and model._default_manager.filter(pk__in=wanted).count() < len(wanted):
        raise ValidationError(_("A room, track or party that this needs has been deleted since."))


def _field(name: str) -> Any:
    return Session._meta.get_field(name)


def _column(name: str) -> str:
    return str(_field(name).attname)
