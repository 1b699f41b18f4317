"""The file of an import."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.exchange import limits


class UploadForm(forms.Form):
    """A file that could be a programme, not larger than any programme is."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A spreadsheet (.xlsx, .csv, .txt) or a programme of a conference tool (.xml, .json)."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.xml,.json"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
            "missing": _("Choose a file."),
            "invalid": _("Choose a file."),
        },
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > limits.FILE_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MB."), params={"limit": limits.FILE_BYTES // limits.MIB}
            )
        return upload
