"""The floors stand first, so that finding them costs as little as can be."""

from django.urls import path

from benchmarks.floors import registering, views
from cms.urls import urlpatterns as site

urlpatterns = [
    path("calendars/tr/floor", views.constant),
    path("calendars/tr/floor/<path:address>", views.same_bytes),
    path("tr/etkinlikler/floor/<slug:slug>", views.plain_template),
    path("tr/etkinlikler/floor/<slug:slug>/kayit/", registering.register),
    # Not included: pages have their language in front, which Django allows at the root alone.
    *site,
]
