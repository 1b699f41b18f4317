"""What the site does when something happened below."""

from typing import Any

from django.dispatch import receiver

from cms.models import ContactMessage, ShownPerson
from events.models import Person
from events.signals import person_erased


@receiver(person_erased)
def take_off_the_site(person: Person, **kwargs: Any) -> None:
    """Who was erased is shown no more, and why it was shown is forgotten with it."""
    ShownPerson.objects.filter(person=person).delete()


@receiver(person_erased)
def delete_messages(email: str = "", **kwargs: Any) -> None:
    """What the person wrote by a contact page, with the letters that told of it."""
    if email:
        ContactMessage.objects.filter(email__iexact=email).delete()
