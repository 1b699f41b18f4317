"""What the site does when something happened below."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from cms.models import ContactMessage, ShownPerson
from cms.pictures import promise_pictures
from cms.translating.following import follow_source
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


@receiver(page_published)
def follow_into_the_other_language(instance: Page, **kwargs: Any) -> None:
    """What changed for the public is there to be translated at once."""
    follow_source(page=instance)


@receiver(page_published)
def make_pictures_before_readers_come(instance: Page, **kwargs: Any) -> None:
    """The first reader need not wait for them."""
    promise_pictures(instance)
