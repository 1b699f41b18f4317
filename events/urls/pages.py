"""Addresses of the public pages; events/addresses.py writes the same ones."""

from django.urls import path

from events.views import pages

urlpatterns = [
    path("tr/etkinlikler/", pages.event_list, {"language": "tr"}, name="event_list_tr"),
    path("en/events/", pages.event_list, {"language": "en"}, name="event_list_en"),
    path("tr/etkinlikler/<slug:slug>/", pages.event, {"language": "tr"}, name="event_tr"),
    path("en/events/<slug:slug>/", pages.event, {"language": "en"}, name="event_en"),
    path("tr/etkinlikler/<slug:slug>/program/", pages.programme, {"language": "tr"}, name="programme_tr"),
    path("en/events/<slug:slug>/programme/", pages.programme, {"language": "en"}, name="programme_en"),
    path("tr/programlar/<slug:slug>/", pages.dialogue_programme, {"language": "tr"}, name="dialogue_programme_tr"),
    path("en/programmes/<slug:slug>/", pages.dialogue_programme, {"language": "en"}, name="dialogue_programme_en"),
    path("e/<str:code>", pages.short_link, name="short_link"),
]
