"""The way round an event's registrations: a few menus by what one wants to do, each with what this officer may open."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events import permissions
from events.models import Event, RegistrationSettings


@dataclass(frozen=True)
class Entry:
    """One way on; ``here`` is ``page`` where it leads to the screen that is open, ``true`` where that lies below it."""

    label: str
    url: str
    here: str = ""


@dataclass(frozen=True)
class Menu:
    """Entries that belong together."""

    label: str
    entries: tuple[Entry, ...]

    @property
    def here(self) -> bool:
        return any(entry.here for entry in self.entries)


def menus_of(event: Event, settings: RegistrationSettings | None, user: Any, path: str) -> list[Menu]:
    """The menus that this user has; ``path`` is the screen that is open."""
    found = [
        (_("People"), _people(event, settings, user)),
        (_("Form"), _form(event, user)),
        (_("Letters"), _letters(event, settings, user)),
        (pgettext("badges, certificates, lists", "Papers"), _papers(event, user)),
        (_("Reports"), _reports(event, user)),
    ]
    urls = [url for _label, rows in found for shown, _name, url in rows if shown]
    nearest = max((url for url in urls if path.startswith(url)), key=len, default="")
    return [
        Menu(label, tuple(Entry(name, url, _here(url, nearest, path)) for shown, name, url in rows if shown))
        for label, rows in found
        if any(shown for shown, _name, _url in rows)
    ]


Rows = Iterable[tuple[bool, str, str]]


def _here(url: str, nearest: str, path: str) -> str:
    if url != nearest:
        return ""
    return "page" if url == path else "true"


def _to(event: Event, name: str, *args: str) -> str:
    return reverse(f"event_admin:{name}", args=[event.pk, *args])


def _people(event: Event, settings: RegistrationSettings | None, user: Any) -> Rows:
    may_add = permissions.may_manage_registrations(user) and settings is not None
    return [
        (True, _("All registrations"), _to(event, "registrations")),
        (True, _("Groups"), _to(event, "registration_groups")),
        (True, _("Requests for changes"), _to(event, "change_requests")),
        (may_add, _("Add a registration"), _to(event, "add_registration")),
        (may_add, _("Add from a sheet"), _to(event, "add_from_sheet")),
    ]


def _form(event: Event, user: Any) -> Rows:
    """Setting up, in the order in which it is done: the notice is written from the questions."""
    may = permissions.may_set_up_registration(user)
    return [
        (may, _("Settings"), _to(event, "registration_settings")),
        (may, _("Questions"), _to(event, "questions")),
        (may, _("Notices and consents"), _to(event, "wordings")),
        (may, _("Sessions to choose"), _to(event, "session_places")),
        (may, _("Try the form (Turkish)"), _to(event, "try_registration", "tr")),
        (may, _("Try the form (English)"), _to(event, "try_registration", "en")),
    ]


def _letters(event: Event, settings: RegistrationSettings | None, user: Any) -> Rows:
    may_write = permissions.may_manage_registrations(user) and settings is not None
    may_word = permissions.may_set_up_registration(user)
    return [
        (True, _("Outbox"), _to(event, "outbox")),
        (may_write, _("Write to all who are registered"), _to(event, "write_group")),
        (may_word, _("Words and times of all letters"), _to(event, "letters")),
    ]


def _papers(event: Event, user: Any) -> Rows:
    may = permissions.may_export_registrations(user)
    return [
        (may, _("Badges, certificates, lists"), _to(event, "papers")),
        (may, _("Export as .xlsx"), _to(event, "export_registrations", "xlsx")),
        (may, _("Export as .csv"), _to(event, "export_registrations", "csv")),
    ]


def _reports(event: Event, user: Any) -> Rows:
    return [
        (permissions.may_read_reports(user), _("Registrations in counts"), _to(event, "registration_report")),
        (permissions.may_open_sensitive(user), _("Who opened sensitive answers"), _to(event, "opened_answers")),
    ]
