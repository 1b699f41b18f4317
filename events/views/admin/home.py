"""An event's own home: facts, texts in both languages, sessions by day, warnings, releases."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button, HeaderButton

from events import addresses, labels, permissions
from events.bilingual import bilingual_names, texts
from events.conflicts import read_warnings
from events.models import ChangeRequest, Event, HostComment, Job, ProgrammeRelease, PublicEvent, Session
from events.registration import settings_of
from events.registration.outbox import counts_of

from .base import EventPage
from .planning import planned
from .registration.outbox import tab_label
from .wording import verbose_name


class EventHome(EventPage):
    """Where an officer works on one event; readers see the same without the buttons."""

    template_name = "events/admin/home.html"

    def get_page_title(self) -> str:
        return str(self.event)

    def get_page_subtitle(self) -> str:
        return ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return super().get_breadcrumbs_items()[:-1]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        event = self.event
        sessions = list(sessions_of(event))
        public = public_of(event)
        comments = [(row, labels.moment_words(row.created_at, event.time_zone)) for row in comments_of(event)]
        return super().get_context_data(
            public=public,
            facts=facts(event),
            texts=[text_row(event, name) for name in bilingual_names(Event)],
            days=by_day(sessions),
            session_count=len(sessions),
            **planned(event),
            change_requests=requests_of(event) if permissions.may_see_registrations(self.request.user) else 0,
            warnings=read_warnings(event),
            releases=[(row, labels.moment_words(row.released_at, event.time_zone)) for row in releases_of(event)],
            comments=comments,
            done_comments=sum(comment.done_at is not None for comment, _when in comments),
            outbox=outbox_of(event) if permissions.may_see_registrations(self.request.user) else [],
            papers=papers(public) if public else [],
            links=links(public.slug) if public and public.status != PublicEvent.Status.WITHDRAWN else [],
            may_edit=permissions.may_edit_programme(self.request.user),
            may_release=permissions.may_release(self.request.user),
            add_session_url=f"{reverse('admin_session:add')}?event={event.pk}",
            edit_url=reverse("admin_event:edit", args=[event.pk]),
            **kwargs,
        )

    @property
    def header_buttons(self) -> list[Any]:
        user, buttons = self.request.user, []
        if permissions.may_release(user):
            buttons.append(
                HeaderButton(
                    _("Release"), url=self._to("release"), icon_name="upload", classname="button-primary", priority=10
                )
            )
        buttons.append(HeaderButton(_("Programme"), url=self._to("programme"), icon_name="calendar", priority=15))
        buttons.append(HeaderButton(_("Texts"), url=self._to("texts"), icon_name="globe", priority=17))
        if permissions.may_see_registrations(user):
            url = self._to("registrations")
            buttons.append(HeaderButton(_("Registrations"), url=url, icon_name="user", priority=18))
        if permissions.may_edit_programme(user):
            edit = reverse("admin_event:edit", args=[self.event.pk])
            buttons.append(HeaderButton(_("Edit"), url=edit, icon_name="edit", priority=20))
        return buttons

    @property
    def header_more_buttons(self) -> list[Any]:
        user, event = self.request.user, self.event
        found = [
            (True, _("Preview in Turkish"), self._to("preview", "tr"), "view"),
            (True, _("Preview in English"), self._to("preview", "en"), "view"),
            (permissions.may_import(user), _("Import from a file"), self._to("import"), "upload"),
            (permissions.may_import(user), _("Work on it in Excel"), f"{self._to('import')}#excel", "table"),
            (True, _("Export as .xlsx"), self._to("export", "xlsx"), "download"),
            (True, _("Export as .csv"), self._to("export", "csv"), "download"),
            (permissions.may_share(user), _("Share the working programme"), self._to("share"), "link"),
            (permissions.may_add_events(user), _("Clone the event"), self._to("clone"), "copy"),
            (permissions.may_add_events(user), _("Keep as a template"), self._to("keep_template"), "doc-full"),
            (True, _("History"), reverse("admin_event:history", args=[event.pk]), "history"),
        ]
        may_cancel = permissions.may_cancel(user) and public_of(event) is not None
        taken_back = bool(event.cancelled_at or event.withdrawn_at)
        found += [
            (may_cancel and not taken_back, _("Cancel the event"), self._to("cancel"), "cross"),
            (may_cancel and not event.withdrawn_at, _("Withdraw the event"), self._to("withdraw"), "bin"),
            (may_cancel and taken_back, _("Make public again"), self._to("reinstate"), "undo"),
        ]
        return [
            Button(label, url=url, icon_name=icon, priority=10 * place)
            for place, (shown, label, url, icon) in enumerate(found)
            if shown
        ]

    def _to(self, name: str, *args: str) -> str:
        return reverse(f"event_admin:{name}", args=[self.event.pk, *args])


def public_of(event: Event) -> PublicEvent | None:
    """The event's public row, or None before its first release."""
    return getattr(event, "public", None)


def sessions_of(event: Event) -> Any:
    """All sessions in reading order with everything the list tells, in a fixed number of queries."""
    rows: Any = event.sessions.all()
    return rows.in_order().select_related("room", "venue", "track").prefetch_related("contributions__person")


def by_day(sessions: list[Session]) -> list[tuple[str, list[Session]]]:
    """Sessions under their day in words."""
    days: dict[dt.date, list[Session]] = {}
    for session in sessions:
        days.setdefault(session.day, []).append(session)
    return [(labels.date_words(day), items) for day, items in sorted(days.items())]


def facts(event: Event) -> list[tuple[str, str]]:
    """The event's facts as the home lists them."""
    languages = labels.language_names(tuple(event.languages))
    pairs = [
        (_("When"), labels.dates_words(event.starts_on, event.ends_on)),
        (_("Where"), str(event.venue or "")),
        (_("Time zone"), labels.zone_label(event.time_zone)),
        (_("Kind"), event.get_kind_display()),
        (_("Line of work"), event.get_line_of_work_display()),
        (_("Dialogue field"), event.get_field_display()),
        (_("Dialogue programme"), str(event.dialogue_programme or "")),
        (_("Languages"), languages),
        (_("Seats"), _seats(event)),
        (_("Contact"), event.contact_email),
        (_("Address"), event.slug),
    ]
    return [(label, value or "–") for label, value in pairs]


def _seats(event: Event) -> str:
    """How many registration gives; what is only foreseen is said to be so."""
    settings = settings_of(event)
    if settings is None:
        foreseen = _("%(count)s, for when it takes registrations") % {"count": event.capacity}
        return foreseen if event.capacity is not None else ""
    if settings.capacity is None:
        return _("%(taken)s taken, no limit") % {"taken": settings.taken}
    return _("%(taken)s of %(capacity)s taken") % {"taken": settings.taken, "capacity": settings.capacity}


def text_row(event: Event, name: str) -> dict[str, Any]:
    """One text in both languages, and whether a translation is missing or stale."""
    found = texts(event, name)
    label = verbose_name(Event, f"{name}_tr").rsplit(" (", 1)[0]
    return {
        "label": labels.sentence(label),
        "tr": found.get("tr", ""),
        "en": found.get("en", ""),
        "missing": [language for language in ("tr", "en") if found and language not in found],
        "stale": name in event.stale_texts(),
    }


def releases_of(event: Event) -> Any:
    """The newest releases, without their documents, each with how many sessions it changed."""
    rows = ProgrammeRelease.objects.without_documents().filter(event=event).select_related("released_by")
    return rows.order_by("-number")[:20]


def requests_of(event: Event) -> int:
    """How many people ask for a change of their registration."""
    rows = ChangeRequest.objects.filter(registration__event=event, state=ChangeRequest.State.OPEN)
    return rows.count()


def comments_of(event: Event) -> Any:
    """What hosts said of the working programme, newest first, with whom and about what."""
    return HostComment.objects.filter(share__event=event).select_related("share", "session")


def outbox_of(event: Event) -> list[tuple[str, str, int]]:
    """How many letters are where: tab of the outbox, its label, count."""
    return [(tab, tab_label(tab), count) for tab, count in counts_of(event).items()]


def papers(public: PublicEvent) -> list[tuple[str, str, str]]:
    """The printed programmes of the current release: name, state in words, state."""
    named = {"tr": _("Turkish"), "en": _("English"), "tr-en": _("side by side")}
    jobs = Job.objects.filter(kind="render_programme", payload__release=public.release_id).order_by("pk")
    # The latest of each: an erasure has them printed again.
    latest = {job.payload.get("language"): job for job in jobs}
    return [
        (name, latest[language].get_state_display(), latest[language].state)
        for language, name in named.items()
        if language in latest
    ]


def links(slug: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the public sees of the event: for each thing its addresses by language."""
    named = [("tr", _("Turkish")), ("en", _("English"))]

    def each(address: Callable[[str, str], str]) -> list[tuple[str, str]]:
        return [(name, address(slug, language)) for language, name in named]

    both = (_("side by side"), addresses.pdf_path(slug, "tr-en"))
    return [
        (_("Page"), each(addresses.event_path)),
        (_("Programme"), each(addresses.programme_path)),
        (_("Calendar"), each(addresses.feed_path)),
        (_("PDF"), [*each(addresses.pdf_path), both]),
    ]
