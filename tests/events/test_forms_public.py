"""What public forms read, and what they refuse."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django import forms

from events.forms.public import AddressField, DayField, LineField, NumberField, TextField


def read(field: forms.Field, typed: str) -> Any:
    """What the field makes of it, or the code of its refusal."""
    try:
        return field.clean(typed)
    except forms.ValidationError as error:
        return error.code


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ayse.ornek@sample.example", "ayse.ornek@sample.example"),
        ("  <Ayse.Ornek+forum@Sample.EXAMPLE> ", "Ayse.Ornek+forum@sample.example"),
        ("mailto:ayse@sample.example", "ayse@sample.example"),
        ("ayse@\u200bsample.example", "ayse@sample.example"),
        ("info@çınarlı.bel.tr", "info@çınarlı.bel.tr"),
        ("info@xn--nar-2la.bel.tr", "info@xn--nar-2la.bel.tr"),
        ("a@localhost", "domain"),
        ("a@[127.0.0.1]", "domain"),
        ("a@127.0.0.1", "domain"),
        ("a@example..com", "domain"),
        ("a@-example.com", "domain"),
        ("a@exаmple.com", "domain"),  # noqa: RUF001 - a Cyrillic letter
        ('"<script>"@example.com', "invalid"),
        ("İNFO@example.com", "letters"),
        ("ayşe@example.com", "letters"),
        ("a@b@example.com", "invalid"),
        ("a..b@example.com", "invalid"),
        ("ayse@sample.example, ali@sample.example", "invalid"),
        ("ayse", "invalid"),
        ("@sample.example", "invalid"),
        ("a\r\nBcc: b@example.com", "invalid"),
        (f"{'a' * 65}@example.com", "long"),
        (f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 70}.com", "long"),
        ("", "required"),
    ],
)
def test_an_e_mail_address_is_one_that_a_letter_reaches(typed: str, found: str) -> None:
    assert read(AddressField(), typed) == found


@pytest.mark.parametrize(
    ("field", "typed", "found"),
    [
        (LineField(), "  I\u0307lk\x0b satır\nikinci\u202e ", "İlk satır ikinci"),
        (TextField(), "bir\r\n\r\n  iki\x1b", "bir\n\niki"),
        (NumberField(), "12,5", Decimal("12.5")),
        (NumberField(), " 1 250 ", Decimal(1250)),
        (NumberField(), "0.125", Decimal("0.125")),
        (NumberField(), "1.000", "grouped"),
        (NumberField(), "1.250,50", "invalid"),
        (NumberField(), "1_000", "invalid"),
        (NumberField(), "１２", "invalid"),  # noqa: RUF001 - full width
        (NumberField(), "", "required"),
        (NumberField(required=False), "", None),
        (DayField(), "12.11.1980", dt.date(1980, 11, 12)),
        (DayField(), "1980-11-12", dt.date(1980, 11, 12)),
        (DayField(), "31.02.2027", "invalid"),
    ],
)
def test_texts_numbers_and_days(field: forms.Field, typed: str, found: Any) -> None:
    assert read(field, typed) == found
