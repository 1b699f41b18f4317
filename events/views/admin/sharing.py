"""Links by which hosts see a working programme: making, showing again and ending them; their comments."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from events import addresses, labels, permissions
from events.forms.shares import ShareForm
from events.models import HostComment, ProgrammeShare
from events.sharing import finish_comment, last_day, reopen_comment, revoke_share, share_key, share_programme

from .base import EventPage
from .building.acts import add_errors


class SharePage(EventPage):
    """The links of an event, and a form for another. A link can be shown again: its key is computed."""

    allowed = staticmethod(permissions.may_share)
    template_name = "events/admin/sharing/page.html"
    page_title = gettext_lazy("Share the working programme")
    header_icon = "link"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shares = [self._told(share) for share in self.event.shares.linked().select_related("event")]
        return super().get_context_data(**{"form": ShareForm(), **kwargs}, shares=shares)

    def _told(self, share: ProgrammeShare) -> dict[str, Any]:
        link, until = share.link, last_day(share)
        return {
            "share": share,
            "link": link,
            "url": addresses.draft_url(share_key(share), share.language) if link.is_open else "",
            "until": labels.date_words(until, weekday=False) if until else "–",
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ShareForm(request.POST)
        if form.is_valid():
            try:
                share = share_programme(event=self.event, by=self.user, **form.cleaned_data)
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, _("The link for %(host)s is below. Send it yourself.") % {"host": share})
                return redirect("event_admin:share", self.event.pk)
        return self.render_to_response(self.get_context_data(form=form))


class RevokePage(EventPage):
    """End one link; asks first where it was opened as a page."""

    allowed = staticmethod(permissions.may_share)
    template_name = "events/admin/verb.html"
    page_title = gettext_lazy("End the link")
    header_icon = "cross"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = _(
            "The link for %(host)s opens nothing any more, at once. It cannot be opened again; you can make another."
        )
        return super().get_context_data(consequence=told % {"host": self.share}, button=_("End the link"), **kwargs)

    @property
    def share(self) -> ProgrammeShare:
        return get_object_or_404(self.event.shares.linked(), pk=self.kwargs["share"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        revoke_share(share=self.share, by=self.user)
        messages.success(request, _("The link is ended."))
        return redirect("event_admin:share", self.event.pk)


class CommentPage(EventPage):
    """Mark one comment, and go back to the event."""

    allowed = staticmethod(permissions.may_edit_programme)
    http_method_names = ["post", "options"]
    verb: Callable[..., None]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = HostComment.objects.filter(share__event=self.event)
        type(self).verb(comment=get_object_or_404(rows, pk=self.kwargs["comment"]), by=self.user)
        return redirect(reverse("event_admin:home", args=[self.event.pk]) + "#comments")


class FinishPage(CommentPage):
    verb = staticmethod(finish_comment)


class ReopenPage(CommentPage):
    verb = staticmethod(reopen_comment)
