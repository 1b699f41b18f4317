"""The floors stand first, so that finding them costs as little as can be."""

from django.urls import include, path

from benchmarks.floors import views

urlpatterns = [
    path("calendars/tr/floor", views.constant),
    path("calendars/tr/floor/<path:address>", views.same_bytes),
    path("tr/etkinlikler/floor/<slug:slug>", views.plain_template),
    path("", include("cms.urls")),
]
