"""Let a warning stand with a note, and open it again: from the desk, the event's home and its release page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from events import permissions
from events.conflicts import accept_warning, find_conflicts, reopen_warning
from events.forms.warnings import AcceptForm, WarningForm

from .building.acts import ActPage

BACK = ("home", "release", "programme")


class WarningPage(ActPage):
    """An act on one warning; whoever does it without script is led back to where it was listed."""

    @property
    def desk_url(self) -> str:
        wanted = self.request.POST.get("back") or self.request.GET.get("back")
        may = permissions.may_release(self.request.user) or wanted != "release"
        return reverse(f"event_admin:{wanted if wanted in BACK and may else 'home'}", args=[self.event.pk])

    def done(self, said: str, day: Any = None) -> HttpResponse:
        return super().done(said)


class AcceptPage(WarningPage):
    """The form by itself, for browsers without script and where something was missing."""

    template_name = "events/admin/accept.html"
    page_title = gettext_lazy("Accept a warning")
    header_icon = "warning"
    button = gettext_lazy("Accept")

    @cached_property
    def told(self) -> dict[str, Any]:
        return (self.request.POST or self.request.GET).dict()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.conflict is None:
            messages.warning(request, _("This warning is not there any more."))
            return redirect(self.desk_url)
        return super().get(request, *args, **kwargs)

    @cached_property
    def conflict(self) -> Any:
        named = self.told.get("rule"), self.told.get("keys")
        return next((each for each in find_conflicts(self.event) if (each.code, each.keys) == named), None)

    def make_form(self, data: Any = None) -> AcceptForm:
        seen = {"fingerprint": self.conflict.fingerprint} if data is None and self.conflict else {}
        return AcceptForm(data, initial={**self.told, **seen})

    def act(self, form: Any) -> str:
        typed = {name: form.cleaned_data[name] for name in ("rule", "keys", "fingerprint", "note")}
        accept_warning(event=self.event, by=self.user, **typed)
        return _("The warning is accepted. It is listed apart and counts no more.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(conflict=self.conflict, **kwargs)


class ReopenPage(WarningPage):
    """A button beside what was accepted."""

    http_method_names = ["post", "options"]

    def make_form(self, data: Any = None) -> WarningForm:
        return WarningForm(data)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if form.is_valid():
            return self.done(self.act(form))
        if self.by_script:
            return self._refuse(form, 422)
        return redirect(self.desk_url)

    def act(self, form: Any) -> str:
        reopen_warning(event=self.event, by=self.user, rule=form.cleaned_data["rule"], keys=form.cleaned_data["keys"])
        return _("The warning is open again.")
