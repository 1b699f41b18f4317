"""The release page: what will change, said before it is public; and what an earlier release changed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from events import addresses, labels, permissions
from events.bilingual import active_language, pick
from events.conflicts import read_warnings
from events.forms.release import PlanForm, ReleaseForm
from events.models import ProgrammeRelease
from events.release import (
    Comparison,
    ComparisonOutdatedError,
    compare_programme,
    release_programme,
    schedule_release,
    when_words,
)

from .base import EventPage
from .changes import tell_comparison, tell_release
from .lacking import lacking_texts
from .planning import planned
from .reach import reach
from .recent import recent_changes


class ReleasePage(EventPage):
    """Show the comparison; release exactly what was shown."""

    allowed = staticmethod(permissions.may_release)
    template_name = "events/admin/release.html"
    page_title = gettext_lazy("Release")
    header_icon = "upload"

    @property
    def header_buttons(self) -> list[Any]:
        named = (("tr", _("Preview in Turkish")), ("en", _("Preview in English")))
        return [
            HeaderButton(label, url=reverse("event_admin:preview", args=[self.event.pk, language]), icon_name="view")
            for language, label in named
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        comparison = compare_programme(self.event)
        form = ReleaseForm(initial={"fingerprint": comparison.fingerprint})
        return self.render_to_response(self._context(comparison, form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, held = ReleaseForm(request.POST), request.POST.getlist("held")
        if "plan" in request.POST:
            return self._plan(form, held)
        if not form.is_valid():
            return self.render_to_response(self._context(compare_programme(self.event), form, held))
        try:
            release = release_programme(event=self.event, by=self.user, held=held, **form.cleaned_data)
        except ComparisonOutdatedError as outdated:
            return self._show_new(outdated.comparison, form, held)
        if release is None:
            messages.info(request, _("Nothing was released: nothing changed since the last release."))
        else:
            self._say_what_stands(release)
            self._say_what_waits(held)
        return redirect(self.home_url)

    def _plan(self, shown: ReleaseForm, held: list[str]) -> HttpResponse:
        """Not now: at a time, with the note and what is held back."""
        form = PlanForm(self.request.POST, zone=self.event.time_zone)
        if form.is_valid():
            typed = {name: form.cleaned_data[name] for name in ("at", "note_tr", "note_en")}
            try:
                plan = schedule_release(event=self.event, by=self.user, held=held, **typed)
            except ValidationError as error:
                form.add_error("day", error.messages)
            else:
                messages.success(self.request, _("Planned for %(when)s.") % {"when": when_words(plan)})
                return redirect(self.home_url)
        comparison = compare_programme(self.event)
        told = {name: self.request.POST.get(name, "") for name in ("note_tr", "note_en")}
        again = ReleaseForm(initial={**told, "fingerprint": comparison.fingerprint})
        return self.render_to_response(self._context(comparison, again, held, form))

    def _show_new(self, comparison: Comparison, form: ReleaseForm, held: list[str]) -> HttpResponse:
        """Somebody edited meanwhile: nothing is released, the new comparison is shown, the note stays."""
        told = {**form.cleaned_data, "fingerprint": comparison.fingerprint}
        messages.warning(
            self.request,
            _("Nothing was released: the programme changed while you were looking. This is the new comparison."),
        )
        return self.render_to_response(self._context(comparison, ReleaseForm(initial=told), held))

    def _context(
        self,
        comparison: Comparison,
        form: ReleaseForm,
        held: list[str] | None = None,
        plan_form: PlanForm | None = None,
    ) -> dict[str, Any]:
        plan = planned(self.event)
        return self.get_context_data(
            **plan,
            plan_form=plan_form or PlanForm(zone=self.event.time_zone, plan=plan["plan"]),
            may_release=True,
            comparison=comparison,
            told=tell_comparison(comparison, held or []),
            public_count=sum(not raw.get("withdrawn") for raw in comparison.public["sessions"]),
            restricted_count=len(comparison.restricted["sessions"]),
            draft_count=self.event.sessions.filter(status="draft").count(),
            reach=reach(self.event, comparison),
            lacking=lacking_texts(self.event),
            warnings=read_warnings(self.event),
            recent=recent_changes(self.event, self.request.user),
            may_edit=permissions.may_edit_programme(self.request.user),
            form=form,
        )

    def _say_what_stands(self, release: ProgrammeRelease) -> None:
        slug, language = release.event.public.slug, active_language()
        messages.success(
            self.request,
            _("Release %(number)s is public. The PDFs are being made.") % {"number": release.number},
            buttons=[
                messages.button(addresses.programme_path(slug, language), _("Programme")),
                messages.button(addresses.feed_path(slug, language), _("Calendar")),
                messages.button(addresses.pdf_path(slug, language), _("PDF")),
            ],
        )

    def _say_what_waits(self, held: list[str]) -> None:
        """Name the sessions that were held back, where they still differ from what is public now."""
        differing = compare_programme(self.event).changes if held else []
        waiting = [each for each in differing if each.key in held]
        if waiting:
            told = ngettext(
                "Held back: %(sessions)s stays as it was in the last release.",
                "Held back: %(sessions)s stay as they were in the last release.",
                len(waiting),
            )
            names = ", ".join(f"“{pick(each.title)}”" for each in waiting)
            messages.info(self.request, told % {"sessions": names})


class ReleasedPage(EventPage):
    """One release of the past: its number, note and what it changed."""

    template_name = "events/admin/released.html"
    header_icon = "history"

    @property
    def release(self) -> ProgrammeRelease:
        found = self.event.releases.select_related("released_by").filter(number=self.kwargs["number"]).first()
        if found is None:
            raise Http404
        return found

    def get_page_title(self) -> str:
        return _("Release %(number)s") % {"number": self.kwargs["number"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        release = self.release
        when = labels.moment_words(release.released_at, self.event.time_zone)
        return super().get_context_data(
            release=release,
            told=tell_release(release),
            when=when,
            previous=release.number - 1,
            may_edit=permissions.may_edit_programme(self.request.user),
            **kwargs,
        )
