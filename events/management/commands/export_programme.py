"""The working programme of an event as a spreadsheet."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from events.exchange.export import export_programme
from events.models import Event

_FORMS = {".xlsx": "xlsx", ".csv": "csv"}


class Command(BaseCommand):
    """Exit 0: written; 2: unknown event, form or folder, nothing written."""

    help = "Export a working programme as .xlsx or .csv, which import_programme reads back without loss."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE.xlsx|FILE.csv")
        parser.add_argument("--language", choices=["tr", "en"], default=settings.LANGUAGE_CODE)

    def handle(self, *args: Any, **options: Any) -> None:
        output: Path = options["output"]
        with translation.override(options["language"]):
            form = _FORMS.get(output.suffix.lower())
            event = Event.objects.filter(slug=options["slug"]).first()
            if form is None:
                raise CommandError(_("Write to a file that ends in .xlsx or .csv."), returncode=2)
            if event is None:
                raise CommandError(_("There is no event “%(slug)s”.") % {"slug": options["slug"]}, returncode=2)
            try:
                output.write_bytes(export_programme(event=event, form=form, language=options["language"]))
            except (OSError, ValidationError) as error:
                raise CommandError(str(error), returncode=2) from error
