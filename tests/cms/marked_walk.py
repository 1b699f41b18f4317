"""A reader on the way through the marked site: what is met is read, and what stands outside the marks is remembered."""

import datetime as dt
import re
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from events import addresses
from events.countries import COUNTRIES
from events.models import (
    ChangeRequest,
    Event,
    Message,
    Registration,
    RegistrationSettings,
    SessionPlaces,
    WordingSeen,
    WordingVersion,
)
from events.registration.answering import questions_of
from events.registration.requesting import accept_change, request_change
from events.views.registration import agenda
from tests.cms import marked_site
from tests.events.registration.browsing import new_address_key
from tests.events.registration.files import picture
from tests.factories import QuestionFactory, RegistrationSettingsFactory, WordingFactory
from tests.marks import row, unmarked

#: Words that stand on pages without a mark, and why.
KNOWN = {
    "Türkçe": "the language switch names a language in that language",
    "English": "the same",
    "Program": "the printed programme is offered in its own language",
    "Programme": "the same",
    "PDF": "a kind of file",
    "EUR": "a currency's code",
    "GMT": "what offsets of zones are told from",
    "Apple": "names of calendars",
    "Google": "the same",
    "Outlook.com": "the same",
    "Microsoft": "the same",
    "LinkedIn": "the name of a network",
    marked_site.ADDRESS: "an address of the marked site",
    marked_site.HOST: "the same",
}
ALL_KNOWN = frozenset(KNOWN) | {
    part.strip() for names in COUNTRIES.values() for name in names for part in re.split(r"[()]", name)
}


class Walk:
    """What was found outside the marks on the way."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.client = Client(headers={"accept-language": language})
        self.found: dict[str, list[str]] = {}
        self.states: dict[str, int] = {}

    def get(self, path: str, **data: str) -> HttpResponse:
        return self.note(path if not data else f"{path} {data}", self.client.get(path, data))

    def note(self, what: str, answer: Any) -> HttpResponse:
        """Read one page: what it says outside the marks is remembered with its address."""
        html = answer.content.decode()
        self.states[what] = answer.status_code
        if outside := unmarked(html, ALL_KNOWN):
            self.found[what] = outside
        noted: HttpResponse = answer
        return noted


def asking() -> Event:
    """An event whose form asks, with consent, for a choice and a country, and later for a file."""
    event: Event = Event.objects.get(slug="kentler-diyalogu-2027")
    # The demo's own form says the demo's words.
    WordingSeen.objects.all().delete()
    WordingVersion.objects.all().delete()
    for rows in (RegistrationSettings.objects, event.questions, event.wordings, SessionPlaces.objects):
        rows.all().delete()
    RegistrationSettingsFactory(event=event, ready=False)
    texts = {name: row("Metin") for name in ("title_tr", "title_en", "text_tr", "text_en")}
    WordingFactory(event=event, kind="notice", **texts), WordingFactory(event=event, **texts)
    asked = {name: row("Soru") for name in ("label_tr", "label_en", "purpose_tr", "purpose_en")}
    option = {"key": "v", "tr": row("Bir"), "en": row("Bir")}
    QuestionFactory(event=event, kind="choice", options=[option], **asked)
    QuestionFactory(event=event, kind="country", required=True, sensitive=True, **asked)
    QuestionFactory(event=event, kind="file", stage="details", required=True, **asked)
    return event


def change_of(walk: Walk, page: str, event: Event) -> str:
    """The form beside one's own page."""
    return addresses.change_registration_path(event.slug, walk.language, page.strip("/").rsplit("/", 1)[-1])


def new_address(walk: Walk, own: str, registration: Registration) -> None:
    """One that is none, one that waits to be confirmed, and its page before and after it is taken back."""
    path = addresses.own_address_path(registration.event.slug, walk.language, own.strip("/").rsplit("/", 1)[-1])
    walk.get(path), walk.note("no address", walk.client.post(path, {"email": "x"}))
    walk.note("waits", walk.client.post(path, {"email": marked_site.NEW_ADDRESS}, follow=True))
    confirm = walk.client.get(new_address_key(registration, walk.language))["Location"]
    walk.get(confirm), walk.note("kept", walk.client.post(own, {"act": "keep_address"}, follow=True))
    walk.get(confirm)


def asks_for_sessions(walk: Walk, page: str, event: Event) -> None:
    """After the time for changes; then an officer accepts it."""
    for session in event.sessions.filter(status="confirmed", audience="public", start__isnull=False)[:2]:
        SessionPlaces.objects.create(session=session)
    RegistrationSettings.objects.filter(event=event).update(changes_until=timezone.now() - dt.timedelta(minutes=1))
    registration = Registration.objects.filter(event=event, state="confirmed").latest("pk")
    request_change(registration=registration, answers={}, sessions=SessionPlaces.objects.all())
    walk.get(page), walk.get(change_of(walk, page, event))
    accept_change(request=ChangeRequest.objects.latest("pk"))
    walk.get(page), walk.get(f"{page}agenda/")


def details(walk: Walk, page: str, event: Event) -> None:
    """What is asked once somebody is confirmed: nothing sent, something wrong, then what is asked."""
    path = addresses.details_path(event.slug, walk.language, page.strip("/").rsplit("/", 1)[-1])
    name = f"q-{questions_of(event.pk, stage='details')[0].key}"
    walk.get(path)
    for data in (b"", b"MZ", picture()):
        sent = {name: SimpleUploadedFile(f"{row('Foto')}.jpg", data)} if data else {}
        walk.note(f"details {len(data)}", walk.client.post(path, sent, follow=True))
    walk.get(path)


def all_that_is_held(walk: Walk, page: str, event: Event) -> None:
    """The letters in it are translated as letters; codes are nobody's words."""
    path = addresses.own_held_path(event.slug, walk.language, page.strip("/").rsplit("/", 1)[-1])
    walk.get(path)
    rows = [
        *Message.objects.values_list("body_text"),
        *Registration.objects.values_list("code", "uid", "event__slug"),
    ]
    known = " ".join(str(each) for row in rows for each in row)
    assert [word for word in walk.found.pop(path, []) if word not in known] == []


def no_paper(walk: Walk, page: str) -> None:
    """Too many were asked for from one network."""
    for _time in range(agenda.LIMIT.most):
        agenda.LIMIT.wait(RequestFactory().get("/"))
    walk.get(f"{page}agenda.pdf")
    cache.clear()
