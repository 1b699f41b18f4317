"""What the screens of registration share."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button, HeaderButton

from events import permissions
from events.models import RegistrationSettings
from events.registration import Opening, opening_of
from events.registration.opening import is_ready, settings_of
from events.views.admin.base import EventPage


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

    def to(self, name: str, *args: Any) -> str:
        return reverse(f"event_admin:{name}", args=[self.event.pk, *args])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = super().get_breadcrumbs_items()
        if self.page_title != _("Registrations"):
            items.insert(-1, {"url": self.to("registrations"), "label": _("Registrations")})
        return items

    @property
    def header_buttons(self) -> list[Any]:
        if not permissions.may_manage_registrations(self.user) or self.settings is None:
            return []
        return [HeaderButton(_("Add a registration"), url=self.to("add_registration"), icon_name="plus", priority=10)]

    @property
    def header_more_buttons(self) -> list[Any]:
        may_set_up = permissions.may_set_up_registration(self.user)
        may_export = permissions.may_export_registrations(self.user)
        may_manage = permissions.may_manage_registrations(self.user) and self.settings is not None
        found = [
            (True, _("Groups"), self.to("registration_groups"), "group"),
            (may_manage, _("Add from a sheet"), self.to("add_from_sheet"), "upload"),
            (True, _("Requests for changes"), self.to("change_requests"), "edit"),
            (True, _("Outbox"), self.to("outbox"), "mail"),
            (permissions.may_check_in(self.user), _("Door"), self.to("door"), "check"),
            (may_export, _("Badges, certificates, lists"), self.to("papers"), "doc-full"),
            (may_export, _("Export as .xlsx"), self.to("export_registrations", "xlsx"), "download"),
            (may_export, _("Export as .csv"), self.to("export_registrations", "csv"), "download"),
            (permissions.may_read_reports(self.user), _("Report"), self.to("registration_report"), "list-ul"),
            (
                permissions.may_open_sensitive(self.user),
                _("Who opened sensitive answers"),
                self.to("opened_answers"),
                "view",
            ),
            # Setting up, in the order in which it is done.
            (may_set_up, _("Settings"), self.to("registration_settings"), "cog"),
            (may_set_up, _("Questions"), self.to("questions"), "help"),
            (may_set_up, _("Notices and consents"), self.to("wordings"), "doc-full"),
            (may_set_up, _("Sessions to choose"), self.to("session_places"), "list-ul"),
            (may_set_up, _("Letters"), self.to("letters"), "mail"),
            (may_set_up, _("Try the form (Turkish)"), self.to("try_registration", "tr"), "view"),
            (may_set_up, _("Try the form (English)"), self.to("try_registration", "en"), "view"),
        ]
        return [
            Button(label, url=url, icon_name=icon, priority=10 * place)
            for place, (shown, label, url, icon) in enumerate(found)
            if shown
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            settings=self.settings,
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
