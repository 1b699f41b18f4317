"""Who publishes a page by approving it is told what it still lacks, as whoever publishes it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import Page

from cms.checks import other_language, remarks


def tell_what_is_left(request: HttpRequest, page: Page) -> None:
    """What is public now and still lacks something: a warning, with the ways to mend it."""
    left = list(remarks(page.specific))
    if not left:
        return
    lag = other_language(page)
    buttons = [messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit"))]
    buttons += [messages.button(lag.url, _("To the other language"))] if lag else []
    messages.warning(request, " ".join(left), buttons=buttons)


def tell_if_published(request: HttpRequest, page: Page) -> None:
    """The same, where the public reads another version by now than when ``page`` was read."""
    now = Page.objects.get(pk=page.pk)
    if now.live and now.live_revision_id != page.live_revision_id:
        tell_what_is_left(request, now)


class ApprovingView(WorkflowActionView):
    """As Wagtail does it, from the first page of the admin or from a preview."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post(request, *args, **kwargs)
        tell_if_published(request, self.object)
        return answer
