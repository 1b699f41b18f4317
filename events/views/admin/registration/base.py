"""What the screens of registration share."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import HeaderButton

from events import permissions
from events.models import RegistrationSettings
from events.registration import Opening, opening_of
from events.registration.opening import is_ready, settings_of
from events.views.admin.base import EventPage

from .menu import menus_of


class RegistrationScreen(EventPage):
    """A screen below the list of an event's registrations."""

    allowed = staticmethod(permissions.may_see_registrations)
    header_icon = "user"

    @cached_property
    def settings(self) -> RegistrationSettings | None:
        return settings_of(self.event)

    @cached_property
    def ready(self) -> bool:
        return is_ready(self.event)

    @cached_property
    def opening(self) -> Opening:
        return opening_of(self.settings, ready=self.ready)

    @property
    def what_lacks(self) -> str:
        """What has to be done before people can be entered or written to."""
        if self.settings is None:
            return _("First say how the event takes registrations.")
        return _("First release the event: people are entered for what the public sees.")

    def to(self, name: str, *args: Any) -> str:
        return reverse(f"event_admin:{name}", args=[self.event.pk, *args])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = super().get_breadcrumbs_items()
        if self.page_title != _("Registrations"):
            items.insert(-1, {"url": self.to("registrations"), "label": _("Registrations")})
        return items

    @property
    def header_buttons(self) -> list[Any]:
        """What is done most; the rest stands in the menus below the header (``menu``)."""
        may_add = permissions.may_manage_registrations(self.user) and self.settings is not None
        found = [
            (may_add, _("Add a registration"), "add_registration", "plus"),
            (permissions.may_check_in(self.user) and self.settings is not None, _("Door"), "door", "check"),
        ]
        return [
            HeaderButton(label, url=self.to(name), icon_name=icon, priority=10 * place)
            for place, (shown, label, name, icon) in enumerate(found)
            if shown
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            settings=self.settings,
            menus=menus_of(self.event, self.settings, self.user, self.request.path),
            ready=self.ready,
            opening=str(self.opening),
            may_manage=permissions.may_manage_registrations(self.user),
            may_set_up=permissions.may_set_up_registration(self.user),
            **kwargs,
        )


class MailScreen(RegistrationScreen):
    """A screen about letters."""

    header_icon = "mail"

    @property
    def header_buttons(self) -> list[Any]:
        return []
