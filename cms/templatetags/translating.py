"""The translation's editor as this site needs it."""

import json
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.models import BodyPage
from events import labels

register = template.Library()


@register.simple_tag(takes_context=True)
def translator_props(context: dict[str, Any]) -> str:
    """What wagtail-localize gives its script, with our names of fields and dates in words.

    A translation becomes a copy of its source only by the hand of somebody who may publish it.
    """
    props, page = json.loads(context["props"]), context["instance"]
    for segment in props["segments"]:
        if isinstance(page, BodyPage) and segment["contentPath"] == "search_description":
            segment["location"]["field"] = _("Lead")
    if context["is_page"] and page.last_published_at:
        props["object"]["lastPublishedDate"] = labels.date_words(
            timezone.localtime(page.last_published_at).date(), weekday=False
        )
    if not props["perms"]["canPublish"]:
        props["links"]["convertToAliasUrl"] = None
    return json.dumps(props)
