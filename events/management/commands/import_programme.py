"""A programme from a file into an event."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from events.exchange import limits
from events.exchange.apply import import_programme
from events.exchange.creation import create_event_for
from events.exchange.files import read_programme
from events.exchange.messages import file_message, report_lines
from events.exchange.report import ImportReport
from events.exchange.rows import FileRefused, Reading
from events.models import Event

_CREATION = ("kind", "title_tr", "title_en", "time_zone")


class Command(BaseCommand):
    """Exit 0: nothing refused; 1: rows refused, the others kept; 2: file or arguments refused, nothing kept."""

    help = "Import a programme from .xlsx, .csv, .txt, schedule.xml or schedule.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--event", required=True, metavar="SLUG")
        parser.add_argument("--create", action="store_true", help="make the event; refused where SLUG is taken")
        parser.add_argument("--kind", choices=Event.Kind.values, default=None)
        parser.add_argument("--title-tr", default="")
        parser.add_argument("--title-en", default="")
        parser.add_argument("--time-zone", default="")
        parser.add_argument("--dry-run", action="store_true", help="report, keep nothing")
        parser.add_argument("--release", action="store_true", help="release afterwards, unless a row was refused")
        parser.add_argument("--language", choices=["tr", "en"], default=None, help="of the messages")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"] or settings.LANGUAGE_CODE):
            try:
                report = self._import(options)
            except FileRefused as refusal:
                raise CommandError(file_message(refusal), returncode=2) from refusal
            except ValidationError as error:
                raise CommandError(" ".join(error.messages), returncode=2) from error
            for line in report_lines(report):
                self.stdout.write(line)
            self.stdout.write(report.summary)
        if report.refused:
            raise SystemExit(1)

    def _import(self, options: dict[str, Any]) -> ImportReport:
        if not options["create"] and any(options[name] for name in _CREATION):
            raise ValidationError(_("Kind, titles and time zone are for a new event: add --create."))
        reading = read_programme(_read(options["file"]))
        with transaction.atomic():
            event = self._event(options, reading)
            report = import_programme(
                event=event, reading=reading, dry_run=options["dry_run"], release=options["release"]
            )
            if options["dry_run"]:
                transaction.set_rollback(True)
        return report

    def _event(self, options: dict[str, Any], reading: Reading) -> Event:
        slug = options["event"]
        if options["create"]:
            given = {name: options[name] for name in _CREATION if options[name]}
            return create_event_for(reading=reading, slug=slug, **given)
        event = Event.objects.filter(slug=slug).first()
        if event is None:
            raise ValidationError(_("There is no event “%(slug)s”. Add --create to make it.") % {"slug": slug})
        return event


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(limits.FILE_BYTES + 1)
    except OSError as error:
        raise ValidationError(_("The file cannot be opened: %(reason)s") % {"reason": error.strerror}) from error
