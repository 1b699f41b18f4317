"""Rows of the programme and the directory in blocks: chosen once, the same in both languages."""

from typing import Any

from django.db.models import Prefetch
from django.utils.functional import cached_property
from wagtail import blocks

from events.models import DialogueProgramme, Event, Organisation, PublicEvent
from events.models.release import PublicEventQuerySet


class RowChooserBlock(blocks.ChooserBlock):
    """A row that has both languages: translators of a page are not asked for it."""

    chooser = ""

    @cached_property
    def widget(self) -> Any:
        # The admin's views need all apps ready; blocks are read while models are.
        from events.viewsets import choosers  # noqa: PLC0415

        return getattr(choosers, self.chooser).widget_class()

    def get_translatable_segments(self, value: Any) -> list[Any]:
        return []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        return value


def listed() -> PublicEventQuerySet:
    """What public lists show, without what only search compares."""
    return PublicEvent.objects.visible().defer("search_tr", "search_en")


class EventChooserBlock(RowChooserBlock):
    target_model = Event
    chooser = "event_chooser"

    def bulk_to_python(self, values: list[Any]) -> list[Event | None]:
        """With what the public may see of each; in one question for all."""
        found = Event.objects.select_related("public").defer("public__search_tr", "public__search_en").in_bulk(values)
        return [found.get(value) for value in values]

    class Meta:
        icon = "date"


class DialogueProgrammeChooserBlock(RowChooserBlock):
    target_model = DialogueProgramme
    chooser = "dialogue_programme_chooser"

    def bulk_to_python(self, values: list[Any]) -> list[DialogueProgramme | None]:
        events = Prefetch("public_events", listed().order_by("starts_on", "pk"))
        found = DialogueProgramme.objects.prefetch_related(events).in_bulk(values)
        return [found.get(value) for value in values]

    class Meta:
        icon = "list-ul"


class OrganisationChooserBlock(RowChooserBlock):
    target_model = Organisation
    chooser = "organisation_chooser"

    class Meta:
        icon = "group"
