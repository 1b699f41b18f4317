"""Erase a person for good, by the directory's key or by an e-mail address."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.erasure import erase_person
from events.models import Person
from events.registration.keeping import erase_registered_with


class Command(BaseCommand):
    help = "Erase a person for good: directory, programmes, every release, registrations, renderings, letters, log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", help="the person's key, ten characters, or an e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        who = options["key"]
        told = self._by_address(who) if "@" in who else self._by_key(who)
        # Not the address: what is printed may end in a log.
        name = "by address" if "@" in who else who
        self.stdout.write(f"erased {name} {' '.join(f'{key}={count}' for key, count in told.items())}")

    def _by_key(self, key: str) -> dict[str, int]:
        person = Person.objects.filter(key=key).first()
        if person is None:
            raise CommandError("Nobody has this key.")
        return self._erased(person)

    def _by_address(self, address: str) -> dict[str, int]:
        """Everybody in the directory with this address, and all that was registered with it."""
        told: Counter[str] = Counter()
        for person in Person.objects.kept().filter(email__iexact=address):
            told.update({"people": 1, **self._erased(person)})
        told["registrations"] += erase_registered_with(address=address)
        if not any(told.values()):
            raise CommandError("Nobody has this address.")
        return dict(told)

    @staticmethod
    def _erased(person: Person) -> dict[str, int]:
        try:
            report: dict[str, int] = erase_person(person=person).report
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return report
