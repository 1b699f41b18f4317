"""Erase a person for good, by key."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.erasure import erase_person
from events.models import Person


class Command(BaseCommand):
    help = "Erase a person for good: directory, programmes, every release, renderings, letters, log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", help="the person's key, ten characters")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(key=options["key"]).first()
        if person is None:
            raise CommandError("Nobody has this key.")
        try:
            record = erase_person(person=person)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        told = " ".join(f"{name}={count}" for name, count in record.report.items())
        self.stdout.write(f"erased {options['key']} {told}")
