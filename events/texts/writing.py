"""Writing one text in one language, and saying of a stale one that it is still right."""

from collections.abc import Mapping
from copy import copy

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.bilingual import BilingualModel, digest_of, texts
from events.building.stale import lock_event
from events.models import Event, Suggestion
from events.models.base import VersionedModel

from .keys import TextKey, gone


class StaleTextError(ValidationError):
    """The text is not the one that was shown; ``stored`` is how it stands now."""

    def __init__(self, stored: str) -> None:
        super().__init__(_("Somebody else changed this text in the meantime, so yours was not saved."))
        self.stored = stored


def write_text(*, event: Event, by: User | None, key: TextKey, text: str, seen: Mapping[str, str]) -> BilingualModel:
    """Write one text of an event. ``seen`` has the digest of what was shown, by language.

    Where the text itself is another by now, nothing is saved (:class:`StaleTextError`). Where only the other language
    is, yours is saved and counts as translated from what you saw: English is then stale at once.
    """
    permissions.require(permissions.may_edit_programme(by))
    with transaction.atomic():
        row = _held(event, key)
        if seen.get(key.language) != digest_of(getattr(row, key.column)):
            raise StaleTextError(getattr(row, key.column))
        before = copy(row)
        _put(row, key, text)
        if getattr(row, key.column) == getattr(before, key.column):
            return row
        row.note_translations(before)
        if key.language == "en" and getattr(row, key.column) and "tr" in seen:
            row.translated_from[key.name] = seen["tr"]
        _save(row, key, event, by, "events.write_text")
    return row


def confirm_text(*, event: Event, by: User | None, key: TextKey, seen: Mapping[str, str]) -> BilingualModel:
    """Say that a stale English text is right for the Turkish one as it is now. Both must be as they were shown."""
    permissions.require(permissions.may_edit_programme(by))
    with transaction.atomic():
        row = _held(event, key)
        for each in (key, key.other):
            if seen.get(each.language) != digest_of(getattr(row, each.column)):
                raise StaleTextError(getattr(row, key.column))
        if key.name in row.stale_texts():
            row.translated_from[key.name] = digest_of(getattr(row, f"{key.name}_tr"))
            _save(row, key, event, by, "events.confirm_text")
    return row


def _held(event: Event, key: TextKey) -> BilingualModel:
    """The row, held until the transaction ends, after the event as everywhere."""
    event = lock_event(event)
    row: BilingualModel | None = key.rows(event).select_for_update(of=("self",)).first()
    if row is None:
        raise gone()
    return row


def _put(row: BilingualModel, key: TextKey, text: str) -> None:
    setattr(row, key.column, text)
    others = {field.name for field in row._meta.concrete_fields} - {key.column}
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        raise ValidationError(error.messages) from error
    if key.name == "title" and not texts(row, "title"):
        raise ValidationError(_("Give the title in at least one language."))


def _save(row: BilingualModel, key: TextKey, event: Event, by: User | None, action: str) -> None:
    columns = [key.column, "translated_from"]
    if isinstance(row, VersionedModel):
        row.version += 1
        columns += ["version", "updated_at"]
    row.save(update_fields=columns)
    Suggestion.objects.filter(event=event, row_kind=key.kind, row_id=key.row, name=key.name).delete()
    # Tracks and parties are edited with their event and have no history of their own.
    log(instance=row if isinstance(row, VersionedModel) else event, action=action, user=by, data={"text": str(key)})
