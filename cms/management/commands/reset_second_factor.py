"""Somebody is locked out: take the second factor away, on the server."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.second_factor import reset


class Command(BaseCommand):
    help = "Take the second factor of a member of staff away: at the next log-in a new app is set up."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", help="the name by which the person logs in")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError("Nobody logs in by this name.")
        self.stdout.write(f"reset={int(reset(user=user))}")
