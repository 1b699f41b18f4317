"""One's own second factor: whether there is one, new recovery codes, another app, none any more."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.second_factor.forms import PasswordForm
from cms.second_factor.rules import authenticator_of, must_have
from cms.second_factor.sessions import forget
from cms.second_factor.verbs import new_codes, remove
from events.labels import moment_words


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class OwnPage(WagtailAdminTemplateMixin, TemplateView):
    """Nothing here is done without the password: an open screen alone must not be enough."""

    template_name = "cms/admin/second_factor/own.html"
    page_title = gettext_lazy("Second factor")
    header_icon = "lock"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        account = {"url": reverse("wagtailadmin_account"), "label": pgettext("of a user", "Account")}
        return [*self.breadcrumbs_items, account, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        device = authenticator_of(user)
        return super().get_context_data(
            **{"form": PasswordForm(user=user), **kwargs},
            device=device,
            since=moment_words(device.set_up_at, settings.TIME_ZONE) if device else "",
            codes_left=device.recovery_codes.count() if device else 0,
            required=must_have(user),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PasswordForm(request.POST, user=request.user)
        if authenticator_of(request.user) is None:
            return redirect("second_factor_admin:own")
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return self._remove() if request.POST.get("act") == "remove" else self._new_codes()

    def _new_codes(self) -> HttpResponse:
        told = {"codes": new_codes(user=self.request.user), "next": reverse("second_factor_admin:own")}
        self.template_name = "cms/admin/second_factor/codes.html"
        return self.render_to_response({**told, "done": _("New recovery codes are made; those before are void.")})

    def _remove(self) -> HttpResponse:
        try:
            remove(user=self.request.user)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
        else:
            forget(self.request)
            messages.success(self.request, _("The second factor is gone. You log in with your password alone."))
        return redirect("second_factor_admin:own")
