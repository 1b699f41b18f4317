"""The admin's first page of those who have one thing to do: work at a door, or read reports."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from cms.panels import MOST, ListPanel
from cms.registration_panel import RegistrationsPanel
from events import permissions
from events.labels import dates_words
from events.models import Event
from events.registration.door import near_events
from events.registration.reports import overview


class DoorsPanel(ListPanel):
    """Doors of events that are near. Whoever decides on registrations comes to them by the event."""

    heading = gettext_lazy("Check-in")
    icon = "check"
    everything, everything_words = "event_admin:doors", gettext_lazy("All doors")
    order = RegistrationsPanel.order

    def may_see(self) -> bool:
        return permissions.may_check_in(self.user) and not permissions.may_see_registrations(self.user)

    def rows(self) -> list[dict[str, Any]]:
        return [_row(event, "event_admin:door", _when(event)) for event in near_events()[: MOST + 1]]


class ReportsPanel(ListPanel):
    """Events that take registrations, in counts."""

    heading = gettext_lazy("Reports on registrations")
    icon = "table"
    everything, everything_words = "event_admin:registration_reports", gettext_lazy("All reports")
    order = RegistrationsPanel.order

    def may_see(self) -> bool:
        return permissions.may_read_reports(self.user) and not permissions.may_see_registrations(self.user)

    def rows(self) -> list[dict[str, Any]]:
        return [_row(event, "event_admin:registration_report", _counted(event)) for event in overview()[: MOST + 1]]


def _row(event: Event, name: str, detail: str) -> dict[str, Any]:
    return {"text": str(event), "url": reverse(name, args=[event.pk]), "detail": detail}


def _when(event: Event) -> str:
    return dates_words(event.starts_on, event.ends_on)


def _counted(event: Any) -> str:
    number = event.registered
    return ngettext("%(number)s registration", "%(number)s registrations", number) % {"number": number}
