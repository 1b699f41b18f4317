"""Calendars, and the only door to icalendar."""

from .feeds import KeptFeed, feed_bytes, feed_key, find_feed, forget_feeds, render_feed, render_feeds
from .listing import Filter, listing_version, render_listing

__all__ = [
    "Filter",
    "KeptFeed",
    "feed_bytes",
    "feed_key",
    "find_feed",
    "forget_feeds",
    "listing_version",
    "render_feed",
    "render_feeds",
    "render_listing",
]
