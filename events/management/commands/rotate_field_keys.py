"""Seal anew what an older key of FIELD_ENCRYPTION_KEYS sealed, so that the older key can go."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.registration.sealed import rotate


class Command(BaseCommand):
    """Prints ``sealed=N current=N lost=N``; the site may go on meanwhile."""

    help = "Seal sensitive answers anew under the first of FIELD_ENCRYPTION_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        done = rotate()
        self.stdout.write(f"sealed={done.sealed} current={done.current} lost={done.lost}")
        if done.lost:
            raise CommandError("Some answers open with none of the keys: put the key back that sealed them.")
