"""Calendars, and the only door to icalendar."""

from .feeds import KeptFeed, feed_bytes, feed_key, find_feed, forget_feeds, render_feed, render_feeds
from .links import CalendarLinks, calendar_links
from .listing import Filter, listing_version, render_listing

__all__ = [
    "CalendarLinks",
    "Filter",
    "KeptFeed",
    "calendar_links",
    "feed_bytes",
    "feed_key",
    "find_feed",
    "forget_feeds",
    "listing_version",
    "render_feed",
    "render_feeds",
    "render_listing",
]
