"""Who must have a second factor, who has one, and what to do for somebody whose phone is lost."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.models import GuardedGroup
from cms.second_factor.forms import GroupsForm
from cms.second_factor.rules import authenticator_of, may_look_after, may_reset
from cms.second_factor.verbs import guard_groups, reset

PAGE_SIZE = 50


class _StaffScreen(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "lock"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_look_after(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class StaffPage(_StaffScreen):
    """Everybody with a log-in, and the groups whose members must have a second factor."""

    template_name = "cms/admin/second_factor/staff.html"
    page_title = gettext_lazy("Second factor of staff")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = get_user_model().objects.filter(is_active=True).order_by("username")
        rows = people.select_related("authenticator").prefetch_related("groups")
        page = Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("page"))
        guarded = set(GuardedGroup.objects.values_list("group", flat=True))
        return super().get_context_data(
            **{"form": GroupsForm(), **kwargs}, page=page, rows=[self._told(row, guarded) for row in page]
        )

    def _told(self, row: Any, guarded: set[int]) -> dict[str, Any]:
        must = row.is_superuser or any(group.pk in guarded for group in row.groups.all())
        has = authenticator_of(row) is not None
        return {"row": row, "must": must, "has": has, "may_reset": has and may_reset(self.request.user, row)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = GroupsForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        guard_groups(groups=form.cleaned_data["groups"], by=request.user)
        messages.success(request, _("Saved. Members who have no second factor yet set it up at their next log-in."))
        return redirect("second_factor_admin:staff")


class ResetPage(_StaffScreen):
    """Asks once; what follows is said before."""

    template_name = "cms/admin/second_factor/reset.html"
    page_title = gettext_lazy("Take the second factor away")

    @cached_property
    def person(self) -> Any:
        row = get_object_or_404(get_user_model().objects.select_related("authenticator"), pk=self.kwargs["user"])
        if not may_reset(self.request.user, row):
            raise PermissionDenied
        return row

    def get_page_subtitle(self) -> str:
        return str(self.person)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        staff = {"url": reverse("second_factor_admin:staff"), "label": _("Second factor of staff")}
        return [*self.breadcrumbs_items, staff, {"url": "", "label": str(self.person)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if reset(user=self.person, by=request.user):
            messages.success(request, _("The second factor of %(name)s is gone.") % {"name": self.person})
        return redirect("second_factor_admin:staff")
