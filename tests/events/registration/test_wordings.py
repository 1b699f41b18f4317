"""What is kept of a consent is the text that the person read: in that language, and as it was then."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events import addresses
from events.models import Event, Registration, RegistrationSettings, Wording, WordingSeen
from events.registration import cancel, verify
from tests.events.registration.applying import apply, taking
from tests.events.registration.browsing import enter
from tests.factories import QuestionFactory, WordingFactory

pytestmark = pytest.mark.django_db


def agreed() -> list[tuple[str, str]]:
    rows = WordingSeen.objects.filter(agreed_at__isnull=False).select_related("version").order_by("pk")
    return [(row.version.language, row.version.title) for row in rows]


@pytest.fixture
def photo() -> Wording:
    wording: Wording = WordingFactory(event=taking())
    return wording


def turkish(event: Event, client: Client) -> Registration:
    """Somebody whose letters are Turkish and whose browser is let in."""
    row = verify(registration=apply(event, "Ali", language="tr"))
    client.get("/tr/")
    enter(client, row.email)
    return row


def page(row: Registration, kind: str = "own_registration") -> str:
    path: str = getattr(addresses, f"{kind}_path")(row.event.slug, "en", row.links.get(purpose="registration").handle)
    return path


def test_who_reads_it_in_english_agreed_to_the_english_text(photo: Wording, client: Client) -> None:
    row = turkish(photo.event, client)
    html = client.get(page(row)).content.decode()
    assert "Photographs of me" in html
    client.post(page(row), {"act": f"agree:{photo.key}"})
    assert agreed() == [("en", "Photographs")]


@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize(("kind", "stage"), [("change_registration", "registration"), ("details", "details")])
def test_so_does_who_changes_or_tells_details_in_time_or_later(
    kind: str, stage: str, over: bool, photo: Wording, client: Client
) -> None:
    QuestionFactory(event=photo.event, stage=stage, legal_basis="consent", consent=photo)
    row = turkish(photo.event, client)
    Registration.objects.filter(pk=row.pk).update(details_at=timezone.now())
    if over:
        yesterday = timezone.now() - dt.timedelta(days=1)
        RegistrationSettings.objects.filter(event=photo.event).update(changes_until=yesterday)
    assert client.post(page(row, kind), {"name": "Ali", f"c-{photo.key}": "on"}).status_code == 302
    assert agreed() == [("en", "Photographs")]


def test_nobody_agrees_by_a_button_to_a_text_that_came_after_the_page(photo: Wording, client: Client) -> None:
    row = turkish(photo.event, client)
    before = client.get(page(row)).content.decode()
    button = before[before.index(f"agree:{photo.key}") :].partition('"')[0]
    Wording.objects.filter(pk=photo.pk).update(text_en="Photographs of me may be sold.")
    html = client.post(page(row), {"act": button}, follow=True).content.decode()
    assert ("is another since you opened the page" in html, agreed()) == (True, [])
    button = html[html.index(f"agree:{photo.key}") :].partition('"')[0]
    client.post(page(row), {"act": button})
    assert WordingSeen.objects.get(agreed_at__isnull=False).version.text == "Photographs of me may be sold."


def test_who_has_cancelled_takes_back_what_stands_and_is_offered_nothing_more(photo: Wording, client: Client) -> None:
    other = WordingFactory(event=photo.event, title_en="Newsletter")
    row = turkish(photo.event, client)
    client.post(page(row), {"act": f"agree:{photo.key}"})
    cancel(registration=row)
    html = client.get(page(row)).content.decode()
    assert ('value="withdraw:' in html, 'value="agree:' in html, "Newsletter" in html) == (True, False, False)
    html = client.post(page(row), {"act": f"agree:{other.key}"}, follow=True).content.decode()
    assert ("This registration has ended" in html, agreed()) == (True, [("en", "Photographs")])
    client.post(page(row), {"act": f"withdraw:{WordingSeen.objects.get(agreed_at__isnull=False).pk}"})
    assert WordingSeen.objects.filter(agreed_at__isnull=False, withdrawn_at=None).count() == 0
    assert 'id="consents"' not in client.get(page(row)).content.decode()


@pytest.mark.parametrize(("kind", "stage"), [("change_registration", "registration"), ("details", "details")])
def test_nor_on_a_form(kind: str, stage: str, photo: Wording, client: Client) -> None:
    question = QuestionFactory(event=photo.event, stage=stage, legal_basis="consent", consent=photo)
    row = turkish(photo.event, client)
    typed: dict[str, Any] = {"name": "Ali", f"q-{question.key}": "both", f"c-{photo.key}": "on"}
    typed["x-read"] = _read(client.get(page(row, kind)).content.decode())
    Wording.objects.filter(pk=photo.pk).update(text_en="Photographs of me may be sold.")
    answer = client.post(page(row, kind), typed)
    html = answer.content.decode()
    assert (answer.status_code, agreed(), 'value="both"' in html) == (422, [], True)
    assert ("may be sold" in html, html.count("This text changed while you were writing")) == (True, 2)
    assert "checked" not in html[html.index(f'name="c-{photo.key}"') :].partition(">")[0]
    assert client.post(page(row, kind), {**typed, "x-read": _read(html)}).status_code == 302
    assert agreed() == [("en", "Photographs")]


def _read(html: str) -> str:
    return html[html.index('name="x-read" value="') :].split('"')[3]
