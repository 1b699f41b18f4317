"""Everything that is held about somebody, to read and to keep (KVKK art. 11, GDPR art. 15); for programs there is JSON."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from events.registration.held_words import parts_of

from .setting import Setting


def show_held(
    request: HttpRequest, setting: Setting, data: Mapping[str, Any], paths: Mapping[str, str]
) -> HttpResponse:
    """A page in the reader's language; ``data.json`` stands beside the page above it."""
    parts = parts_of(data, setting.public.time_zone)
    return render(request, "events/registration/held.html", setting.context(_("My data"), paths=paths, parts=parts))
