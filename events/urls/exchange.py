"""Addresses for conference apps; events/addresses.py writes the same ones."""

from django.urls import re_path

from events.views import exchange

_SLUG = r"(?P<slug>[a-z0-9-]{1,80})"

urlpatterns = [
    re_path(rf"^exchange/{_SLUG}/schedule\.xml\Z", exchange.schedule, {"form": "xml"}, name="schedule_xml"),
    re_path(rf"^exchange/{_SLUG}/schedule\.json\Z", exchange.schedule, {"form": "json"}, name="schedule_json"),
]
