"""Rows beside the pages: what the sample has for them to refer to, and what only the site needs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.images import ImageFile
from django.db.models import Model
from wagtail.images.models import Image

from cms.demo.sample import Data, make, pair, read_sample
from cms.models import ShownPerson, Theme
from events.models import DialogueProgramme, Event, Organisation, Person
from events.turkish import slug

from .edition import read

Rows = dict[tuple[str, str], Any]
PICTURES: Path = settings.BASE_DIR / "demo" / "pictures"


def find_rows() -> Rows | None:
    """The sample's organisations, people, events and dialogue programmes by its ids; None if one is not there."""
    known = {
        "organisation": dict(_by(Organisation, "name_tr")),
        "person": dict(_by(Person, "ref")),
        "event": dict(_by(Event, "slug")),
        "programme": dict(_by(DialogueProgramme, "slug")),
    }
    try:
        return {(kind, key): known[kind][name] for kind, key, name in _named(read_sample())}
    except KeyError:
        return None


def _by(model: type[Model], name: str) -> Iterator[tuple[str, Model]]:
    for row in model._default_manager.all():
        yield getattr(row, name), row


def _named(sample: Data) -> Iterator[tuple[str, str, str]]:
    """Kind and id of what the sample has, and what its row is known by."""
    for each in sample["organisations"]:
        yield "organisation", each["id"], each["name"]["tr"]
    for each in sample["people"]:
        yield "person", each["id"], each["id"]
    for kind, rows in (("event", sample["events"]), ("programme", sample["dialogue_programmes"])):
        for each in rows:
            yield kind, each["id"], slug(each["name"]["tr"])


def load_places(rows: Rows) -> None:
    """Where the members are, for their map."""
    for key, (north, east) in read("places").items():
        Organisation.objects.filter(pk=rows["organisation", key].pk).update(latitude=north, longitude=east)


def load_people(rows: Rows) -> None:
    """Who is shown on the site, and on which ground."""
    for each in read("people"):
        person = rows["person", each.pop("person")]
        if not ShownPerson.objects.filter(person=person).exists():
            make(ShownPerson, person=person, **each)


def load_themes() -> Rows:
    """What practices are about."""
    return {("theme", each["key"]): _theme(each["name"]) for each in read("themes")}


def _theme(name: Data) -> Theme:
    return Theme.objects.filter(name_tr=name["tr"]).first() or make(Theme, **pair("name", name))


def load_pictures(editor: Any) -> Rows:
    """Our own drawings (tools/draw_demo.py)."""
    return {("picture", each["file"]): _picture(each, editor) for each in read("pictures")}


def _picture(told: Data, editor: Any) -> Image:
    with (PICTURES / told["file"]).open("rb") as file:
        picture = Image(title=told["title"], description=told["shows"], uploaded_by_user=editor)
        picture.file = ImageFile(file, name=told["file"])
        picture.save()
    return picture
