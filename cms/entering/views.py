"""The log-ins of Django and Wagtail with a brake, and the way back to a password that was forgotten."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import views as django
from django.http import HttpResponse
from wagtail.admin.views import account as wagtail

from .forms import ForgottenForm, LoginForm, ReaderLoginForm
from .tries import TRIES, account_of, remember_device

if TYPE_CHECKING:
    _LoginView = django.LoginView
    from django.views.generic.edit import FormMixin as _FormView
else:
    _LoginView = _FormView = object


class _SaysWhen(_FormView):
    """A try that came too soon is answered as such, to programs too."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        if form.wait:
            response.status_code = 429
            response.headers["Retry-After"] = str(form.wait)
        return response


class _KnowsDevices(_LoginView):
    def form_valid(self, form: Any) -> Any:
        response = super().form_valid(form)
        remember_device(response, self.request, form.cleaned_data["username"])
        return response


class LoginView(_KnowsDevices, _SaysWhen, wagtail.LoginView):
    """Of the admin."""

    def get_form_class(self) -> type[LoginForm]:
        return LoginForm


class ReaderLoginView(_KnowsDevices, _SaysWhen, django.LoginView):
    """Of pages that not everybody may read."""

    template_name = "wagtailcore/login.html"
    authentication_form = ReaderLoginForm


class ForgottenView(_SaysWhen, wagtail.PasswordResetView):
    """Asks for the letter."""

    def get_form_class(self) -> type[ForgottenForm]:
        return ForgottenForm


class NewPasswordView(wagtail.PasswordResetConfirmView):
    """Whoever came by the letter logs in from here, whatever others try meanwhile."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        name = form.user.get_username()
        TRIES.release(f"{account_of(name)}:")
        remember_device(response, self.request, name)
        return response
