"""The list: found by any spelling, narrowed by state and organisation, decided on one by one or many at once."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from events import labels, permissions
from events.labels import sentence
from events.models import CheckIn, Question, Registration, RegistrationGroup
from events.models.registration.registrations import State
from events.registration.attended import CAME, came_words, counted_by_organisation
from events.registration.details import has_details
from events.registration.fitting import fitting_some
from events.registration.organisations import Organisations
from events.registration.several import ACTS, do_to_several
from events.turkish import clean, fold

from . import answers
from .base import RegistrationScreen
from .requests import open_requests
from .telling import offered, tell_done

PAGE_SIZE = 50
MISSING = "missing"
ORDERS = {"name": ("sort_key", "pk"), "time": ("-registered_at", "-pk"), "line": ("waiting_number", "sort_key", "pk")}


class RegistrationsPage(RegistrationScreen):
    template_name = "events/admin/registration/list.html"
    page_title = gettext_lazy("Registrations")

    @cached_property
    def asked(self) -> dict[str, str]:
        return asked_of(self.request.GET, self.readable)

    @cached_property
    def readable(self) -> list[Question]:
        return answers.readable(self.event, self.user)

    @cached_property
    def columns(self) -> list[Question]:
        """The questions whose answers are to be seen."""
        keys = self.asked["columns"].split(",")
        return [each for each in self.readable if each.key in keys]

    @cached_property
    def has_came(self) -> bool:
        """Whether anybody was checked in at all: before, nothing speaks of it."""
        return CheckIn.objects.filter(registration__event=self.event).exists()

    @cached_property
    def everybody(self) -> QuerySet[Registration]:
        return Registration.objects.filter(event=self.event)

    @cached_property
    def organisations(self) -> Organisations:
        return Organisations(self.event)

    def found(self) -> QuerySet[Registration]:
        """Who fits, in order."""
        return (
            narrowed(self.everybody, self.asked, self.organisations)
            .select_related("group")
            .order_by(*ORDERS[self.asked["order"]])
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        beside = ["check_ins", *(("answers", "group__answers") if self.columns else ())]
        page = Paginator(self.found().prefetch_related(*beside), PAGE_SIZE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            asked=self.asked,
            page=page,
            rows=[self._row(row) for row in page],
            readable=self.readable,
            columns=self.columns,
            answers=answers.offered(self.readable),
            states=self._states(),
            organisations=self._organisations(),
            groups=list(RegistrationGroup.objects.filter(event=self.event).order_by("organisation_name", "pk")[:100]),
            change_requests=open_requests(self.event).count(),
            details=self._details(),
            has_came=self.has_came,
            came_by_organisation=counted_by_organisation(self.event, self.organisations) if self.has_came else [],
            may_print=permissions.may_export_registrations(self.user),
            query=self._query(),
            **offered(fitting_some(page)),
            **kwargs,
        )

    def _row(self, row: Registration) -> dict[str, Any]:
        zone = self.event.time_zone
        return {
            "row": row,
            "url": self.to("registration", row.pk),
            "came": came_words(row),
            "answers": list(zip(self.columns, answers.cells(row, self.columns), strict=True)),
            "group_url": self.to("registration_group", row.group_id) if row.group_id else "",
            "when": labels.moment_words(row.registered_at, zone),
            "until": labels.moment_words(row.held_until, zone) if row.held_until else "",
        }

    def _states(self) -> list[dict[str, Any]]:
        """Tabs: everybody, then each state that anybody is in, with counts; last those whose address takes no mail."""
        rows = self.everybody.order_by().values_list("state")
        counted = list(rows.annotate(count=Count("pk"), refused=Count("address_refused_at")))
        counts = {state: count for state, count, _refused in counted}
        refused = sum(each[2] for each in counted)
        tabs = [("", _("All"), sum(counts.values()))]
        tabs += [(code, sentence(str(label)), counts[code]) for code, label in State.choices if counts.get(code)]
        asked = self.asked
        found = [
            self._tab(label, count, code == asked["state"] and not asked["mail"], state=code, mail="")
            for code, label, count in tabs
        ]
        if refused or asked["mail"]:
            label = _("Address takes no mail")
            found.append(self._tab(label, refused, bool(asked["mail"]), state="", mail="refused"))
        return found

    def _tab(self, label: str, count: int, current: bool, **query: str) -> dict[str, Any]:
        return {"label": label, "count": count, "current": current, "query": self._query(order="", **query)}

    def _organisations(self) -> list[dict[str, Any]]:
        """Those from which most come, with how many are active; the one that was asked for is always among them."""
        asked = self.organisations.of(self.asked["organisation"])
        active = [each for each in self.organisations.all() if each.active]
        found = active[:30] if asked is None or asked in active[:30] else [*active[:30], asked]
        return [{"key": each.key, "name": each.name, "count": each.active, "current": each == asked} for each in found]

    def _details(self) -> dict[str, Any] | None:
        """How many have not told all details; None where the event asks none."""
        if not has_details(self.event.pk):
            return None
        current = self.asked["details"] == MISSING
        return {
            "count": self.everybody.missing_details().count(),  # type: ignore[attr-defined]
            "current": current,
            "query": self._query(details="" if current else MISSING, state="", order=""),
        }

    def _query(self, **other: str) -> str:
        told = {name: value for name, value in {**self.asked, **other}.items() if value}
        return f"?{urlencode(told)}"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One act on those that are ticked; the page stays as it was narrowed."""
        permissions.require(permissions.may_manage_registrations(request.user))
        back = redirect(self.to("registrations") + self._query())
        keys = [int(key) for key in request.POST.getlist("row")[:500] if key.isdecimal() and len(key) < 19]
        act = request.POST.get("act", "")
        if act == "ask_all":
            act, keys = "ask_details", list(self.found().filter(details_due=True).values_list("pk", flat=True))
        if act not in ACTS or not keys:
            messages.warning(request, _("Nothing was done: tick registrations and choose what to do."))
            return back
        reason = clean(request.POST.get("reason", ""))[:500]
        done = do_to_several(act=act, event=self.event, keys=keys, reason=reason, by=self.user)
        tell_done(request, act, done)
        return back


def asked_of(query: QueryDict, readable: Sequence[Question]) -> dict[str, str]:
    """What the address asks for, without what cannot be; ``readable`` are the questions that this officer may read."""
    state, order = query.get("state", ""), query.get("order", "")
    return {
        "q": query.get("q", "")[:100].strip(),
        "state": state if state in State.values else "",
        "organisation": query.get("organisation", "")[:220],
        "group": query.get("group", "")[:18] if query.get("group", "").isdecimal() else "",
        "mail": "refused" if query.get("mail") == "refused" else "",
        "came": query.get("came", "") if query.get("came") in CAME else "",
        "details": MISSING if query.get("details") == MISSING else "",
        "answer": answers.asked_answer(query, readable),
        "columns": answers.asked_columns(query, readable),
        "order": order if order in ORDERS else "line" if state == State.WAITLISTED else "name",
    }


def narrowed(
    rows: QuerySet[Registration], asked: dict[str, str], organisations: Organisations
) -> QuerySet[Registration]:
    """Those that an address asks for; the export narrows alike."""
    for word in fold(asked.get("q", "")).split():
        rows = rows.filter(Q(search_text__contains=word) | Q(group__search_text__contains=word))
    if asked.get("state"):
        rows = rows.filter(state=asked["state"])
    if asked.get("details") == MISSING:
        rows = rows.filter(details_due=True)
    if asked.get("group", "").isdecimal():
        rows = rows.filter(group=int(asked["group"][:18]))
    if asked.get("organisation"):
        rows = organisations.narrow(rows, asked["organisation"])
    if asked.get("came") in CAME:
        rows = CAME[asked["came"]](rows)
    if asked.get("answer"):
        rows = answers.who_answered(rows, asked["answer"])
    if asked.get("mail"):
        rows = rows.exclude(address_refused_at=None)
    return rows
