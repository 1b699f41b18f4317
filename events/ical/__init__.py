"""Calendars, and the only door to icalendar."""

from .agendas import RENDERER as AGENDA_RENDERER
from .agendas import render_agenda
from .feeds import find_feed, forget_feeds, recall_feed, remember_feed, render_feed, render_feeds
from .invitations import invitation, invite, session_update
from .listing import Filter, listing_version, render_listing

__all__ = [
    "AGENDA_RENDERER",
    "Filter",
    "find_feed",
    "forget_feeds",
    "invitation",
    "invite",
    "listing_version",
    "recall_feed",
    "remember_feed",
    "render_agenda",
    "render_feed",
    "render_feeds",
    "render_listing",
    "session_update",
]
