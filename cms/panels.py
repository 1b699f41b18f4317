"""Panels of the admin's first page. Each is empty, and then not there, for whoever may not see its rows."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import Component

from cms.health import LATE_SECONDS
from cms.translating.lagging import lag_of, lagging_pages, pages_of
from events import permissions
from events.bilingual import BilingualModel
from events.labels import dates_words
from events.models import Event, Job, Message, ProgrammeRelease, Session

MOST = 8


class ListPanel(Component):
    """A heading and a few links; where there are more, the way to all of them."""

    template_name = "cms/admin/list_panel.html"
    heading: Any = ""
    icon = "date"
    #: Where all of them are listed, and how that is called.
    everything = ""
    everything_words: Any = ""

    def __init__(self, request: Any) -> None:
        self.user = request.user

    def may_see(self) -> bool:
        """Whether this user may see what the panel lists."""
        return permissions.may_preview(self.user)

    def rows(self) -> list[dict[str, Any]]:
        """What the panel lists: text, url, detail. One more than `MOST` where there are more."""
        raise NotImplementedError

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        rows = self.rows() if self.may_see() else []
        told = {"heading": self.heading, "icon": self.icon, "rows": rows[:MOST], "name": type(self).__name__}
        if self.everything and len(rows) > MOST:
            told |= {"everything": reverse(self.everything), "everything_words": self.everything_words}
        return told


class UpcomingPanel(ListPanel):
    """Events that have not ended, the next first."""

    heading = gettext_lazy("Upcoming events")
    everything, everything_words = "admin_event:index", gettext_lazy("All events")
    order = 50

    def rows(self) -> list[dict[str, Any]]:
        coming = Q(ends_on__gte=timezone.localdate()) | Q(ends_on=None)
        events = Event.objects.filter(coming, withdrawn_at=None).order_by(F("starts_on").asc(nulls_last=True), "pk")
        return [_row(event, dates_words(event.starts_on, event.ends_on)) for event in events[: MOST + 1]]


class WaitingPanel(ListPanel):
    """Public events with sessions that were saved after the last release."""

    heading = gettext_lazy("Waiting to be released")
    icon = "upload"
    everything, everything_words = "admin_event:index", gettext_lazy("All events")
    order = 51

    def rows(self) -> list[dict[str, Any]]:
        last = ProgrammeRelease.objects.filter(event=OuterRef("pk")).order_by("-number").values("released_at")[:1]
        # The moment of a release is kept in whole seconds; what was saved in that second was in it.
        settled = ExpressionWrapper(Subquery(last) + Value(timedelta(seconds=1)), output_field=DateTimeField())
        later = Session.objects.filter(event=OuterRef("pk"), updated_at__gt=OuterRef("last_release"))
        events: Any = (
            Event.objects.annotate(last_release=settled)
            .filter(Q(ends_on__gte=timezone.localdate()) | Q(ends_on=None), last_release__isnull=False)
            .filter(Q(Exists(later)) | Q(updated_at__gt=F("last_release")))
            .annotate(count=Count("sessions", filter=Q(sessions__updated_at__gt=F("last_release"))))
            .order_by("starts_on", "pk")
        )
        return [_row(event, _saved(event.count)) for event in events[: MOST + 1]]


class FailedPanel(ListPanel):
    """Jobs and letters that failed for good, and letters that should be gone by now."""

    heading = gettext_lazy("Failed or stuck")
    icon = "warning"
    order = 52

    def rows(self) -> list[dict[str, Any]]:
        late = timezone.now() - timedelta(seconds=LATE_SECONDS)
        jobs = Job.objects.filter(state=Job.State.FAILED).count()
        letters = Message.objects.aggregate(
            failed=Count("pk", filter=Q(state=Message.State.FAILED)),
            late=Count("pk", filter=Q(state=Message.State.QUEUED, created_at__lt=late)),
        )
        rows = [
            _counted("job", "failed", jobs, ngettext("%(count)s job", "%(count)s jobs", jobs), ""),
            _counted(
                "message",
                "failed",
                letters["failed"],
                ngettext("%(count)s letter", "%(count)s letters", letters["failed"]),
                "",
            ),
            _counted(
                "message",
                "queued",
                letters["late"],
                ngettext("%(count)s letter waits", "%(count)s letters wait", letters["late"]),
                _("for more than five minutes"),
            ),
        ]
        return [row for row in rows if row]


class LanguagesPanel(ListPanel):
    """Public pages without their other language, or behind it: those that this user may write or publish."""

    heading = gettext_lazy("Pages: the other language")
    icon = "wagtail-localize-language"
    everything, everything_words = "cms_translating:lagging", gettext_lazy("All these pages")
    order = 53

    def may_see(self) -> bool:
        return bool(self.user.is_active)

    def rows(self) -> list[dict[str, Any]]:
        lags = [lag_of(page) for page in lagging_pages(pages_of(self.user))[: MOST + 1]]
        return [{"text": lag.page.title, "url": lag.url, "detail": lag.words} for lag in lags if lag]


class TextsPanel(ListPanel):
    """Events that have not ended with texts that lack a language or changed since they were translated."""

    heading = gettext_lazy("Events: the other language")
    icon = "wagtail-localize-language"
    everything, everything_words = "admin_event:index", gettext_lazy("All events")
    order = 54
    #: Stale texts are known by a hash that no database computes: so many events are read, the next first.
    READ = 20

    def rows(self) -> list[dict[str, Any]]:
        coming = Q(ends_on__gte=timezone.localdate()) | Q(ends_on=None)
        events = Event.objects.filter(coming, withdrawn_at=None).order_by(F("starts_on").asc(nulls_last=True), "pk")
        found = []
        for event in events.prefetch_related("sessions", "tracks", "parties")[: self.READ]:
            own = [event, *event.sessions.all(), *event.tracks.all(), *event.parties.all()]
            detail = _texts_words(own)
            if detail:
                found.append(_row(event, detail))
        return found


def _texts_words(rows: list[Any]) -> str:
    """“3 without English, 1 stale”; empty where both languages agree."""
    return ", ".join(part for part in _texts_parts(rows) if part)


def _texts_parts(rows: list[BilingualModel]) -> list[str]:
    lacking = [language for row in rows for _name, language in row.missing_texts()]
    english, turkish = lacking.count("en"), lacking.count("tr")
    stale = sum(len(row.stale_texts()) for row in rows)
    parts = (
        (english, ngettext("%(count)s text without English", "%(count)s texts without English", english)),
        (turkish, ngettext("%(count)s text without Turkish", "%(count)s texts without Turkish", turkish)),
        (stale, ngettext("%(count)s text changed since", "%(count)s texts changed since", stale)),
    )
    return [words % {"count": count} for count, words in parts if count]


def _counted(model: str, state: str, count: int, words: str, detail: str) -> dict[str, Any]:
    """A row that leads to the list of those; empty where there is none."""
    if not count:
        return {}
    url = reverse(f"admin_{model}:index") + f"?state={state}"
    return {"text": words % {"count": count}, "url": url, "detail": detail}


def _saved(count: int) -> str:
    words = ngettext("%(count)s session saved since", "%(count)s sessions saved since", count)
    return words % {"count": count}


def _row(event: Event, detail: str) -> dict[str, Any]:
    return {"text": str(event), "url": reverse("event_admin:home", args=[event.pk]), "detail": detail}
