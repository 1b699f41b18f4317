"""Copy an event, make one from a template, keep one as a template, drop a template."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.building.stale import lock_event
from events.models import Event, EventTemplate

from .blueprint import Blueprint, Part, read_blueprint
from .planting import free_slug, plant

#: A template names no people: erasing somebody need not look into templates.
TEMPLATE_PARTS = [part for part in Part if part != Part.PEOPLE]


def clone_event(
    *,
    event: Event,
    by: User | None,
    starts_on: dt.date,
    title_tr: str = "",
    title_en: str = "",
    slug: str = "",
    parts: Collection[str] = tuple(Part),
    once: str = "",
) -> Event:
    """A new event with the chosen parts of another, every day as far from the first as it was.

    It is public nowhere, has no release, no history and no calendar identity of the old one; its sessions are drafts,
    cancelled ones stay behind. Without a ``slug`` one is made of the title. The same form (``once``) sent twice is one event.
    """
    permissions.require(permissions.may_add_events(by))
    with transaction.atomic():
        source = lock_event(event)
        if made := _made_before(once):
            return made
        made = _planted(read_blueprint(source, parts), starts_on, title_tr, title_en, slug, once)
        log(instance=made, action="events.clone", user=by, data={"from": source.pk, "parts": sorted(map(str, parts))})
    return made


def create_from_template(
    *,
    blueprint: Blueprint,
    by: User | None,
    starts_on: dt.date,
    title_tr: str = "",
    title_en: str = "",
    slug: str = "",
    once: str = "",
) -> Event:
    """A new event as a template has it, from this day on. The same form (``once``) sent twice is one event."""
    permissions.require(permissions.may_add_events(by))
    if made := _made_before(once):
        return made
    try:
        with transaction.atomic():
            made = _planted(blueprint, starts_on, title_tr, title_en, slug, once)
            log(instance=made, action="events.from_template", user=by)
    except ValidationError:
        # There is no row to hold: of two that come at once the unique column refuses the later.
        if before := _made_before(once):
            return before
        raise
    return made


def keep_template(
    *,
    event: Event,
    by: User | None,
    name_tr: str = "",
    name_en: str = "",
    parts: Collection[str] = tuple(TEMPLATE_PARTS),
) -> EventTemplate:
    """Keep an event as a template; people never come along."""
    permissions.require(permissions.may_add_events(by))
    with transaction.atomic():
        source = lock_event(event)
        blueprint = read_blueprint(source, [part for part in parts if part != Part.PEOPLE])
        template = EventTemplate(kind=source.kind, name_tr=name_tr, name_en=name_en, blueprint=blueprint.plain())
        template.full_clean(exclude=["blueprint"])
        if not template.name:
            raise ValidationError({"name_tr": _("Give the name in at least one language.")})
        template.note_translations()
        template.save()
        log(instance=source, action="events.keep_template", user=by, data={"template": str(template)})
    return template


def drop_template(*, template: EventTemplate, by: User | None) -> None:
    """Delete a template; events that were made from it stay as they are."""
    permissions.require(permissions.may_add_events(by))
    EventTemplate.objects.filter(pk=template.pk).delete()


def _made_before(once: str) -> Event | None:
    return Event.objects.filter(once=once).first() if once else None


def _planted(blueprint: Blueprint, starts_on: dt.date, title_tr: str, title_en: str, slug: str, once: str) -> Event:
    _check_year(starts_on)
    named: dict[str, Any] = {"title_tr": title_tr, "title_en": title_en, "once": once or None}
    named["slug"] = slug or free_slug(title_tr or title_en, starts_on)
    return plant(blueprint, named=named, starts_on=starts_on)


def _check_year(starts_on: dt.date) -> None:
    if not 1900 <= starts_on.year <= 2199:
        raise ValidationError({"starts_on": _("Check the year.")})
