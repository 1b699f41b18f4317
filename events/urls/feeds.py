"""Addresses of the calendars; events/addresses.py writes the same ones."""

from django.urls import re_path

from events.views import feeds
from events.views.registration import agenda_feed

urlpatterns = [
    re_path(r"^calendars/(?P<language>tr|en)/events\.ics\Z", feeds.events_feed, name="events_feed"),
    re_path(
        r"^calendars/(?P<language>tr|en)/my/(?P<key>[a-z0-9-]{1,80})\.ics\Z",
        agenda_feed.agenda_feed,
        name="agenda_feed",
    ),
    re_path(r"^calendars/(?P<language>tr|en)/(?P<slug>[a-z0-9-]{1,80})\.ics\Z", feeds.event_feed, name="event_feed"),
]
