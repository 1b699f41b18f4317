"""The outbox of one event: each letter's state in words, one's content, trying again."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from events import labels
from events.models import Message, Registration
from events.registration import outbox
from events.registration.letter_names import named
from events.registration.organisations import Organisations
from events.registration.trying_out import content_of

from .base import MailScreen, RegistrationScreen
from .listing import narrowed

PAGE_SIZE = 50


class OutboxPage(MailScreen):
    template_name = "events/admin/registration/outbox.html"
    page_title = gettext_lazy("Outbox")

    @cached_property
    def asked(self) -> dict[str, str]:
        """What the address asks for, without what cannot be."""
        query = self.request.GET
        tab = query.get("tab", "")
        return {
            "q": query.get("q", "")[:100].strip(),
            "tab": tab if tab in outbox.TABS else "",
            "letter": query.get("letter", "")[:40],
        }

    def found(self) -> QuerySet[Message]:
        rows = outbox.in_tab(self.event.messages.defer("body_text", "body_html", "calendar"), self.asked["tab"])
        if self.asked["letter"]:
            rows = rows.filter(letter=self.asked["letter"])
        if self.asked["q"]:
            everybody = Registration.objects.filter(event=self.event)
            people = narrowed(everybody, {"q": self.asked["q"]}, Organisations(self.event))
            rows = rows.filter(Q(person_key__in=people.values("person_key")) | Q(to_address__icontains=self.asked["q"]))
        return rows.order_by("-created_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.found(), PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            asked=self.asked,
            page=page,
            rows=letter_rows(self, list(page)),
            tabs=self._tabs(),
            letters=self._letters(),
            query=self._query(),
            failed=self.counts.get("failed", 0),
            **kwargs,
        )

    @cached_property
    def counts(self) -> dict[str, int]:
        return outbox.counts_of(self.event)

    def _tabs(self) -> list[dict[str, Any]]:
        named_tabs = [("", _("All"), sum(self.counts.values()))]
        named_tabs += [(tab, tab_label(tab), count) for tab, count in self.counts.items()]
        return [
            {
                "label": label,
                "count": count,
                "current": tab == self.asked["tab"],
                "query": self._query(tab=tab),
            }
            for tab, label, count in named_tabs
        ]

    def _letters(self) -> list[tuple[str, str]]:
        codes = self.event.messages.order_by("letter").values_list("letter", flat=True).distinct()
        return [(code, str(named(code).name)) for code in codes]

    def _query(self, **other: str) -> str:
        told = {name: value for name, value in {**self.asked, **other}.items() if value}
        return f"?{urlencode(told)}"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One button: every failed letter once more."""
        count = outbox.retry_failed(event=self.event, by=self.user)
        told = ngettext("%(count)s letter is tried again.", "%(count)s letters are tried again.", count)
        messages.success(request, told % {"count": count})
        return redirect(self.to("outbox"))


class OutboxLetterPage(MailScreen):
    """One letter as it went out, without what its links open."""

    template_name = "events/admin/registration/outbox_letter.html"

    @cached_property
    def message(self) -> Message:
        return get_object_or_404(Message, pk=self.kwargs["message"], event=self.event)

    def get_page_title(self) -> str:
        return self.message.subject or str(named(self.message.letter).name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        items.insert(-1, {"url": self.to("outbox"), "label": _("Outbox")})
        return items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        message = self.message
        kwargs.pop("message", None)  # the number in the address
        return super().get_context_data(
            message=message,
            each=letter_rows(self, [message])[0],
            shown=content_of(message),
            may_retry=message.state in ("failed", *outbox.TABS["back"], "withheld"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if outbox.retry_letter(message=self.message, by=self.user):
            messages.success(request, _("It will be tried again at once."))
        else:
            messages.warning(request, _("Nothing to do: it has not failed."))
        return redirect(self.to("outbox_letter", self.message.pk))


def tab_label(tab: str) -> str:
    return {
        "waiting": _("Waiting"),
        "sent": _("Sent"),
        "back": _("Came back"),
        "failed": _("Failed"),
        "withheld": _("Not sent"),
    }[tab]


def letter_rows(screen: RegistrationScreen, rows: list[Message]) -> list[dict[str, Any]]:
    """Letters as tables show them: to whom, which, how it stands; in one query more however many there are."""
    keys = {row.person_key for row in rows if row.person_key}
    people = Registration.objects.kept().filter(event=screen.event, person_key__in=keys).order_by("pk")
    # Of several that had one address, the one that stands; else the newest.
    known = {each.person_key: each for each in sorted(people, key=lambda each: each.is_active)} if keys else {}
    zone = screen.event.time_zone
    return [
        {
            "row": row,
            "url": screen.to("outbox_letter", row.pk),
            "person": row.to_name or row.to_address,
            "person_url": screen.to("registration", known[row.person_key].pk) if row.person_key in known else "",
            "name": named(row.letter).name,
            "told": outbox.told_state(row, zone),
            "when": labels.moment_words(row.created_at, zone),
        }
        for row in rows
    ]
