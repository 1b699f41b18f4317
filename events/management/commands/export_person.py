"""All that is held about a person, as JSON: what a person may ask for (KVKK art. 11, GDPR art. 15)."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.management.choosing import add_choice, chosen
from events.models import Person, Registration, RegistrationGroup
from events.registration.groups.own_data import all_about_group
from events.registration.own_data import all_about, all_about_person


class Command(BaseCommand):
    help = "Print all that is held about a person, by the directory's key or by an e-mail address, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("who", help="the person's key, ten characters, or an e-mail address")
        add_choice(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        who = options["who"]
        if "@" in who:
            rows = [each.row for each in chosen(who, options["only"], everybody=options["everybody"])]
        else:
            rows = list(Person.objects.kept().filter(key=who))
        told: dict[str, Any] = {"people": [all_about_person(row) for row in rows if isinstance(row, Person)]}
        if "@" in who:
            # What stands with somebody in the directory is not told twice.
            known = {each["registration"]["code"] for person in told["people"] for each in person["registrations"]}
            alone = [row for row in rows if isinstance(row, Registration) and row.code not in known]
            told["registrations"] = [all_about(row) for row in alone]
            named = {each["group"]["code"] for person in told["people"] for each in person["groups"]}
            groups = [row for row in rows if isinstance(row, RegistrationGroup) and row.code not in named]
            told["groups"] = [all_about_group(row) for row in groups]
        if not any(told.values()):
            raise CommandError("Nothing is held about this key or address.")
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
