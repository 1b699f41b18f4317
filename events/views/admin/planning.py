"""The release of an event that is planned for a time, as its pages show it; taking the plan away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from events import permissions
from events.models import Event, PlannedRelease
from events.release import unschedule_release, when_words

from .base import EventPage


def planned(event: Event) -> dict[str, Any]:
    """The plan of an event, with its time and its officer in words."""
    plan = PlannedRelease.objects.filter(event=event).select_related("planned_by", "event").first()
    if plan is None:
        return {"plan": None}
    user = plan.planned_by
    who = (user.get_full_name() or user.get_username()) if user else ""
    return {"plan": plan, "plan_when": when_words(plan), "plan_who": who}


class UnschedulePage(EventPage):
    """A button beside the planned time."""

    allowed = staticmethod(permissions.may_release)
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if unschedule_release(event=self.event, by=self.user):
            messages.success(request, _("The plan is gone: nothing will be released by itself."))
        else:
            messages.warning(request, _("There was no plan any more. Look whether the release was made meanwhile."))
        return redirect(
            reverse(
                f"event_admin:{'release' if request.POST.get('back') == 'release' else 'home'}", args=[self.event.pk]
            )
        )
