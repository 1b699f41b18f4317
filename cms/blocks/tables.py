"""Tables that can be read aloud: a caption, a heading for each column, rows headed by their first cell."""

from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock, TypedTableBlockValidationError
from wagtail_localize.segments import StringSegmentValue

from . import groups


class CellsBlock(TypedTableBlock):
    """The cells. wagtail-localize does not look into tables; here it does.

    A text is known to its translators by what it says, not by its place: a row that is added or moved leaves the
    other translations alone, and what stands in ten cells is translated once.
    """

    text = blocks.CharBlock(label=gettext_lazy("Text"), required=False)
    number = blocks.DecimalBlock(label=gettext_lazy("Number"), required=False)

    def clean(self, value: TypedTable) -> TypedTable:
        missing = []
        if value.columns and not value.caption:
            missing.append(_("Give the table a caption that says what it is about."))
        if any(not column["heading"] for column in value.columns):
            missing.append(_("Give each column a heading: screen readers say it with each cell."))
        if missing and not self.is_deferred_validation:
            raise TypedTableBlockValidationError(non_block_errors=[ValidationError(each) for each in missing])
        return super().clean(value)

    def get_translatable_segments(self, value: TypedTable) -> list[StringSegmentValue]:
        return [StringSegmentValue(_key(text), text) for text in dict.fromkeys(_texts(value))]

    def restore_translated_segments(self, value: TypedTable, segments: list[StringSegmentValue]) -> TypedTable:
        said = {segment.path: segment.render_text() for segment in segments}

        def translated(text: Any) -> Any:
            return said.get(_key(text), text) if isinstance(text, str) else text

        return TypedTable(
            columns=[{**column, "heading": translated(column["heading"])} for column in value.columns],
            row_data=[{"values": [translated(cell) for cell in row["values"]]} for row in value.row_data],
            caption=translated(value.caption),
        )


def _texts(table: TypedTable) -> list[str]:
    """Caption, headings and cells, row by row."""
    cells = [cell for row in table.row_data for cell in row["values"]]
    texts = [table.caption, *(column["heading"] for column in table.columns), *cells]
    return [text for text in texts if isinstance(text, str) and text]


def _key(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


class TableBlock(blocks.StructBlock):
    table = CellsBlock(label=gettext_lazy("Table"))
    heads_rows = blocks.BooleanBlock(
        label=gettext_lazy("The first cell of a row says what the row is about"), required=False, default=True
    )
    source = blocks.CharBlock(label=gettext_lazy("Source"), required=False, max_length=200)

    def get_preview_value(self) -> Any:
        columns = [("text", _("City")), ("number", "2024"), ("number", "2026")]
        return self.normalize(
            {
                "table": {
                    "caption": _("Kilometres of cycle path"),
                    "columns": [{"type": kind, "heading": heading} for kind, heading in columns],
                    "rows": [{"values": ["Çınarlı", 41, 58]}, {"values": ["Şubatlı", 12, 30]}],
                },
                "heads_rows": True,
                "source": "",
            }
        )

    class Meta:
        label = gettext_lazy("Table")
        icon = "table"
        group = groups.MEDIA
        template = "cms/blocks/table.html"
        description = gettext_lazy("Figures side by side; on a phone it scrolls by itself.")
