"""Turkish pages: made in the order of the files, filled when all are there to be linked to, published by the editor."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page

from cms.demo.sample import Data
from cms.models import ContactField
from events import turkish

from .blocks import block_id, stored
from .edition import Edition, moment

#: What the files call otherwise than the column.
COLUMNS = {"lead": "search_description", "menu": "show_in_menus"}
#: What is no column of the page.
APART = {"key", "type", "pages", "fields", "amended"}


@dataclass(frozen=True)
class Desk:
    """Who writes, and who publishes what was written."""

    writer: Any
    publisher: Any


def walk(told: list[Data], parent: str = "home") -> Iterator[tuple[Data, str]]:
    """The pages of a file and those below them, each with the key of the page above it."""
    for each in told:
        yield each, parent
        yield from walk(each.get("pages", []), each["key"])


def build(told: Data, edition: Edition) -> Page:
    """A page that is not saved yet, with all that is told of it."""
    page: Page = apps.get_model("cms", told["type"])()
    page.locale = Locale.objects.get(language_code=edition.language)
    fill(page, told, edition)
    if "fields" in told:
        page.form_fields = [_question(each, place, edition, told["key"]) for place, each in enumerate(told["fields"])]
    return page


def fill(page: Page, told: Data, edition: Edition) -> None:
    """Write what the file tells of a page into its columns."""
    for name, value in told.items():
        if name not in APART:
            column: Any = page._meta.get_field(COLUMNS.get(name, name))
            setattr(page, column.name, _value(column, value, edition, told["key"]))


def _value(column: Any, value: Any, edition: Edition, key: str) -> Any:
    if isinstance(column, StreamField):
        return json.dumps(stored(column.stream_block, value, edition, f"{key}/{column.name}"))
    if isinstance(column, RichTextField):
        return edition.rich(value)
    if isinstance(column, models.ForeignKey):
        return edition.rows.get((column.name.removeprefix("button_"), value))
    return edition.text(value)


def _question(told: Data, place: int, edition: Edition, key: str) -> ContactField:
    values = {name: edition.text(value) for name, value in told.items()}
    return ContactField(
        sort_order=place,
        locale=Locale.objects.get(language_code=edition.language),
        translation_key=block_id(f"{key}/fields/{place}"),
        **values,
    )


def place(page: Page, parent: Page, desk: Desk) -> None:
    """Put a page into the tree as a draft."""
    page.live, page.owner = False, desk.writer
    page.slug = page.slug or turkish.slug(page.title)
    parent.add_child(instance=page)


def publish(page: Page, desk: Desk) -> None:
    """Let the public see what the page says now; news not before its own day."""
    day = getattr(page, "published_on", None)
    if day and moment(day) > timezone.now():
        page.go_live_at = moment(day)
    page.save_revision(user=desk.writer, log_action=True).publish(user=desk.publisher)
