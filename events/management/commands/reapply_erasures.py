"""After a backup was restored: erase again whom it brought back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from events.erasure import reapply_erasures
from events.registration import keeping


class Command(BaseCommand):
    help = "After restoring a backup: erase again everybody who had been erased since it was made."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ledger", type=Path, help="the ledger file (default: the setting ERASURE_LEDGER)")

    def handle(self, *args: Any, **options: Any) -> None:
        people, registrations = reapply_erasures(options["ledger"]), keeping.reapply_erasures(options["ledger"])
        self.stdout.write(f"erased={people + registrations}")
