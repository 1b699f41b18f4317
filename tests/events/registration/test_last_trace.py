"""A registered person is erased to the last trace: no table, file, letter, index, cache or log line names them.

It looks at every column of every table, whatever is added later, and comes in by the doors that people use.
"""

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as django_settings
from django.core import mail as outbox
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from cms.logs import MaskingFormatter, mask
from events import addresses, mail
from events.models import (
    Answer,
    ChangeRequest,
    CheckInMark,
    ErasureRecord,
    Job,
    Link,
    Message,
    Paper,
    Person,
    Registration,
    RegistrationSettings,
    Upload,
    WordingSeen,
)
from events.periodic import run_due_jobs
from events.registration.answering import write_answers
from events.registration.attending import check_in
from events.registration.group_letters import write_to_group
from events.registration.keeping import reapply_erasures
from events.registration.papers import ask_for_paper
from events.registration.requesting import request_change
from events.registration.uploading import keep_draft, own_draft
from events.turkish import fold, sort_key
from tests.events.haystack import files_holding, holds, tables_holding
from tests.events.registration.applying import taking
from tests.events.registration.browsing import enter, fill_in, key_sent
from tests.events.registration.files import paper, stored
from tests.factories import PersonFactory, QuestionFactory, UserFactory, WordingFactory

NAME, EMAIL, PASSPORT = "Zümrüt Kanaryakuşu", "zumrut.kanaryakusu@sample.example", "U 12345678"
PHONE, ROLE, OFFICE, FREE = (
    "+90 000 770 77 70",
    "Kanarya Yuvası Sorumlusu",
    "Kanaryakent Belediyesi",
    "Kanaryaya fıstık verilmesin",
)
WORDS = [NAME, EMAIL, PASSPORT, PHONE, ROLE, OFFICE, FREE, fold(NAME), sort_key(NAME), "Kanaryakuşu", "kanaryakusu"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Every line that is logged with LOG_LEVEL=DEBUG, as it would stand on standard error."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(MaskingFormatter())
    found: list[str] = []
    root = logging.getLogger()
    before = root.level
    # As the operator may set it; what Django itself says stays at INFO (settings), for its DEBUG tells whole contexts.
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield found
    found += stream.getvalue().splitlines()
    root.removeHandler(handler)
    root.setLevel(before)
    assert [line for line in found if holds(line, WORDS)] == []


@pytest.fixture
def lived(settings: Any, tmp_path: Path, lines: list[str]) -> tuple[Registration, Client]:
    """Zümrüt registers, confirms, changes, asks for the link; letters go out; an officer opens, exports and searches."""
    settings.MEDIA_ROOT, settings.ERASURE_LEDGER = str(tmp_path / "media"), str(tmp_path / "ledger")
    event = taking(capacity=1)
    passport = QuestionFactory(event=event, sensitive=True, label_en="Passport")
    wish = QuestionFactory(event=event, kind="long_text", label_en="Wishes")
    photo = WordingFactory(event=event)
    client = Client(headers={"accept-language": "en"})
    typed = {
        "name": NAME,
        "email": EMAIL,
        "phone": PHONE,
        "role": ROLE,
        "organisation": OFFICE,
        f"q-{passport.key}": PASSPORT,
        f"q-{wish.key}": FREE,
        f"c-{photo.key}": "on",
    }
    assert fill_in(client, event, **typed).status_code == 302
    send_all()
    own = enter(client, EMAIL)
    assert client.post(own, {"act": "verify"}).status_code == 302
    send_all()
    assert client.get(f"{own}data.json").json()["person"]["name"] == NAME
    assert client.post(addresses.lost_link_path(event.slug, "en"), {"email": EMAIL}).status_code == 302
    run_due_jobs()
    row = Registration.objects.get()
    officer = Client(headers={"accept-language": "en"})
    officer.force_login(UserFactory(admin=True))
    base = f"/admin/events/{event.pk}/registrations/"
    assert PASSPORT in officer.post(f"{base}{row.pk}/", {"act": "open"}).content.decode()
    assert officer.get(f"{base}export/xlsx/").status_code == 200
    assert NAME in officer.get(f"{base}?q=kanaryakusu").content.decode()
    assert officer.post(f"{base}{row.pk}/person/", {"act": "add"}).status_code == 302
    assert client.get(own).status_code == 200
    return Registration.objects.get(), officer


def send_all() -> None:
    for pk in Message.objects.exclude(state="sent").values_list("pk", flat=True):
        mail.send_message(pk)


def everywhere() -> set[str]:
    """Where one of the words stands: tables, media, ledger, what a cache of this process or Redis keeps."""
    found = tables_holding(WORDS) | files_holding(WORDS)
    kept = getattr(cache, "_cache", None)
    if isinstance(kept, dict):
        found |= {f"cache {key}" for key, value in kept.items() if holds(key, WORDS) or holds(value, WORDS)}
    elif django_settings.REDIS_URL:
        redis = cache._cache.get_client(None)
        for key in redis.scan_iter():
            value = redis.get(key) if redis.type(key) == b"string" else b""
            found |= {f"redis {key!r}"} if holds(key, WORDS) or holds(value or b"", WORDS) else set()
    return found


def by_page(row: Registration, officer: Client) -> None:
    """By the administrator, on the person's page."""
    assert officer.post(f"/admin/people/{row.person_id}/erase/", {"name": NAME}).status_code == 302


def by_key(row: Registration, officer: Client) -> None:
    """By the command, with the key of the directory."""
    person = row.person
    assert person is not None
    call_command("erase_person", person.key, stdout=io.StringIO())


def by_address(row: Registration, officer: Client) -> None:
    """By the command, with the address."""
    call_command("erase_person", EMAIL.upper(), stdout=io.StringIO())


@pytest.mark.parametrize("erase", [by_page, by_key, by_address])
def test_no_trace_is_left(
    erase: Callable[[Registration, Client], None], lived: tuple[Registration, Client], lines: list[str]
) -> None:
    row, officer = lived
    before = everywhere()
    assert before >= {
        "events_registration.name",
        "events_registration.email",
        "events_registration.phone",
        "events_registration.role",
        "events_registration.person_key",
        "events_person.name",
        "events_answer.plain",
        "events_message.body_text",
        "events_message.to_address",
    }
    # The dump looked at every table that any app has, not at a list that somebody keeps.
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    assert {model._meta.db_table for model in apps.get_models(include_auto_created=True)} <= tables
    erase(row, officer)
    assert everywhere() == set()
    assert (Registration.objects.get().state, Answer.objects.count()) == ("cancelled", 0)
    assert [entry for entry in outbox.outbox if NAME not in entry.body] == []


def comes(row: Registration, officer: Client) -> None:
    """Zümrüt sends a scan, asks for a change, comes; officers write to all, look at a letter and print a badge."""
    event, figen = row.event, UserFactory(admin=True)
    scan = QuestionFactory(event=event, kind="file", sensitive=True)
    wish = event.questions.get(label_en="Wishes")
    with transaction.atomic():
        write_answers(row, {scan: keep_draft(question=scan, draft="form", data=paper(), called=f"{NAME}.pdf").value})
    keep_draft(question=scan, draft=own_draft(row, "open"), data=paper(), called=f"{NAME} 2.pdf")
    with time_machine.travel(f"{event.starts_on}T09:00:00+03:00"):
        check_in(registration=row, place=event.starts_on.isoformat(), device="Kapı 1")
    RegistrationSettings.objects.update(changes_until=timezone.now() - timedelta(hours=1))
    request_change(registration=row, answers={wish: f"{FREE}, fındık da"})
    texts = {"subject_tr": "Otobüs", "text_tr": "Sayın {ad}", "subject_en": "The bus", "text_en": "Dear {name}"}
    people = list(Registration.objects.filter(event=event).values_list("pk", flat=True))
    write_to_group(event=event, once="x" * 20, recipients=people, texts=texts, told={"who": "all"}, by=figen)
    ask_for_paper(event=event, kind="badges", rows=[row.pk], options={"form": "pages", "language": "en"}, by=figen)
    run_due_jobs()
    send_all()


def test_no_trace_is_left_of_files_requests_papers_and_letters_to_many(
    lived: tuple[Registration, Client], lines: list[str]
) -> None:
    """All that an event adds to a registration; what is sealed is looked for by its row, for no search would find it."""
    row, officer = lived
    others = set(stored())
    comes(row, officer)
    assert not Job.objects.exclude(error="").exists()
    assert everywhere() >= {"events_paper.body", "events_requestedanswer.plain", "events_message.body_text"}
    assert (len(set(stored()) - others), Upload.objects.count()) == (2, 2)
    by_page(row, officer)
    assert everywhere() == set()
    assert set(stored()) - others == set()
    kept = (Upload, Paper, ChangeRequest, CheckInMark, WordingSeen, Link)
    assert [model.objects.count() for model in kept] == [0] * 6
    assert [payload for payload in Job.objects.values_list("payload", flat=True) if EMAIL in json.dumps(payload)] == []


def test_no_address_tells_who_it_is(lived: tuple[Registration, Client], client: Client) -> None:
    """Neither a key nor a name goes on to another site or into another page's address."""
    key = key_sent(EMAIL)
    first = client.get(key)
    own = first["Location"]
    assert (first["Referrer-Policy"], holds(own, [*WORDS, key.rstrip("/").rpartition("/")[2]])) == (
        "same-origin",
        False,
    )
    html = client.get(own).content.decode()
    paths = {unquote(path) for path in re.findall(r'(?:href|action|src)="([^"]+)"', html)}
    assert (len(paths) > 10, [path for path in paths if holds(path, WORDS)]) == (True, [])
    assert mask(f"GET {key} 302") == "GET " + re.sub(r"[a-z0-9]{10}-[a-z2-7]{26}", "***", key) + " 302"


def test_a_sensitive_answer_never_stood_in_the_open_at_all(lived: tuple[Registration, Client]) -> None:
    assert (tables_holding([PASSPORT]), files_holding([PASSPORT])) == (set(), set())


def test_an_officer_erases_a_registration_whose_person_is_in_no_directory(lived: tuple[Registration, Client]) -> None:
    row, officer = lived
    base = f"/admin/events/{row.event_id}/registrations/{row.pk}/"
    assert officer.post(f"{base}person/", {"act": "unlink"}).status_code == 302
    Person.objects.all().delete()
    assert officer.post(f"{base}erase/", {"name": "Yanlış"}).status_code == 200
    assert Registration.objects.get().name == NAME
    assert officer.get(f"{base}erase/").status_code == 200
    assert officer.post(f"{base}erase/", {"name": NAME}).status_code == 302
    assert everywhere() == {"wagtailcore_modellogentry.label"} - set_of_directory()
    assert [officer.get(f"{base}{path}").status_code for path in ("person/", "erase/", "data.json")] == [404] * 3


def set_of_directory() -> set[str]:
    """The history of a person who was deleted, not erased, keeps the label: deleting is not erasing."""
    return set() if tables_holding([NAME]) else {"wagtailcore_modellogentry.label"}


def test_a_restored_backup_is_cleaned_of_registrations_too(lived: tuple[Registration, Client]) -> None:
    row, officer = lived
    officer.post(f"/admin/events/{row.event_id}/registrations/{row.pk}/person/", {"act": "unlink"})
    Person.objects.all().delete()
    backup = {field.attname: getattr(row, field.attname) for field in Registration._meta.concrete_fields}
    officer.post(f"/admin/events/{row.event_id}/registrations/{row.pk}/erase/", {"name": NAME})
    # The backup brings the row back, and has no record of the erasure; the file beside it has.
    ErasureRecord.objects.all().delete()
    Registration.objects.filter(pk=row.pk).update(
        **{**backup, "person_id": None, "waiting_number": None, "state": "cancelled", "seat": False, "held_until": None}
    )
    assert tables_holding([EMAIL]) >= {"events_registration.email"}
    told = io.StringIO()
    call_command("reapply_erasures", stdout=told)
    assert (told.getvalue(), reapply_erasures()) == ("erased=1\n", 0)
    assert tables_holding([EMAIL, PHONE]) == set()


def test_all_that_is_held_is_handed_over_by_page_and_command(lived: tuple[Registration, Client]) -> None:
    row, officer = lived
    person = row.person
    assert person is not None
    of_person = officer.get(f"/admin/people/{person.pk}/data.json").json()
    of_registration = officer.get(f"/admin/events/{row.event_id}/registrations/{row.pk}/data.json").json()
    # That the second file was taken stands in its own history.
    assert of_registration["history"].pop()["act"] == "events.registration.export_held"
    assert of_person["registrations"] == [of_registration]
    assert (of_person["person"]["name"], of_person["person"]["email"]) == (NAME, EMAIL)
    answers = {each["question"]: each["answer"] for each in of_registration["answers"]}
    assert (answers["Passport"], answers["Wishes"]) == (PASSPORT, FREE)
    assert {each["state"] for each in of_registration["letters"]} == {"sent", "queued"}
    for who in (person.key, EMAIL):
        told = io.StringIO()
        call_command("export_person", who, stdout=told)
        found = json.loads(told.getvalue())
        assert [each["person"]["name"] for each in found["people"]] == [NAME]
        assert len(found["people"][0]["registrations"]) == 1
    with pytest.raises(CommandError):
        call_command("export_person", "nobody@sample.example")


def test_whoever_shares_the_address_but_is_tied_to_another_person_stays(lived: tuple[Registration, Client]) -> None:
    row, _officer = lived
    other = PersonFactory(name="Bora Taslak")
    tied = Registration.objects.create(
        event=row.event, person=other, person_key="~bora", name="Bora Taslak", email=EMAIL, state="cancelled"
    )
    call_command("erase_person", row.person.key, stdout=io.StringIO())  # type: ignore[union-attr]
    tied.refresh_from_db()
    assert (tied.name, tied.erased_at) == ("Bora Taslak", None)


def test_the_key_in_the_letter_opens_nothing_any_more(lived: tuple[Registration, Client]) -> None:
    row, officer = lived
    path = key_sent(EMAIL)
    by_page(row, officer)
    assert Client().get(path).status_code == 404
