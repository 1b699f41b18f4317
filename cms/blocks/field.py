"""A column of blocks whose definition stays out of the migrations."""

from typing import Any

from wagtail import blocks
from wagtail.fields import StreamField


class BlocksField(StreamField):
    """A StreamField that migrations know as plain JSON.

    Wagtail freezes every label and help text of every block into them, so that a comma would need a migration
    for each page type; the column is the same for all of them.
    """

    def __init__(self, block: blocks.StreamBlock | list[Any], **kwargs: Any) -> None:
        super().__init__(block, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], {**kwargs, "block_lookup": {}}
