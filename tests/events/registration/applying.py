"""People who register, as tests need them."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from events.models import Event, Registration, RegistrationSettings
from events.registration import Applicant, Filled, register
from tests.factories import RegistrationSettingsFactory


def applicant(name: str = "Ayşe Örnek", **named: Any) -> Applicant:
    """Somebody from Işıklar, whose address is made of the name."""
    plain = "".join(char for char in name.lower() if char.isascii() and char.isalnum())
    return Applicant(**{"name": name, "email": f"{plain}@sample.example", "language": "en", **named})


def taking(**named: Any) -> Event:
    """A public event that takes registrations."""
    settings: RegistrationSettings = RegistrationSettingsFactory(**named)
    event: Event = settings.event
    return event


def apply(event: Event, name: str = "Ayşe Örnek", *, filled: Filled | None = None, **named: Any) -> Registration:
    """Register somebody by a form of their own."""
    who = applicant(name, **named)
    return register(event=event, applicant=who, filled=filled or Filled(), once=new_once(name)).registration


def new_once(name: str) -> str:
    """The number of a form; a name has one."""
    return f"form-{abs(hash(name)) % 10**20}"


def counted(event: Event) -> tuple[int, int]:
    """Seats as the event's row counts them, and as the registrations hold them."""
    settings = RegistrationSettings.objects.get(event=event)
    return settings.taken, Registration.objects.filter(event=event, seat=True).count()


def line(event: Event) -> list[str]:
    """Names on the waiting list, the first in line first."""
    return [row.name for row in Registration.objects.filter(event=event).waiting()]


def states(event: Event) -> dict[str, str]:
    return dict(Registration.objects.filter(event=event).order_by("pk").values_list("name", "state"))


def today(event: Event) -> Event:
    """Let an event take place today, where it is: its door is open."""
    now = timezone.now().astimezone(ZoneInfo(event.time_zone)).date()
    Event.objects.filter(pk=event.pk).update(starts_on=now, ends_on=now)
    event.refresh_from_db()
    return event
