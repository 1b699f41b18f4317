"""Release the working programme of an event."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.models import Event
from events.release import release_programme


class Command(BaseCommand):
    """Exit 0: released, or nothing to release; 2: no such event."""

    help = "Release the working programme of an event; without changes no release is made."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--note-tr", default="", help="what to tell about this release, in Turkish")
        parser.add_argument("--note-en", default="", help="what to tell about this release, in English")

    def handle(self, *args: Any, **options: Any) -> None:
        event = Event.objects.filter(slug=options["slug"]).first()
        if event is None:
            raise CommandError(f"There is no event {options['slug']!r}.", returncode=2)
        release = release_programme(event=event, note_tr=options["note_tr"], note_en=options["note_en"])
        if release is None:
            self.stdout.write("Nothing changed: no release was made.")
        else:
            self.stdout.write(f"Released as number {release.number}.")
