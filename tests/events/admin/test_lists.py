"""Lists: search that knows Turkish, filters, export, and as many queries for three rows as for one."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from events.models import Job, Message
from events.release import release_programme
from tests.factories import (
    ContributionFactory,
    DialogueProgrammeFactory,
    EventFactory,
    FundingFactory,
    JobFactory,
    MembershipFactory,
    MessageFactory,
    OfficeFactory,
    OrganisationFactory,
    PartnershipFactory,
    PersonFactory,
    PopulationFactory,
    PositionFactory,
    RoomFactory,
    SessionFactory,
    UploadFactory,
    UserFactory,
    VenueFactory,
)


def released_event() -> None:
    session = SessionFactory(confirmed=True)
    ContributionFactory(session=session)
    release_programme(event=session.event)


def partnership() -> None:
    PartnershipFactory(parties=[OrganisationFactory(), OrganisationFactory()])


def several_jobs() -> None:
    """Papers that are printed, and a file that was tried: each kind is asked once, however many there are."""
    released_event()
    upload = UploadFactory()
    payload = {"upload": upload.pk, "event": upload.event_id}
    JobFactory(kind="try_import", payload=payload, owner=UserFactory(), state="done")


#: For each list: how one more row comes to be, and how many queries the list takes however many there are.
LISTS: dict[str, tuple[Any, int]] = {
    "event": (released_event, 13),
    "session": (released_event, 13),
    "dialogueprogramme": (DialogueProgrammeFactory, 12),
    "funding": (FundingFactory, 13),
    "person": (PositionFactory, 14),
    "organisation": (OrganisationFactory, 12),
    "venue": (RoomFactory, 13),
    "partnership": (partnership, 14),
    "membership": (MembershipFactory, 12),
    "population": (PopulationFactory, 12),
    "position": (PositionFactory, 13),
    "office": (OfficeFactory, 12),
    "message": (MessageFactory, 12),
    "job": (several_jobs, 17),
}


def index(model: str) -> str:
    return reverse(f"admin_{model}:index")


def names(client: Client, model: str, **query: str) -> list[str]:
    return [str(row) for row in client.get(index(model), query).context["object_list"]]


@pytest.mark.parametrize("model", LISTS)
def test_three_rows_cost_what_one_does(
    model: str, at_officer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """The number is written down: whoever adds a query to a list decides to."""
    make, queries = LISTS[model]
    make()
    at_officer.get(index(model))
    with django_assert_num_queries(queries):
        one = at_officer.get(index(model))
    make()
    make()
    with django_assert_num_queries(queries):
        three = at_officer.get(index(model))
    assert len(three.context["object_list"]) > len(one.context["object_list"])


def test_an_events_home_costs_the_same_for_three_sessions(
    at_officer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Sessions, people, rooms, warnings: nothing is asked row by row."""
    event = EventFactory(with_sessions=1)
    ContributionFactory(session=event.sessions.get())
    home, release = (reverse(f"event_admin:{name}", args=[event.pk]) for name in ("home", "release"))
    at_officer.get(home), at_officer.get(release)
    for path, queries in ((home, 24), (release, 36)):
        with django_assert_num_queries(queries):
            at_officer.get(path)
    for number in (2, 3):
        session = SessionFactory(
            event=event, confirmed=True, room=RoomFactory(), start=f"1{number}:00", end=f"1{number}:30"
        )
        ContributionFactory(session=session)
    for path, queries in ((home, 24), (release, 36)):
        with django_assert_num_queries(queries):
            at_officer.get(path)


@pytest.mark.parametrize(
    ("make", "model", "queries"),
    [
        (lambda rows: ContributionFactory(session=rows[0].session if rows else SessionFactory()), "session", 23),
        (lambda rows: PositionFactory(person=rows[0].person if rows else PersonFactory()), "person", 18),
    ],
)
def test_a_form_with_three_people_costs_what_one_with_one_does(
    make: Any, model: str, queries: int, at_officer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Rows of an owned list read what they show together."""
    row = make([])
    path = reverse(f"admin_{model}:edit", args=[getattr(row, model).pk])
    at_officer.get(path)
    with django_assert_num_queries(queries):
        at_officer.get(path)
    make([row]), make([row])
    with django_assert_num_queries(queries):
        at_officer.get(path)


@pytest.mark.parametrize("query", ["Ilgın", "ILGIN", "ılgin", "ilgin varsayim", "VARSAYIM ılgın"])
def test_search_finds_turkish_names_however_they_are_typed(query: str, at_officer: Client) -> None:
    """Every word counts, in any order, with or without its dots."""
    PersonFactory(name="Ilgın Varsayım"), PersonFactory(name="Zeynep Çeviri")
    assert names(at_officer, "person", q=query) == ["Ilgın Varsayım"]


def test_search_in_every_list(at_officer: Client) -> None:
    """Also where the searched text stands in another table, or is not stored folded."""
    organisation = OrganisationFactory(name_tr="Şubatlı Belediyesi", name_en="Şubatlı Municipality")
    OrganisationFactory(), MembershipFactory(), PopulationFactory(), VenueFactory()
    membership, population = MembershipFactory(organisation=organisation), PopulationFactory(organisation=organisation)
    tie = PartnershipFactory(parties=[organisation])
    venue, session = VenueFactory(name_en="Şubatlı Arıtma"), SessionFactory(title_en="Şubatlı’da su")
    SessionFactory()
    found = {
        model: names(at_officer, model, q="subatli")
        for model in ("organisation", "membership", "population", "partnership", "venue", "session", "event")
    }
    assert found == {
        "organisation": [str(organisation)],
        "membership": [str(membership)],
        "population": [str(population)],
        "partnership": [str(tie)],
        "venue": [str(venue)],
        "session": [str(session)],
        "event": [],
    }


def test_filters(at_officer: Client) -> None:
    """By kind, by event, by status."""
    workshop, _conference = EventFactory(kind="workshop", title_en="Workshop"), EventFactory()
    draft = SessionFactory(event=workshop, title_en="A draft")
    SessionFactory(event=workshop, confirmed=True)
    assert names(at_officer, "event", kind="workshop") == ["Workshop"]
    assert names(at_officer, "session", event=str(workshop.pk), status="draft") == [draft.title_en]


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_list_can_be_taken_along(model: str, form: str, at_officer: Client) -> None:
    """A file with a row for each."""
    LISTS[model][0]()
    response = at_officer.get(index(model), {"export": form})
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert (response.status_code, len(body) > 20) == (200, True)


def test_a_text_table_opens_in_turkish_excel_and_has_no_formulas(at_officer: Client) -> None:
    """Byte-order mark and semicolons; what begins like a formula is kept from being one."""
    PersonFactory(name="=1+1 Şule Örnek", family_name="", phone="+90 212 000 00 00", email="sule@sample.example")
    response = at_officer.get(f"{reverse('admin_person:index')}?export=csv")
    head, row = b"".join(response.streaming_content).decode().splitlines()
    assert head.startswith("\ufeffName;Family name;")
    assert row.split(";") == ["'=1+1 Şule Örnek", "", "", "", "tr", "sule@sample.example", "'+90 212 000 00 00", ""]


def test_an_erased_person_is_in_no_list(at_officer: Client) -> None:
    """Neither in the list nor in the chooser."""
    PersonFactory(name="Ayşe Örnek"), PersonFactory(name="", erased_at="2027-01-01T00:00:00Z")
    assert names(at_officer, "person") == ["Ayşe Örnek"]
    chosen = at_officer.get(reverse("person_chooser:choose_results"), {"q": "ORNEK"}).content.decode()
    assert "Ayşe Örnek" in chosen
    assert "(erased)" not in chosen


def test_use_is_told_from_the_keys(at_officer: Client) -> None:
    """Where a person is named: positions and sessions."""
    position = PositionFactory()
    contribution = ContributionFactory(person=position.person)
    page = at_officer.get(reverse("admin_person:usage", args=[position.person.pk]))
    assert [str(use.row) for use in page.context["object_list"]] == [str(position), str(contribution)]


@pytest.mark.parametrize(("model", "make"), [(Job, JobFactory), (Message, MessageFactory)])
def test_what_failed_is_tried_again(model: Any, make: Any, at_officer: Client) -> None:
    """Queued once more with all attempts; what has not failed is left alone."""
    row = make(state="failed", attempts=6, error="no room")
    path = reverse(f"admin_{model._meta.model_name}:retry", args=[row.pk])
    assert "no room" in at_officer.get(path).content.decode()
    at_officer.post(path)
    row.refresh_from_db()
    assert (row.state, row.attempts, row.error) == ("queued", 0, "")
    model.objects.filter(pk=row.pk).update(state="sent" if model is Message else "done")
    at_officer.post(path)
    row.refresh_from_db()
    assert row.state in {"sent", "done"}


def test_a_row_found_by_several_of_its_own_is_listed_once(at_officer: Client) -> None:
    """Two positions, two memberships, two parties: one person, one organisation, one partnership."""
    mayor = PersonFactory(name="Ilgın Varsayım")
    house = OrganisationFactory(name_tr="Şubatlı Belediyesi", name_en="Şubatlı Municipality")
    PositionFactory(person=mayor, organisation=house), PositionFactory(person=mayor, organisation=house)
    MembershipFactory(organisation=house, founding=True), MembershipFactory(organisation=house, founding=True)
    tie = PartnershipFactory(parties=[house, OrganisationFactory(name_tr="Şubatlı Kalkınma Birliği")])
    assert names(at_officer, "person", q="subatli") == [str(mayor)]
    assert names(at_officer, "person", positions__organisation__kind="municipality") == [str(mayor)]
    assert names(at_officer, "organisation", memberships__founding="true") == [str(house)]
    assert names(at_officer, "partnership", q="subatli") == [str(tie)]


def test_the_frame_around_a_list_is_turkish_where_wagtail_has_no_words(at_officer: Client) -> None:
    released_event()
    page = at_officer.get(reverse("admin_session:index"), headers={"accept-language": "tr"}).content.decode()
    for words in ("Klavye kısayollarını göster", "Filtreleri göster", "sütununa göre artan sırala"):
        assert words in page
    for words in ("Text editing", "Toggle breadcrumbs", "Show filters", "ascending order", "Keyboard shortcuts"):
        assert words not in page


def test_forms_and_titles_speak_of_web_addresses_and_of_our_product(at_officer: Client) -> None:
    """Beside a venue "address" alone would be a street; and nobody here has heard of what the admin is made of."""
    for name in ("admin_event:add", "admin_dialogueprogramme:add"):
        page = at_officer.get(reverse(name), headers={"accept-language": "tr"}).content.decode()
        assert "Web adresi" in page
        assert "- Köprü</title>" in page
    login = Client().get(reverse("wagtailadmin_login")).content.decode()
    assert "- Köprü</title>" in login


def test_letters_are_listed_without_the_names_that_programs_give_them(at_officer: Client) -> None:
    MessageFactory()
    table = at_officer.get(reverse("admin_message:index")).context["table"]
    assert {"subject", "to_address", "state"} <= set(table.columns)
    assert "letter" not in table.columns
