"""Erase a person: asked once more, with everything that will be gone."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from events import permissions
from events.erasure import erase_person
from events.models import Person
from events.registration.keeping import erase_behind
from events.registration.mailboxes import others_behind


class ErasePage(WagtailAdminTemplateMixin, TemplateView):
    """Ask; the name typed once more is the brake."""

    template_name = "events/admin/erase.html"
    page_title = gettext_lazy("Erase for good")
    header_icon = "bin"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.may_erase(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def person(self) -> Person:
        return get_object_or_404(Person.objects.kept(), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.person)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        people = {"url": reverse("admin_person:index"), "label": _("People")}
        return [*self.breadcrumbs_items, people, {"url": "", "label": str(self.person)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.person
        return super().get_context_data(
            person=person,
            contributions=list(person.contributions.select_related("session__event")[:50]),
            positions=person.positions.count(),
            releases=person.released.count(),
            others=others_behind(person),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("name", "").strip() != self.person.name:
            messages.error(request, _("Nothing was erased: the name you typed is not the name of this person."))
            return self.render_to_response(self.get_context_data(typed=request.POST.get("name", "")))
        try:
            chosen = [each for each in others_behind(self.person) if each.code in request.POST.getlist("also")]
            with transaction.atomic():
                erase_person(person=self.person, by=request.user)
                erase_behind(chosen, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The person was erased for good."))
        return redirect(reverse("admin_person:index"))
