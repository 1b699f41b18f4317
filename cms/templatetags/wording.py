"""Words that templates of packages say in English whoever reads (cms/corrections.py)."""

from typing import Any

from django import template
from django.utils.translation import ngettext

register = template.Library()


@register.simple_tag
def language_uses(locale: Any) -> str:
    """How much there is in a language, as wagtail-localize counted it."""
    pages, others = locale.num_pages, locale.num_others
    words = ngettext("%(count)s page", "%(count)s pages", pages) % {"count": pages}
    if not others:
        return words
    return f"{words}, " + ngettext("%(count)s other row", "%(count)s other rows", others) % {"count": others}
