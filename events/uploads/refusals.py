"""Why a file is not taken; the words are for whoever chose it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "empty": _("This file is empty. Choose another."),
    "too_big": _("This file is larger than %(limit)s MB. Choose a smaller one, or photograph it with fewer details."),
    "heic": _("This picture is in the HEIC format of some telephones. Send it as JPEG, PNG or PDF."),
    "kind": _("This is no PDF, JPEG or PNG, whatever its name says. Choose another file."),
    "pixels": _("This picture has more than 40 million pixels. Choose a smaller one."),
    "pages": _("This PDF has more than 100 pages. Choose one with only what is asked."),
    "locked": _("This PDF is protected by a password. Choose one without."),
    "damaged": _("This file cannot be read: it is damaged or not what it seems. Choose another."),
    "slow": _("Reading this file took too long. Choose another, or a smaller one."),
    "memory": _("This file needs too much memory. Choose another, or a smaller one."),
    "busy": _("Many files are being read at this moment. Nothing is lost: choose the file and send again in a minute."),
    "often": _("Many files came from your network within an hour. Nothing is lost: send this again later."),
    "no_room": _("The file could not be stored at this moment, and nothing was saved. Please try again later."),
}


class FileNotTakenError(Exception):
    """A file that is not kept; ``code`` is a key of REASONS."""

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code)
        self.code, self.detail = code, detail

    @property
    def words(self) -> str:
        return str(REASONS[self.code]) % self.detail
