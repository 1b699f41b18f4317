"""Messages in the admin: the list, its export, and what history tells of them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.contrib.forms.views import SubmissionsListView
from wagtail.log_actions import LogFormatter

from .verbs import told

#: What a spreadsheet would take for a formula (OWASP: CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class MessagesView(SubmissionsListView):
    """One list for both languages; no cell of the export can become a formula."""

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        row: dict[str, Any] = super().to_row_dict(item)
        return {name: told(value) if isinstance(value, bool | list) else value for name, value in row.items()}

    def write_csv_row(self, writer: Any, row_dict: dict[str, Any]) -> Any:
        """A text that a spreadsheet would compute gets an apostrophe; in a workbook it is a text anyway."""
        return super().write_csv_row(writer, {name: _harmless(value) for name, value in row_dict.items()})


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


class OverdueDeleted(LogFormatter):
    """How many messages went when their time was over."""

    label = _("Delete overdue messages")

    def format_message(self, log_entry: Any) -> str:
        count = log_entry.data.get("count", 0)
        words = ngettext(
            "%(count)s message deleted after its time", "%(count)s messages deleted after their time", count
        )
        return words % {"count": count}
