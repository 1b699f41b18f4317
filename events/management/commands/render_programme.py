"""``render_programme``: the printed programme of an event's last release, into a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.documents import store
from events.documents.booklet import FORMS
from events.documents.process import SettingFailedError
from events.models import FormerSlug, ProgrammeRelease, PublicEvent


class Command(BaseCommand):
    help = "Write the released programme of an event as PDF. Exit status 2: unknown event, or never released."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the event's address")
        parser.add_argument("--language", choices=list(FORMS), required=True, help="tr-en puts both side by side")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE.pdf")

    def handle(self, *args: Any, slug: str, language: str, output: Path, **options: Any) -> None:
        release = self._release(slug)
        try:
            body = bytes(store.ensure_pdf(release, language).body)
            output.write_bytes(body)
        except (OSError, SettingFailedError, store.PeopleChangingError) as error:
            raise CommandError(f"{output}: {error}") from error
        self.stdout.write(f"{output}: release {release.number}, {language}, {len(body)} bytes")

    def _release(self, slug: str) -> ProgrammeRelease:
        former = FormerSlug.objects.filter(slug=slug).values("event")
        events = PublicEvent.objects.select_related("release__event")
        found = events.filter(slug=slug).first() or events.filter(event__in=former).first()
        if found is None:
            raise CommandError(f"No event with the address {slug!r} was ever released.", returncode=2)
        return found.release
