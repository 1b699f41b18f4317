"""The panel of the admin's first page for whoever runs registrations: what waits, event by event."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.panels import ListPanel, UpcomingPanel
from events import permissions
from events.labels import moment_words
from events.registration.awaiting import Awaiting, awaiting


class RegistrationsPanel(ListPanel):
    """Approvals, requests, letters that did not arrive, and registration that opens or closes within a week."""

    template_name = "cms/admin/registrations_panel.html"
    heading = gettext_lazy("Registrations: what waits for you")
    icon = "user"
    everything, everything_words = "admin_event:index", gettext_lazy("All events")
    order = UpcomingPanel.order - 1

    def may_see(self) -> bool:
        return permissions.may_manage_registrations(self.user) and permissions.may_see_registrations(self.user)

    def rows(self) -> list[dict[str, Any]]:
        return [self._row(each) for each in awaiting()]

    def _row(self, waits: Awaiting) -> dict[str, Any]:
        links = [_link(waits, kind, count) for kind, count in waits.counts.items()]
        return {
            "text": str(waits.event),
            "url": _to(waits, "registrations"),
            "links": [*links, *self._times(waits)],
        }

    def _times(self, waits: Awaiting) -> list[dict[str, str]]:
        """When registration opens or closes; a link for those who may change it."""
        zone = waits.event.time_zone
        may_set_up = permissions.may_set_up_registration(self.user)
        url = _to(waits, "registration_settings") if may_set_up else ""
        told = []
        if waits.opens_at:
            told.append(_("registration opens: %(moment)s") % {"moment": moment_words(waits.opens_at, zone)})
        if waits.closes_at:
            told.append(_("registration closes: %(moment)s") % {"moment": moment_words(waits.closes_at, zone)})
        return [{"text": each, "url": url} for each in told]


def _to(waits: Awaiting, name: str) -> str:
    return reverse(f"event_admin:{name}", args=[waits.event.pk])


def _link(waits: Awaiting, kind: str, count: int) -> dict[str, str]:
    words, name, query = {
        "requested": (
            ngettext("%(count)s registration to approve", "%(count)s registrations to approve", count),
            "registrations",
            "?state=requested",
        ),
        "groups": (
            ngettext("%(count)s group to approve", "%(count)s groups to approve", count),
            "registration_groups",
            "",
        ),
        "changes": (
            ngettext("%(count)s request for a change", "%(count)s requests for changes", count),
            "change_requests",
            "",
        ),
        "letters": (
            ngettext("%(count)s letter could not be sent", "%(count)s letters could not be sent", count),
            "outbox",
            "?tab=failed",
        ),
        "refused": (
            ngettext("%(count)s address takes no mail", "%(count)s addresses take no mail", count),
            "registrations",
            "?mail=refused",
        ),
        "contacts": (
            ngettext("%(count)s group’s contact takes no mail", "contacts of %(count)s groups take no mail", count),
            "registration_groups",
            "",
        ),
    }[kind]
    return {"text": words % {"count": count}, "url": _to(waits, name) + query}
