"""What is typed to get in."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.db import transaction
from django.utils.translation import get_language
from wagtail.admin.forms.auth import LoginForm as AdminForm
from wagtail.admin.forms.auth import PasswordResetForm
from wagtail.users.models import UserProfile

from events.jobs import promise_job
from events.limits import Brake

from .tries import Try, account_of, too_many

KIND = "forgotten_password"
#: As many letters as any address gets within an hour.
LETTERS = Brake("forgotten", free=2, first=3600, longest=3600, forgets=3600)

if TYPE_CHECKING:
    _Form = AuthenticationForm
else:
    _Form = object


class _Braked(_Form):
    """Name and password, looked at only where the account and the network may be tried."""

    wait = 0

    def clean(self) -> dict[str, Any]:
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password:
            return super().clean()
        attempt = Try(self.request, name)  # type: ignore[arg-type]
        self.wait = attempt.wait
        if self.wait:
            raise forms.ValidationError(too_many(self.wait), code="too_many")
        cleaned = super().clean()
        attempt.was_right()
        return cleaned


class LoginForm(_Braked, AdminForm):
    """The admin's."""


class ReaderLoginForm(_Braked, AuthenticationForm):
    """Of pages that not everybody may read."""


class ForgottenForm(PasswordResetForm):
    """Asks for a letter with a way to a new password: promised, and written by a job.

    So much is done for an address that nobody has as for one that somebody has.
    """

    wait = 0

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        self.wait = LETTERS.wait(account_of(email))
        if self.wait:
            raise forms.ValidationError(too_many(self.wait), code="too_many")
        return email

    def save(self, **_told: Any) -> None:
        users = [user.pk for user in self.get_users(self.cleaned_data["email"])]
        with transaction.atomic():
            promise_job(KIND, users=users, language=get_language())


def language_of(user: Any, asked_in: str) -> str:
    """What the person chose for the admin, else what the page was in."""
    profile = UserProfile.objects.filter(user=user).first()
    return (profile.preferred_language if profile else "") or asked_in
