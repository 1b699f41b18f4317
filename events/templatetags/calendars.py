"""The "Add to calendar" panel's own question: which calendar belongs to this page?"""

from django import template
from django.template import Context
from django.utils.translation import gettext as _

from events import addresses
from events.bilingual import active_language, pick
from events.subscribing import Subscription, subscription

register = template.Library()

_FOLLOWED = ("kind", "organisation", "line", "programme")


@register.simple_tag(takes_context=True)
def calendar_of_page(context: Context) -> Subscription:
    """The calendar at ``addresses.feed``, of ``event``; on a page without, of all events as ``filters`` narrow them."""
    feed = (context.get("addresses") or {}).get("feed")
    if feed:
        return subscription(addresses.absolute(feed), pick(context["event"].title))
    chosen = getattr(context.get("filters"), "chosen", {})
    followed = {name: str(chosen[name]) for name in _FOLLOWED if chosen.get(name)}
    return subscription(addresses.events_feed_url(active_language(), **followed), _("Events"))
