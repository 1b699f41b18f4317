"""What a person in the directory took part in, and all that is held about them, as a file to hand over."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from events import labels, permissions
from events.models import CheckIn, Person, Registration
from events.registration.mailboxes import others_behind, registrations_of
from events.registration.own_data import all_about_person

from .registration.person import SAFE, as_file


class TookPartPage(WagtailAdminTemplateMixin, TemplateView):
    """Registrations tied to the person or made with the same address, and what the person did in sessions."""

    template_name = "events/admin/took_part.html"
    page_title = gettext_lazy("Took part in")
    header_icon = "user"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (permissions.may_see_registrations(request.user) and permissions.may_see_people(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def person(self) -> Person:
        return get_object_or_404(Person.objects.kept(), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.person)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        people = {"url": reverse("admin_person:index"), "label": _("People")}
        person = {"url": reverse("admin_person:inspect", args=[self.person.pk]), "label": str(self.person)}
        return [*self.breadcrumbs_items, people, person, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = registrations_of(self.person, self.person.email, self.person.name)
        present = set(_present(rows))
        contributions = self.person.contributions.select_related("session__event").order_by("-session__day", "pk")
        return super().get_context_data(
            person=self.person,
            rows=[self._told(row, present) for row in rows],
            contributions=list(contributions[:100]),
            others=others_behind(self.person),
            held_url=reverse("event_admin:person_held", args=[self.person.pk])
            if permissions.may_export_held(self.request.user)
            else "",
            **kwargs,
        )

    def _told(self, row: Registration, present: set[int]) -> dict[str, Any]:
        return {
            "row": row,
            "url": reverse("event_admin:registration", args=[row.event_id, row.pk]),
            "tied": row.person_id == self.person.pk,
            "when": labels.moment_words(row.registered_at, row.event.time_zone),
            "present": row.pk in present,
        }


def _present(rows: list[Registration]) -> Any:
    return CheckIn.objects.present().filter(registration__in=rows).values_list("registration", flat=True)


@never_cache
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is held about somebody in the directory; that it was taken is written down."""
    if not (permissions.may_export_held(request.user) and permissions.may_see_people(request.user)):
        raise PermissionDenied
    if request.method not in SAFE:
        return HttpResponseNotAllowed(SAFE)
    person = get_object_or_404(Person.objects.kept(), pk=pk)
    log(instance=person, action="events.export_held", user=request.user)
    return as_file(all_about_person(person), person.key)
