"""Blocks as a page stores them, from what the files tell: ``- heading: {tr: …, en: …}``, one key a block."""

import uuid
from collections.abc import Iterable
from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from cms.blocks.choosers import DialogueProgrammeChooserBlock, EventChooserBlock, OrganisationChooserBlock
from cms.blocks.links import SitePageBlock

from .edition import Edition

_SPACE = uuid.UUID("5f0e6b0a-31c9-4c43-8f0e-2b6d0d9f5a11")
#: What choosers choose, as the files' references name it.
CHOOSERS: list[tuple[type[blocks.Block], str]] = [
    (SitePageBlock, "page"),
    (EventChooserBlock, "event"),
    (DialogueProgrammeChooserBlock, "programme"),
    (OrganisationChooserBlock, "organisation"),
]
TEXTS = (blocks.CharBlock, blocks.TextBlock, blocks.URLBlock, blocks.EmailBlock)


def block_id(path: str) -> str:
    """The same for the same place, so that both languages speak of the same block."""
    return str(uuid.uuid5(_SPACE, path))


def stored(block: Any, told: Any, edition: Edition, path: str) -> Any:
    """The value of a block as it is stored; ``path`` says where it stands: ``about/body/2``."""
    if isinstance(block, blocks.StreamBlock):
        return [_in_stream(block, each, edition, f"{path}/{place}") for place, each in enumerate(told)]
    if isinstance(block, blocks.ListBlock):
        return [_in_list(block.child_block, each, edition, f"{path}/{place}") for place, each in enumerate(told)]
    if isinstance(block, ImageBlock):
        image = edition.rows[("picture", told["image"])]
        return {"image": image.pk, "alt_text": edition.text(told["alt"]), "decorative": False}
    if isinstance(block, blocks.StructBlock):
        given = {name: stored(block.child_blocks[name], each, edition, f"{path}/{name}") for name, each in told.items()}
        return _empty(block) | given
    if isinstance(block, blocks.RichTextBlock):
        return edition.rich(told)
    kind = _chosen(block, CHOOSERS)
    return _key(edition, kind, told) if kind else edition.text(told)


def _empty(block: blocks.StructBlock) -> dict[str, str]:
    """What an editor leaves empty is stored as an empty text."""
    return {name: "" for name, each in block.child_blocks.items() if isinstance(each, TEXTS)}


def _in_stream(block: Any, told: dict[str, Any], edition: Edition, path: str) -> dict[str, Any]:
    ((name, value),) = told.items()
    return {"type": name, "id": block_id(path), "value": stored(block.child_blocks[name], value, edition, path)}


def _in_list(block: Any, told: Any, edition: Edition, path: str) -> dict[str, Any]:
    return {"type": "item", "id": block_id(path), "value": stored(block, told, edition, path)}


def _chosen(block: Any, choosers: Iterable[tuple[type[blocks.Block], str]]) -> str:
    return next((kind for chooser, kind in choosers if isinstance(block, chooser)), "")


def _key(edition: Edition, kind: str, told: str) -> Any:
    """The key of a row; None for a page that is not there yet."""
    row = edition.rows.get((kind, told))
    return row.pk if row else None
