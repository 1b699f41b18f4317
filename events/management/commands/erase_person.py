"""Erase a person for good, by the directory's key or by an e-mail address."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.erasure import erase_person
from events.management.choosing import add_choice, chosen
from events.models import Person
from events.registration.keeping import erase_behind


class Command(BaseCommand):
    help = "Erase a person for good: directory, programmes, every release, registrations, renderings, letters, log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", help="the person's key, ten characters, or an e-mail address")
        add_choice(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        who = options["key"]
        told = self._by_address(who, options["only"], options["everybody"]) if "@" in who else self._by_key(who)
        # Not the address: what is printed may end in a log.
        name = "by address" if "@" in who else who
        self.stdout.write(f"erased {name} {' '.join(f'{key}={count}' for key, count in told.items())}")

    def _by_key(self, key: str) -> dict[str, int]:
        person = Person.objects.filter(key=key).first()
        if person is None:
            raise CommandError("Nobody has this key.")
        return self._erased(person)

    def _by_address(self, address: str, only: list[str], everybody: bool) -> dict[str, int]:
        """Who has this address in the directory, and what was registered with it, where it is one person's or chosen."""
        found = chosen(address, only, everybody=everybody)
        if not found:
            raise CommandError("Nobody has this address.")
        told: Counter[str] = Counter()
        for each in found:
            if isinstance(each.row, Person):
                told.update({"people": 1, **self._erased(each.row)})
        told["registrations"] += erase_behind(found)
        return dict(told)

    @staticmethod
    def _erased(person: Person) -> dict[str, int]:
        try:
            report: dict[str, int] = erase_person(person=person).report
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return report
