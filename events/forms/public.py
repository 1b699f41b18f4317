"""Fields of public forms: they read what people type on a telephone, and refuse what could never be answered.

Django's own let pass invisible characters, ``a@localhost`` and addresses in letters that only look like Latin ones.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from events.turkish import clean

from .fields import DATES

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_LABEL = re.compile(r"[^\W_]([\w-]{0,61}[^\W_])?\Z")
_TOP = re.compile(r"([A-Za-z]{2,63}|xn--[A-Za-z0-9-]{2,59})\Z")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}([.,][0-9]{1,4})?\Z")
LONGEST_ADDRESS, LONGEST_LOCAL = 254, 64


class LineField(forms.CharField):
    """One line in one form: no control or invisible characters, single spaces."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean(value) if isinstance(value, str) else value)


class TextField(forms.CharField):
    """Several lines in one form."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean(value, lines=True) if isinstance(value, str) else value)


class AddressField(forms.CharField):
    """An e-mail address that a letter can reach from here."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"})
    default_error_messages = {
        "invalid": _("Write one e-mail address, such as ayse.ornek@belediye.example."),
        "letters": _("Before the @ an e-mail address has no Turkish or other special letters. Check it."),
        "domain": _("Check what stands behind the @: a name with a dot, such as belediye.example."),
        "long": _("This is longer than an e-mail address can be."),
    }

    def to_python(self, value: Any) -> Any:
        return super().to_python(_plain(value) if isinstance(value, str) else value)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and (wrong := wrong_with_address(value)):
            raise forms.ValidationError(self.error_messages[wrong], code=wrong)


def wrong_with_address(address: str) -> str:
    """What is wrong with an e-mail address: ``invalid``, ``letters``, ``domain`` or ``long``; empty for nothing."""
    local, at, domain = address.rpartition("@")
    if len(address) > LONGEST_ADDRESS or len(local) > LONGEST_LOCAL:
        return "long"
    if not at or not local or any(char in address for char in ' ,;<>"'):
        return "invalid"
    if not local.isascii():
        return "letters"
    if not _LOCAL.match(local):
        return "invalid"
    *labels, top = domain.split(".")
    return "" if labels and _TOP.match(top) and all(map(_is_label, labels)) else "domain"


def _plain(value: str) -> str:
    """Without what mail programs put around a copied address, and with a small domain, which knows no capitals."""
    local, at, domain = clean(value).removeprefix("mailto:").strip("<> ").rpartition("@")
    return f"{local}{at}{domain.lower() if domain.isascii() else domain}"


def _is_label(label: str) -> bool:
    """One part of a host name in Latin letters; those of other alphabets may only look like them."""
    latin = all(char.isascii() or unicodedata.name(char, "").startswith("LATIN SMALL") for char in label)
    return latin and bool(_LABEL.match(label))


class NumberField(forms.CharField):
    """A number as either language writes its decimals; grouping is refused, for ``1.000`` is one or a thousand."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Write a number in digits without grouping, such as 1250 or 12,5."),
        "grouped": _("Is this a thousand or one with decimals? Write it without the dot or comma between the digits."),
    }

    def to_python(self, value: Any) -> Any:
        text = re.sub(r"\s", "", clean(value)) if isinstance(value, str) else ""
        if not text:
            return None
        if not text.isascii() or not _NUMBER.match(text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        if re.match(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}\Z", text):
            raise forms.ValidationError(self.error_messages["grouped"], code="grouped")
        try:
            return Decimal(text.replace(",", "."))
        except InvalidOperation:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def prepare_value(self, value: Any) -> Any:
        return number_format(value) if isinstance(value, Decimal) else value

    def run_validators(self, value: Any) -> None:
        """Those of a text would measure its length."""


class DayField(forms.DateField):
    """A day, from a calendar or typed as either language writes it."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": _("Write the day as in 10.06.2027.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=DATES, **kwargs)
