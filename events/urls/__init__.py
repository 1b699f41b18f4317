"""All addresses of events; see docs/architecture.md for those that never move."""

from django.urls import URLPattern, URLResolver

app_name = "events"

urlpatterns: list[URLPattern | URLResolver] = []
