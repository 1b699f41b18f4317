"""What goes out: to be read, and to be tried again where it failed."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button

from events import permissions, retrying
from events.models import Message

from . import views
from .base import DirectoryViewSet

#: What the names of such letters begin with.
OF_REGISTRATION = "registration_"


class OutboxList(views.ListView):
    """Rows that are never typed: what failed can be tried again."""

    retry_url_name = ""

    def get_list_more_buttons(self, instance: Message) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if instance.state == "failed" and self.user_has_permission("change"):
            url = reverse(self.retry_url_name, args=[instance.pk])
            buttons.append(Button(gettext("Try again"), url=url, icon_name="rotate", priority=5))
        return buttons


class RetryView(views.InspectView):
    """Ask, then queue a failed letter once more."""

    any_permission_required = None
    permission_required = "change"
    template_name = "events/admin/retry.html"
    page_title = _("Try again")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if retrying.retry(self.object):
            messages.success(request, gettext("It will be tried again at once."))
        else:
            messages.warning(request, gettext("Nothing to do: it has not failed."))
        return redirect(reverse(self.index_url_name))


class OutboxViewSet(DirectoryViewSet):
    """A list, a look at one row, and trying again."""

    index_view_class = OutboxList
    retry_view_class = RetryView

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        common: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        gone = ("add", "edit", "delete", "history", "usage")
        return {**common, **{f"{name}_url_name": None for name in gone}}

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(retry_url_name=self.get_url_name("retry"), **kwargs)

    def get_edit_handler(self) -> None:
        return None

    def get_form_class(self, for_update: bool = False) -> None:
        return None

    @property
    def retry_view(self) -> Any:
        return self.construct_view(self.retry_view_class, fields=self.inspect_view_fields)

    def register_admin_url_finder(self) -> None:
        """There is no form to lead to."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("retry/<int:pk>/", self.retry_view, name="retry"),
        ]


def readable(rows: QuerySet[Message], user: Any) -> QuerySet[Message]:
    """Letters of registration say who comes, in which state and by which code: for those who see registrations."""
    return rows if permissions.may_see_registrations(user) else rows.exclude(letter__startswith=OF_REGISTRATION)


class LetterList(OutboxList):
    def get_base_queryset(self) -> QuerySet[Message]:
        return readable(super().get_base_queryset(), self.request.user)


class _ReadableLetter:
    """A hidden letter is not there. Asked after the right to the view itself, which refuses all letters alike."""

    object: Message
    request: HttpRequest

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._shown(super().get, *args, **kwargs)  # type: ignore[misc]

    def _shown(self, answer: Callable[..., HttpResponse], *args: Any, **kwargs: Any) -> HttpResponse:
        get_object_or_404(readable(Message.objects.all(), self.request.user), pk=self.object.pk)
        return answer(*args, **kwargs)


class LetterView(_ReadableLetter, views.InspectView):
    """One letter."""


class RetryLetterView(_ReadableLetter, RetryView):
    """One letter once more."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._shown(super().post, *args, **kwargs)


class MessageViewSet(OutboxViewSet):
    model = Message
    index_view_class = LetterList
    inspect_view_class = LetterView
    retry_view_class = RetryLetterView
    name = "letters"
    icon = "mail"
    list_filter = {"state": ["exact"], "created_at": ["date"]}
    list_display = [
        Column("subject", label=_("Subject")),
        "to_address",
        Column("state", label=_("State"), accessor="get_state_display", sort_key="state"),
        DateColumn("created_at", label=_("Created"), sort_key="created_at"),
    ]
    list_export = [
        "letter",
        "language",
        "subject",
        "to_address",
        "state",
        "attempts",
        "created_at",
        "finished_at",
        "error",
    ]
    inspect_view_fields = [
        "letter",
        "language",
        "event",
        "to_name",
        "to_address",
        "subject",
        "body_text",
        "state",
        "attempts",
        "error",
        "created_at",
        "due_at",
        "finished_at",
    ]
    plain = ("subject", "to_address", "to_name", "letter")


__all__ = ["MessageViewSet", "OutboxViewSet"]
