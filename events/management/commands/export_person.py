"""All that is held about a person, as JSON: what a person may ask for (KVKK art. 11, GDPR art. 15)."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.models import Person, Registration
from events.registration.own_data import all_about, all_about_person


class Command(BaseCommand):
    help = "Print all that is held about a person, by the directory's key or by an e-mail address, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="the person's key, ten characters, or an e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        who = options["who"]
        people = Person.objects.kept().filter(**{"email__iexact" if "@" in who else "key": who})
        told: dict[str, Any] = {"people": [all_about_person(person) for person in people.order_by("pk")]}
        if "@" in who:
            rows = Registration.objects.kept().filter(email__iexact=who).exclude(person__in=people)
            # What is tied to nobody stands with somebody in the directory who has this address.
            rows = rows.filter(person__isnull=False) if people else rows
            told["registrations"] = [all_about(row) for row in rows.order_by("pk")]
        if not any(told.values()):
            raise CommandError("Nothing is held about this key or address.")
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
