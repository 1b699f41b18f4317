"""The file of an import, on its way from the trial to the act.

Between the two pages the file stays with the browser: nothing personal lies about on the server. A file too
large for a hidden field is chosen once more.
"""

import base64
import binascii
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.exchange import limits

#: Above this the browser keeps no copy; what Django accepts in a form's fields is 2.5 MB.
KEPT_BYTES = 1_500_000


class ImportForm(forms.Form):
    """A file to try, or the one that was tried, to be imported now."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("A spreadsheet (.xlsx, .csv, .txt) or a programme of a conference tool (.xml, .json)."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.xml,.json"}),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload and upload.size > limits.FILE_BYTES:
            self.add_error("file", _("The file is too large."))
        elif upload:
            cleaned["data"], cleaned["name"] = upload.read(), upload.name
        else:
            cleaned["data"] = self._unpack(cleaned.get("kept", ""))
            if not cleaned["data"] and "file" not in self.errors:
                self.add_error("file", _("Choose a file."))
        return cleaned

    def _unpack(self, kept: str) -> bytes:
        try:
            return base64.b64decode(kept, validate=True)
        except (binascii.Error, ValueError):
            return b""


def keep(data: bytes) -> str:
    """The file as a hidden field takes it, empty if it is too large for one."""
    return base64.b64encode(data).decode() if len(data) <= KEPT_BYTES else ""
