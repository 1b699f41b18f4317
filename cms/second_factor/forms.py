"""What is typed at the door and on one's own page."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.entering.tries import TRIES, too_many
from cms.groups import group_name
from cms.models import GuardedGroup


def _password() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Your password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Type your password.")},
    )


class CodeForm(forms.Form):
    """Six digits of the app, or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}),
        error_messages={"required": gettext_lazy("Type the code that the app shows.")},
    )


class PasswordForm(forms.Form):
    """The password once more: an open screen alone must not be enough."""

    password = _password()

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        # Of its own: an open screen must not be able to keep its person from logging in elsewhere.
        if wait := TRIES.wait(f"own:{self.user.pk}"):
            raise forms.ValidationError(too_many(wait))
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        TRIES.release(f"own:{self.user.pk}")
        return password


class SetUpForm(PasswordForm):
    """The code that the app shows for the new secret; the password where it was not typed just before."""

    code = forms.CharField(
        label=gettext_lazy("Code that the app shows now"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Type the code that the app shows.")},
    )
    field_order = ("code", "password")

    def __init__(self, *args: Any, ask_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ask_password:
            del self.fields["password"]


class _GroupsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Group) -> str:
        return group_name(obj)


class GroupsForm(forms.Form):
    """Whose members must have a second factor."""

    groups = _GroupsField(
        label=gettext_lazy("Groups whose members must have a second factor"),
        queryset=Group.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["groups"] = list(GuardedGroup.objects.values_list("group", flat=True))
