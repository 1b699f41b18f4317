"""A new event for a file to go into."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.models import Event

from .apply import main_language
from .rows import FileRefused, Reading


def create_event_for(
    *,
    reading: Reading,
    slug: str,
    kind: str = Event.Kind.CONFERENCE,
    title_tr: str = "",
    title_en: str = "",
    time_zone: str = "",
    by: User | None = None,
) -> Event:
    """Make the event that a file's programme is for, still without sessions.

    Titles and zone that are not given come from the file, where it has them: a title goes into the language of
    the file's columns, or of most of its sessions. Nothing is translated. Raises ``ValidationError`` for what
    cannot be (a taken slug, an unknown zone) and ``FileRefused`` where there is no title at all.
    """
    permissions.require(permissions.may_import(by) and permissions.may_edit_programme(by))
    titles = {"title_tr": title_tr, "title_en": title_en}
    if not any(titles.values()):
        titles[f"title_{main_language(reading)}"] = reading.title
    if not any(titles.values()):
        raise FileRefused("no_event_title")
    zone = time_zone or reading.zone or Event._meta.get_field("time_zone").get_default()
    with transaction.atomic():
        event = Event(slug=slug, kind=kind, time_zone=zone, **titles)
        event.full_clean()
        event.note_translations()
        event.save()
        log(instance=event, action="wagtail.create", user=by, title=str(event.title) or _("event"))
    return event
