"""What a translator is told above a translation: how far it is, and how it gets to the public."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from cms.translating.approval import may_ask
from cms.translating.following import kept_up
from cms.translating.lagging import compared_pages, lag_of
from events.labels import sentence


def tell_translator(request: HttpRequest, page: Page) -> None:
    """Nothing where the public reads what is here."""
    translation = kept_up(page)
    if translation is None:
        return
    family = Page.objects.filter(translation_key=page.translation_key, locale=translation.source.locale_id)
    source = compared_pages(family).select_related("locale").first()
    lag = lag_of(source) if source else None
    if source is None or lag is None:
        return
    if page.workflow_in_progress:
        messages.info(request, _("This translation is with those who approve it."))
    elif source.waiting:
        messages.warning(request, sentence(lag.words) + ".")
    else:
        _tell_the_way_out(request, page)


def _tell_the_way_out(request: HttpRequest, page: Page) -> None:
    buttons: list[Any] = []
    if not page.permissions_for_user(request.user).can_publish() and may_ask(request.user, page):
        url = reverse("cms_translating:ask", args=[page.pk])
        buttons = [messages.button(url, _("Ask for approval"))]
    messages.info(request, _("All texts are translated. The public does not see them yet."), buttons=buttons)
