"""Figures of the association in words: always counted, never written down."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

MILLION = 1_000_000


def exactly(count: int) -> str:
    """A number with its thousands apart: “1.240.000” in Turkish, “1,240,000” in English."""
    return str(number_format(count, use_l10n=True, force_grouping=True))


def people_words(count: int) -> str:
    """So many people as one says it: from a million on with one decimal, “16.4 million”."""
    if count < MILLION:
        return exactly(count)
    tenths = round(count / (MILLION / 10))
    rounded = number_format(tenths / 10, decimal_pos=1 if tenths % 10 else 0, use_l10n=True)
    return _("%(count)s million") % {"count": rounded}
