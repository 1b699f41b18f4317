"""Who it is in the directory; all that is held about a registered person, handed over or erased."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from wagtail.admin import messages

from events import permissions
from events.models import Person, Registration
from events.registration.keeping import erase_registration
from events.registration.own_data import all_about
from events.registration.people import add_person_of, alike, link_person, unlink_person
from events.registration.states import note
from events.turkish import fold

from .base import RegistrationScreen

SAFE = ("GET", "HEAD")


class _OfOne(RegistrationScreen):
    """A screen of one registration of this event; of another event it is not found."""

    @cached_property
    def registration(self) -> Registration:
        rows = Registration.objects.kept().select_related("organisation", "person")
        row: Registration = get_object_or_404(rows, pk=self.kwargs["registration"], event=self.event)
        row.event = self.event
        return row

    def get_page_subtitle(self) -> str:
        return str(self.registration)

    def back(self) -> HttpResponse:
        return redirect(self.to("registration", self.registration.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("registration", None)  # the number in the address
        back_url = self.to("registration", self.registration.pk)
        return super().get_context_data(registration=self.registration, back_url=back_url, **kwargs)


class PersonPage(_OfOne):
    """Tie to somebody who is there, bring somebody new into the directory, take the tie away."""

    allowed = staticmethod(permissions.may_link_people)
    template_name = "events/admin/registration/person.html"
    page_title = gettext_lazy("Who it is in the directory")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("q", "")[:100].strip()
        return super().get_context_data(
            alike=alike(self.registration),
            asked=asked,
            found=self._found(asked),
            may_add=permissions.may_add_people(self.user),
            **kwargs,
        )

    def _found(self, asked: str) -> list[Person]:
        """Whom the directory has by other words, for those whose name is another there."""
        rows = Person.objects.kept()
        for word in fold(asked).split():
            rows = rows.filter(search_text__contains=word)
        return list(rows.prefetch_related("positions__organisation").order_by("sort_key", "pk")[:20]) if asked else []

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act", "")
        told: dict[str, Any] = {"registration": self.registration, "by": self.user}
        try:
            if act == "add":
                add_person_of(**told)
            elif act == "unlink":
                unlink_person(**told)
            elif act.isdecimal() and len(act) < 19:
                link_person(person=get_object_or_404(Person.objects.kept(), pk=act), **told)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return self.back()


class EraseRegistrationPage(_OfOne):
    """Asks once; the name typed once more is the brake."""

    allowed = staticmethod(permissions.may_erase_registrations)
    template_name = "events/admin/registration/erase.html"
    page_title = gettext_lazy("Erase for good")
    header_icon = "bin"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = request.POST.get("name", "").strip()
        if typed != self.registration.name:
            messages.error(request, _("Nothing was erased: the name you typed is not the name of this person."))
            return self.render_to_response(self.get_context_data(typed=typed))
        erase_registration(registration=self.registration, by=self.user)
        messages.success(request, _("The registration was erased for good."))
        return redirect(self.to("registrations"))


@never_cache
def held(request: HttpRequest, pk: int, registration: int) -> HttpResponse:
    """All that is held about one registered person, as a file to hand over; that it was taken is written down."""
    if not permissions.may_export_held(request.user):
        raise PermissionDenied
    # Who may not is refused first, whatever the method.
    if request.method not in SAFE:
        return HttpResponseNotAllowed(SAFE)
    row = get_object_or_404(Registration.objects.kept().select_related("event__public"), pk=registration, event=pk)
    note(row, "export_held", by=request.user)
    return as_file(all_about(row), row.code)


def as_file(data: dict[str, Any], name: str) -> HttpResponse:
    """Plain data as a file that people and programs can read."""
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
