"""Cancel, withdraw, reinstate: each asks once, says what follows, and does it in one act."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from events import permissions
from events.forms.release import NoteForm
from events.models import ProgrammeRelease
from events.release import cancel_event, reinstate_event, withdraw_event

from .base import EventPage


class VerbPage(EventPage):
    """Ask, then do."""

    allowed = staticmethod(permissions.may_cancel)
    template_name = "events/admin/verb.html"
    verb: Callable[..., ProgrammeRelease | None]
    takes_note = False
    consequence: Any = ""
    button: Any = ""
    done: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = NoteForm(self.request.POST or None) if self.takes_note else None
        return super().get_context_data(**{"form": form, **kwargs}, consequence=self.consequence, button=self.button)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = NoteForm(request.POST) if self.takes_note else None
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        note = form.cleaned_data if form else {}
        try:
            type(self).verb(event=self.event, by=self.user, **note)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, self.done)
        return redirect(self.home_url)


class CancelPage(VerbPage):
    verb = staticmethod(cancel_event)
    page_title = _("Cancel the event")
    takes_note = True
    consequence = _(
        "The page and the programme stay public and say that the event is cancelled; everybody who follows the "
        "calendar sees each entry as cancelled. This is released at once, with every other change that waits."
    )
    button = _("Cancel the event")
    done = _("The event is cancelled, and the public sees it.")


class WithdrawPage(VerbPage):
    verb = staticmethod(withdraw_event)
    page_title = _("Withdraw the event")
    consequence = _(
        "The pages answer that the event is gone, and it is in no list any more. Calendars keep its entries as cancelled. "
        "Withdraw an event that should never have been public; cancel one that does not take place."
    )
    button = _("Withdraw the event")
    done = _("The event is withdrawn.")


class ReinstatePage(VerbPage):
    verb = staticmethod(reinstate_event)
    page_title = _("Make public again")
    consequence = _(
        "The event and its sessions are public again as they stand in the working programme, with a new release."
    )
    button = _("Make public again")
    done = _("The event is public again.")
