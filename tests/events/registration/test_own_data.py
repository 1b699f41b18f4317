"""All that is held about somebody reaches that person: whole, in words, and for programs with the same keys in every language."""

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.test import Client
from django.utils import timezone, translation

from events import addresses
from events.forms.registration.asked import told
from events.links import issue_link
from events.models import (
    Answer,
    Certificate,
    ChangeRequest,
    CheckIn,
    CheckInMark,
    ChosenSession,
    Event,
    Message,
    Registration,
    RequestedAnswer,
    SeatedSession,
    TimedLetter,
    Upload,
)
from events.registration import Filled, verify
from events.registration.groups.own_data import all_about_group
from events.registration.held_words import Part, parts_of
from events.registration.own_data import all_about
from events.registration.requesting import request_change
from tests.events.registration.applying import applicant, apply, taking
from tests.events.registration.browsing import enter
from tests.events.registration.grouped import confirmed_group, taking_groups
from tests.factories import QuestionFactory, SessionFactory, SessionPlacesFactory, WordingFactory

pytestmark = pytest.mark.django_db
EMAIL = "zumrut@sample.example"
WHEN = dt.datetime(2027, 6, 11, 9, 0, tzinfo=dt.UTC)

#: Relations whose rows say nothing that is not said elsewhere, and why.
NOT_TOLD = {
    "GroupRecipient": "that a letter to many went to this person too: it stands among the letters",
    "Registration": "who came instead is somebody else; that somebody did is told",
}
#: Columns that are about the row and not about the person, or that name somebody else.
OF_THE_ROW = {
    "Registration": {
        "version": "counts saves",
        "created_at": "of the row; when it was registered is told",
        "updated_at": "of the row",
        "person_key": "the address, told as such",
        "organisation_key": "computed from the organisation",
        "search_text": "computed",
        "sort_key": "computed",
        "once": "the number of the form, against pressing twice",
        "invited_as": "a fingerprint of what letters said",
        "erased_at": "then nothing is left to tell",
    },
    "Answer": {"sealed": "the answer under its key: told as the answer"},
    "RequestedAnswer": {"sealed": "the answer under its key: told as the answer"},
    "Upload": {
        "draft": "of a form that is not sent yet",
        "told": "the name under its key: told as the name",
        "made_at": "when the answer was given",
        "name": "the answer names it too",
        "kind": "so does the answer",
        "size": "so does the answer",
    },
    "CheckIn": {"place": "day or session, told as such", "changed_at": "of the row", "device": "told with the mark"},
    "CheckInMark": {"key": "against sending twice", "received_at": "when a phone found its way to the server"},
    "Certificate": {"number": "told with the year"},
    "SeatedSession": {"release": "what the choice was made from"},
    "Link": {
        "handle": "half of a key",
        "generation": "how often its key was changed",
        "object_id": "the registration itself",
        "expires_at": "links of a registration do not run out",
    },
    "TimedLetter": {},
    "ChosenSession": {},
    "WordingSeen": {},
    "ChangeRequest": {},
}


@pytest.fixture
def lived() -> Registration:
    """Zümrüt has done all that one can do; each relation has a row."""
    event: Event = taking()
    SessionFactory(event=event, confirmed=True)
    places = SessionPlacesFactory(session__event=event)
    plain, sealed, file = (
        QuestionFactory(event=event, **kind)
        for kind in ({"kind": "text"}, {"kind": "text", "sensitive": True}, {"kind": "file"})
    )
    notice = WordingFactory(event=event)
    row = apply(
        event,
        "Zümrüt Işık",
        email=EMAIL,
        organisation="Işıklar",
        filled=Filled(answers={plain: "vegan", sealed: "U 4711"}, shown=[notice], agreed=[notice.key]),
    )
    answer = Answer.objects.create(registration=row, question=file, plain={"file": "a1"})
    upload = Upload(name="a1", question=file, answer=answer, kind="pdf", size=1000)
    upload.tell("pasaport.pdf")
    upload.save()
    answer.plain = upload.value
    answer.save()
    ChosenSession.objects.create(registration=row, places=places, seat=True)
    SeatedSession.objects.create(registration=row, key=places.session.key, left_at=WHEN)
    asked = ChangeRequest.objects.create(
        registration=row, details={"name": ["Zümrüt", "Zümrüt Işık"]}, sessions={"was": [], "wanted": [places.pk]}
    )
    RequestedAnswer.objects.create(request=asked, question=plain, plain=["vegan", "Fisch"])
    CheckIn.objects.create(registration=row, place="2027-06-10", day=WHEN.date(), state="present", at=WHEN)
    CheckInMark.objects.create(registration=row, place="2027-06-10", state="present", at=WHEN, device="Kapı 1")
    Certificate.objects.create(registration=row, event=event, number=1, days=["2027-06-10"], minutes=180)
    TimedLetter.objects.create(registration=row, letter="reminder")
    issue_link(target=row, purpose="registration")
    return fresh(row)


def fresh(row: Registration) -> Registration:
    return Registration.objects.select_related("event__public").get(pk=row.pk)


def other(field: models.Field, value: Any) -> Any:
    """Another value that the column could have."""
    if field.choices:
        return next(code for code, _label in field.flatchoices if code != value)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return (value or 0) + 7
    if isinstance(field, models.DateTimeField):
        return (value or timezone.now()) + dt.timedelta(days=3)
    if isinstance(field, models.DateField):
        return value + dt.timedelta(days=3)
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.JSONField) and not isinstance(value, str):
        return {"was": [], "wanted": []} if field.name == "sessions" else _more(value)
    return f"x{value}"[: field.max_length]


def _more(value: Any) -> Any:
    return {"name": ["A", "B"]} if isinstance(value, dict) else ["2027-06-12", *(value or [])]


def untold(row: Registration, held: models.Model) -> Iterator[str]:
    """Columns of a row that hangs on a registration which may be another without anybody being told."""
    model = type(held)
    before = all_about(row)
    for field in model._meta.concrete_fields:
        if field.primary_key or field.is_relation or field.name in OF_THE_ROW[model.__name__]:
            continue
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = 1") if connection.vendor == "sqlite" else None
            model._default_manager.filter(pk=held.pk).update(**{field.name: other(field, getattr(held, field.name))})
            if all_about(fresh(row)) == before:
                yield f"{model.__name__}.{field.name}"
            # It belongs to the connection: no rollback takes it back, and later tests would miss what it puts off.
            cursor.execute("PRAGMA ignore_check_constraints = 0") if connection.vendor == "sqlite" else None
            transaction.set_rollback(True)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="constraints are put off by SQLite alone")
def test_every_column_of_every_relation_is_told(lived: Registration) -> None:
    """A new column or table fails here until somebody has decided whether the person is told of it."""
    rows: list[models.Model] = [lived, *lived.links.all()]
    found = [
        each for each in Registration._meta.get_fields(include_hidden=True) if each.auto_created and not each.concrete
    ]
    rows += [
        relation.related_model._default_manager.filter(**{relation.field.name: lived}).first()
        for relation in found
        if relation.related_model.__name__ not in NOT_TOLD
    ]
    rows += [*RequestedAnswer.objects.filter(request__registration=lived), *Upload.objects.all()]
    assert None not in rows
    assert {type(each).__name__ for each in rows} == OF_THE_ROW.keys()
    assert [column for each in rows for column in untold(lived, each)] == []


def test_it_has_what_was_shown_what_was_sent_and_what_happened(lived: Registration) -> None:
    data = json.loads(json.dumps(all_about(lived)))
    assert [each for each, value in data.items() if not value] == []
    assert [each["answer"] for each in data["answers"][:2]] == ["vegan", "U 4711"]
    assert data["answers"][2]["answer"]["name"] == "pasaport.pdf"
    [seen] = data["notices_and_consents"]
    assert (seen["text"], bool(seen["agreed_at"])) == (lived.wordings_seen.get().version.text, True)
    [letter] = data["letters"]
    assert (letter["to"], "{{link" in letter["text"], "Zümrüt" in letter["text"]) == (EMAIL, False, True)
    assert [each["act"] for each in data["history"]] == ["events.registration.register"]


def flat(parts: list[Part]) -> list[str]:
    return [
        text for part in parts for text in (part.title, *(word for row in part.rows for word in row), *flat(part.parts))
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "tr",
            ["Yanıtlar", "Hukuki dayanak", "pasaport.pdf (PDF, 0,1 MB)", "11 Haziran 2027, 12:00", "geldi", "evet"],
        ),
        ("en", ["Answers", "Legal basis", "pasaport.pdf (PDF, 0.1 MB)", "11 June 2027, 12:00", "present", "yes"]),
    ],
)
def test_it_is_told_in_words(lived: Registration, language: str, words: list[str]) -> None:
    with translation.override(language):
        told_words = flat(parts_of(all_about(lived, told), lived.event.time_zone))
    assert [word for word in words if word not in told_words] == []
    # Neither a key of the data nor a moment as machines write it.
    assert [word for word in told_words if "_" in word or "T0" in word] == []


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_page_shows_all_of_it_and_leads_to_the_data(lived: Registration, client: Client, language: str) -> None:
    own = enter(client, EMAIL)
    handle = own.rstrip("/").rpartition("/")[2]
    page = addresses.own_held_path(lived.event.slug, language, handle)
    assert addresses.own_held_path(lived.event.slug, "en", handle) in client.get(own).content.decode()
    answer = client.get(page)
    html = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert [word in html for word in ("U 4711", "pasaport.pdf", "Kapı 1", "../data.json")] == [True] * 4
    keys = [client.get(page.replace(addresses.HELD[language], "data.json")).json().keys() for _each in range(1)]
    assert keys == [all_about(lived).keys()]
    assert Client().get(page).status_code == 404


@pytest.mark.parametrize("language", ["tr", "en"])
def test_a_contact_reads_all_about_the_group(client: Client, language: str) -> None:
    group = confirmed_group(taking_groups(), "Işıklar", 2)
    with translation.override(language):
        words = flat(parts_of(all_about_group(group, told), group.event.time_zone))
    assert [word for word in words if "_" in word] == []
    sent = Message.objects.filter(to_address=group.email).order_by("pk")
    told_letters = all_about_group(group)["letters"]
    assert [(each["subject"], each["to"]) for each in told_letters] == list(sent.values_list("subject", "to_address"))
    assert len(told_letters) == 2


def test_a_language_that_is_asked_for_is_told_by_its_name(client: Client) -> None:
    event = taking(changes_until=timezone.now() - dt.timedelta(hours=1))
    row = verify(registration=apply(event, "Ali"))
    request_change(registration=row, answers={}, applicant=applicant("Ali", language="tr"))
    with translation.override("en"):
        words = flat(parts_of(all_about(row, told), event.time_zone))
    assert [words[words.index(each) + 1] for each in ("Was", "Wanted")] == ["English", "Turkish"]
