"""Numbers in templates as people read them."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()

#: Smaller numbers stand without thousands: a year is no quantity.
GROUPED_FROM = 10_000


@register.filter
def figure(value: Decimal | int | str | None) -> str:
    """A number of a table: “58,5” and “1.240.000” in Turkish, “58.5” and “1,240,000” in English; text stays."""
    if value is None or isinstance(value, str):
        return value or ""
    number = Decimal(value).normalize() if value else Decimal(0)
    places = max(0, -int(number.as_tuple().exponent))
    return str(number_format(number, places, use_l10n=True, force_grouping=abs(number) >= GROUPED_FROM))
