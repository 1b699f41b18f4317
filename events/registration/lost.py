"""A lost link is sent once more. Whoever asks for it is told nothing, not even by how long the answer takes."""

from django.db import transaction

from events.jobs import promise_job
from events.models import Job, Registration, RegistrationGroup

from . import letters
from .groups import letters as group_letters
from .keys import person_key

KIND = "lost_link"
_TOLD = ("event__registration_settings", "event__public")


def send_lost_link(*, event: int, email: str) -> None:
    """Promise the link to whoever is registered with this address, alone or as the contact of a group.

    Who is nobody costs the same: a job without numbers. The letter is written by the job.
    """
    with transaction.atomic():
        key = person_key(email)
        alone = Registration.objects.filter(event=event, person_key=key).active()
        groups = RegistrationGroup.objects.filter(event=event, person_key=key).active()
        first, of_group = (rows.values_list("pk", flat=True).first() for rows in (alone, groups))
        promise_job(KIND, registration=first, group=of_group)


def send_job(job: Job) -> None:
    """Write the letters, unless the address had those of its hour."""
    with transaction.atomic():
        for row in Registration.objects.filter(pk=job.payload["registration"]).active().select_related(*_TOLD):
            letters.send_link(row.event.registration_settings, row)
        for group in RegistrationGroup.objects.filter(pk=job.payload["group"]).active().select_related(*_TOLD):
            group_letters.send_link(group.event.registration_settings, group)
