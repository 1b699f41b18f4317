"""All addresses of events; see docs/architecture.md for those that never move."""

from django.urls import URLPattern, URLResolver, include, path

from events.views import bounces

app_name = "events"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("events.urls.feeds")),
    path("", include("events.urls.pages")),
    path("", include("events.urls.documents")),
    path("", include("events.urls.exchange")),
    path("webhooks/mail/<slug:provider>/", bounces.report, name="mail_report"),
]
