"""What is on: the coming events, one event, one dialogue programme. All of it reads what was released."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from events import addresses, labels
from events.bilingual import active_language
from events.models import DialogueField, DialogueProgramme, Event, LineOfWork, PublicEvent
from events.models.release import PublicEventQuerySet
from events.views.rows import event_row

from . import groups, samples
from .choosers import DialogueProgrammeChooserBlock, EventChooserBlock, OrganisationChooserBlock, listed

#: No list on a page is longer: the list of events has filters and pages.
MOST = 12


class SampledBlock(blocks.StructBlock):
    """A block whose preview shows sample rows: there may be none yet."""

    def get_preview_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**(parent_context or {}), "sample": True}


class UpcomingEventsBlock(SampledBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120, help_text=_("Empty: “Coming events”."))
    count = blocks.IntegerBlock(label=_("How many at most"), min_value=1, max_value=MOST, default=3)
    kind = blocks.ChoiceBlock(label=_("Only this kind"), choices=Event.Kind.choices, required=False, search_index=False)
    line = blocks.ChoiceBlock(
        label=_("Only this line of work"),
        choices=[(str(code), label) for code, label in LineOfWork.choices],
        required=False,
        search_index=False,
    )
    programme = DialogueProgrammeChooserBlock(label=_("Only this dialogue programme"), required=False)
    organisation = OrganisationChooserBlock(label=_("Only with this organisation"), required=False)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        language = active_language()
        found = samples.events() if context.get("sample") else _upcoming(value)[: value["count"] or 3]
        rows = [event_row(public, language) for public in found]
        return {**context, "rows": rows, "all_path": addresses.event_list_path(language, **_query(value))}

    class Meta:
        label = _("Coming events")
        icon = "calendar"
        group = groups.EVENTS
        template = "cms/blocks/upcoming_events.html"
        description = _("The next events as they are released, all of them or some. It keeps itself up to date.")
        preview_value = {"title": "", "count": 3, "kind": "", "line": "", "programme": None, "organisation": None}


def _upcoming(value: Any) -> PublicEventQuerySet:
    """The coming events that fit the block's filters."""
    chosen = {
        "kind": value["kind"],
        "line_of_work": value["line"],
        "dialogue_programme": value["programme"],
        "organisations": value["organisation"],
    }
    wanted = {column: each for column, each in chosen.items() if each}
    return listed().filter(**wanted).coming(timezone.localdate())


def _query(value: Any) -> dict[str, str]:
    """The same filters for the address of the list of events."""
    programme, organisation = value["programme"], value["organisation"]
    return {
        "kind": value["kind"] or "",
        "line": value["line"] or "",
        "programme": programme.slug if programme else "",
        "organisation": str(organisation.pk) if organisation else "",
    }


class EventBlock(SampledBlock):
    event = EventChooserBlock(label=_("Event"), help_text=_("It is shown from its first release on."))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        public = samples.events()[0] if context.get("sample") else _public(value["event"])
        language = active_language()
        row = event_row(public, language) if public else None
        programme = addresses.programme_path(public.slug, language) if public else ""
        return {**context, "row": row, "programme_path": programme}

    class Meta:
        label = _("One event")
        icon = "date"
        group = groups.EVENTS
        template = "cms/blocks/event.html"
        description = _("What, when and where, as last released, with the way to its programme.")
        preview_value = {"event": None}


def _public(event: Event | None) -> PublicEvent | None:
    """What the public may see of an event; None before its first release and after it was withdrawn."""
    public: PublicEvent | None = getattr(event, "public", None)
    return None if public is None or public.status == PublicEvent.Status.WITHDRAWN else public


class DialogueProgrammeBlock(SampledBlock):
    programme = DialogueProgrammeChooserBlock(
        label=_("Dialogue programme"), help_text=_("It is shown as soon as one of its events is public.")
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        if context.get("sample"):
            return context | _series(samples.programme(), samples.events())
        programme = value["programme"]
        events = list(programme.public_events.all()) if programme else []
        return context | (_series(programme, events) if events else {"series": None})

    class Meta:
        label = _("Dialogue programme")
        icon = "list-ul"
        group = groups.EVENTS
        template = "cms/blocks/dialogue_programme.html"
        description = _("Its objectives and its coming events, with the way to all of them.")
        preview_value = {"programme": None}


def _series(programme: DialogueProgramme, events: list[PublicEvent]) -> dict[str, Any]:
    language = active_language()
    today = timezone.localdate()
    coming = sorted((each for each in events if not each.ends_on or each.ends_on >= today), key=_nearest_first)
    return {
        "series": programme,
        "path": addresses.dialogue_programme_path(programme.slug, language),
        "line": labels.sentence(labels.line_label(programme.line_of_work, language), language),
        "field": labels.field_label(programme.field, language) if programme.field in DialogueField.values else "",
        "rows": [event_row(public, language) for public in coming[:3]],
        "over": len(events) - len(coming),
    }


def _nearest_first(public: PublicEvent) -> dt.date:
    return public.starts_on or dt.date.max
