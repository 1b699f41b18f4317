"""The translation table: every text of an event in two columns, saved one by one; a plain form without script."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from events import permissions
from events.machine import machine_name
from events.texts import TextTable, suggest_missing
from events.views.admin.base import EventPage

from .choice import Choice
from .saving import Outcome, Posted, save
from .shown import ShownCell, shown_parts


class TextsPage(EventPage):
    """Whoever may see an event sees its texts; only who may edit it gets fields."""

    template_name = "events/admin/texts/page.html"
    page_title = gettext_lazy("Texts")
    header_icon = "globe"

    http_method_names = ["get", "head", "options"]

    @cached_property
    def may_edit(self) -> bool:
        return permissions.may_edit_programme(self.request.user)

    def get_context_data(self, outcome: Outcome | None = None, **kwargs: Any) -> dict[str, Any]:
        table = TextTable(self.event)
        choice = Choice(table, self.request.GET)
        page = choice.page
        return super().get_context_data(
            choice=choice,
            page=page,
            parts=list(shown_parts(page.object_list, outcome or Outcome())),
            counts=table.counts,
            may_edit=self.may_edit,
            machine=machine_name() if self.may_edit else "",
            save_url=reverse("event_admin:save_texts", args=[self.event.pk]),
            **kwargs,
        )


class SaveTextsPage(TextsPage):
    """Save what was typed. A script gets JSON: 200 with how the texts stand now, 422 with errors, 409 when stale."""

    allowed = staticmethod(permissions.may_edit_programme)
    http_method_names = ["get", "head", "options", "post"]

    @property
    def by_script(self) -> bool:
        return self.request.headers.get("accept") == "application/json"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._back()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "suggest-missing" in request.POST:
            return self._promise()
        outcome = save(self.event, self.user, Posted(request.POST))
        # Saving holds rows of its own, and the event is one of those whose texts stand here.
        self.event.refresh_from_db()
        if self.by_script:
            return self._answer(outcome)
        if outcome.refused:
            messages.error(request, _("Not everything was saved. What was not is marked below."))
            return self.render_to_response(self.get_context_data(outcome), status=409 if outcome.stale else 422)
        if outcome.saved:
            messages.success(request, saved_words(len(outcome.saved)))
        return self._back()

    def _back(self) -> HttpResponse:
        """To the table, with the same choice."""
        query = self.request.GET.urlencode()
        return redirect(reverse("event_admin:texts", args=[self.event.pk]) + (f"?{query}" if query else ""))

    def _promise(self) -> HttpResponse:
        try:
            suggest_missing(event=self.event, by=self.user)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        else:
            told = _("The translation service is being asked. Suggestions appear here as they come.")
            messages.success(self.request, told)
        return self._back()

    def _answer(self, outcome: Outcome) -> JsonResponse:
        """Both cells of each text that was touched, as they stand now, and what is left to do."""
        table = TextTable(self.event)
        pairs = {key.pair for key in outcome.touched}
        parts = [part for part in table.parts if any(pair.key in pairs for pair in part.pairs)]
        shown = [pair for part in shown_parts(parts, outcome) for pair in part.pairs if pair.pair.key in pairs]
        status = 409 if outcome.stale else 422 if outcome.refused else 200
        cells = {each.key: self._cell(each) for pair in shown for each in pair.cells}
        return JsonResponse({"cells": cells, "counts": table.counts, "said": said(outcome, table)}, status=status)

    def _cell(self, shown: ShownCell) -> dict[str, Any]:
        notes = {"shown": shown, "may_edit": True, "machine": machine_name()}
        return {
            "text": shown.cell.text,
            "seen": shown.cell.seen,
            "state": shown.cell.state,
            "refused": bool(shown.error),
            "notes": render_to_string("events/admin/texts/notes.html", notes, request=self.request),
        }


def said(outcome: Outcome, table: TextTable) -> str:
    """What a screen reader hears after a save."""
    if outcome.refused:
        return " ".join(outcome.refused.values())
    left = table.counts["open"]
    if not left:
        return _("Saved. Nothing is missing or stale any more.")
    words = ngettext("Saved. %(left)s text is left to do.", "Saved. %(left)s texts are left to do.", left)
    return words % {"left": left}


def saved_words(number: int) -> str:
    return ngettext("%(number)s text was saved.", "%(number)s texts were saved.", number) % {"number": number}
