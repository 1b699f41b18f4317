"""Who in the directory a registered person is: suggested, tied, untied, brought in; and shown where the person stands."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from wagtail.models import ModelLogEntry

from events.erasure import erase_person
from events.models import Person, Registration
from events.registration.people import add_person_of, alike, link_person, unlink_person
from tests.events.registration.applying import apply, taking
from tests.factories import OrganisationFactory, PersonFactory, PositionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar() -> Any:
    return UserFactory(in_group="Registration officers")


@pytest.fixture
def at_registrar(registrar: Any) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(registrar)
    return client


def test_the_likeliest_comes_first_and_strangers_not_at_all() -> None:
    house = OrganisationFactory(name_tr="Işıklar Belediyesi")
    row = apply(taking(), "Şule Işık Örnek", email="sule@sample.example", organisation="IŞIKLAR BELEDİYESİ")
    similar = PersonFactory(name="Şule Örnek")
    same = PersonFactory(name="SULE ISIK ÖRNEK")
    here = PersonFactory(name="Şule Işık Örnek")
    PositionFactory(person=here, organisation=house)
    address = PersonFactory(name="Başka Biri", email="Sule@Sample.Example")
    PersonFactory(name="Şule Başka")
    gone = PersonFactory(name="Şule Işık Örnek")
    erase_person(person=gone)
    assert [(each.person, str(each.why)) for each in alike(row)] == [
        (address, "the same address"),
        (here, "the same name and organisation"),
        (same, "the same name"),
        (similar, "a similar name"),
    ]


def test_one_query_for_suggestions_and_one_for_positions(django_assert_num_queries: Any) -> None:
    row = apply(taking(), "Ayşe Örnek")
    for _each in range(12):
        PositionFactory(person=PersonFactory(name="Ayşe Örnek"))
    with django_assert_num_queries(3):  # people, positions, organisations
        assert len(alike(row)) == 10


def test_tying_and_untying_stand_in_the_history_and_the_version_moves(registrar: Any) -> None:
    row, person = apply(taking()), PersonFactory(name="Ayşe Örnek")
    link_person(registration=row, person=person, by=registrar)
    unlink_person(registration=row, by=registrar)
    unlink_person(registration=row, by=registrar)
    row.refresh_from_db()
    assert (row.person, row.version) == (None, 3)
    acts = ModelLogEntry.objects.for_instance(row).filter(user=registrar).order_by("pk")
    assert [entry.action for entry in acts] == ["events.registration.link", "events.registration.unlink"]


def test_whoever_registered_is_brought_into_the_directory_once(registrar: Any) -> None:
    house = OrganisationFactory(name_tr="Işıklar Belediyesi")
    row = apply(
        taking(),
        "Jean-Luc Ørsted",
        organisation="Işıklar Belediyesi",
        role="Meclis Üyesi",
        language="tr",
        phone="+90 77",
    )
    add_person_of(registration=row, by=registrar)
    add_person_of(registration=row, by=registrar)
    person = Person.objects.get()
    position = person.positions.get()
    assert (person.name, person.family_name, person.email, person.phone, person.language) == (
        "Jean-Luc Ørsted",
        "Ørsted",
        row.email,
        "+90 77",
        "tr",
    )
    assert (position.organisation, position.title_tr, position.title_en) == (house, "Meclis Üyesi", "")
    assert Registration.objects.get().person == person


def test_nobody_is_tied_to_somebody_erased_or_by_those_who_may_not(registrar: Any) -> None:
    row, person = apply(taking()), PersonFactory(name="Ayşe Örnek")
    with pytest.raises(PermissionDenied):
        link_person(registration=row, person=person, by=UserFactory(reader=True))
    erase_person(person=person)
    with pytest.raises(ValidationError):
        link_person(registration=row, person=person, by=registrar)
    assert Registration.objects.get().person is None


def test_the_page_suggests_finds_and_ties_and_the_person_s_own_tells(at_registrar: Client) -> None:
    event = taking()
    row = apply(event, "Ayşe Örnek")
    person = PersonFactory(name="Ayşe Örnek")
    other = PersonFactory(name="Çağrı Deneme")
    address = f"/admin/events/{event.pk}/registrations/{row.pk}/person/"
    shown = at_registrar.get(address, {"q": "cagri"}).content.decode()
    assert ("the same name" in shown, "Çağrı Deneme" in shown) == (True, True)
    assert "Nobody in the directory is called so." in at_registrar.get(address, {"q": "yok"}).content.decode()
    assert at_registrar.post(address, {"act": str(other.pk)}).status_code == 302
    assert at_registrar.post(address, {"act": str(person.pk)}).status_code == 302
    assert at_registrar.post(address, {"act": "987654321"}).status_code == 404
    assert at_registrar.post(address, {"act": "9" * 40}).status_code == 302
    assert Registration.objects.get().person == person
    page = at_registrar.get(f"/admin/people/{person.pk}/registrations/").content.decode()
    assert (str(event) in page, f"/registrations/{row.pk}/" in page, "the same address" in page) == (True, True, False)
    assert str(person) in at_registrar.get(f"/admin/events/{event.pk}/registrations/{row.pk}/").content.decode()
    assert at_registrar.post(address, {"act": "unlink"}).status_code == 302
    assert "No registration is tied" in at_registrar.get(f"/admin/people/{person.pk}/registrations/").content.decode()


def test_a_registration_of_another_event_is_not_found(at_registrar: Client) -> None:
    row, elsewhere = apply(taking()), taking()
    for path in ("person/", "erase/", "data.json"):
        address = f"/admin/events/{elsewhere.pk}/registrations/{row.pk}/{path}"
        assert (at_registrar.get(address).status_code, at_registrar.head(address).status_code) == (404, 404)
        assert at_registrar.post(address, {"act": "add", "name": row.name}).status_code in {404, 405}
    assert (Person.objects.count(), Registration.objects.get().erased_at) == (0, None)
