"""Whatever lists names does so by the Turkish alphabet, on both databases, and finds them as they are typed there."""

import re
from html import unescape
from string import ascii_uppercase

import pytest
from django.test import Client
from django.utils import translation

from cms.models import (
    OrganisationIndexPage,
    PeopleIndexPage,
    PracticeIndexPage,
    PracticePage,
    SectionIndexPage,
    ShownPerson,
    StandardPage,
    Theme,
)
from events.models import Organisation
from events.release import release_programme
from tests.cms.factories import rendered
from tests.cms.pages import published
from tests.factories import (
    DialogueProgrammeFactory,
    EventFactory,
    EventOrganisationFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
#: As somebody reads them out who learnt the alphabet in Türkiye: neither C, I, O before Ç, İ, Ö mixed, nor Ş behind Z.
NAMES = [
    "Cida",
    "Çada",
    "Gada",
    "Ğada",
    "Hada",
    "Iada",
    "İada",
    "Jada",
    "Oda",
    "Öda",
    "Sada",
    "Şada",
    "Tada",
    "Uda",
    "Üda",
    "Zada",
]
#: In the order in which no database happens to keep them.
MIXED = [*NAMES[1::2], *reversed(NAMES[::2])]


def told(html: str) -> list[str]:
    """The names in the order in which they stand, each once."""
    return list(dict.fromkeys(re.findall("|".join(NAMES), unescape(html))))


@pytest.fixture
def house() -> dict[str, Organisation]:
    """A member of each name."""
    found = {name: OrganisationFactory(name_tr=name, name_en=name) for name in MIXED}
    for each in found.values():
        MembershipFactory(organisation=each)
    return found


def test_members_on_their_page_and_in_a_block(client: Client, house: dict[str, Organisation]) -> None:
    published(OrganisationIndexPage(title="Üyeler", slug="uyeler"))
    main = client.get("/tr/uyeler/").content.decode()
    assert told(main) == NAMES
    for shown in ("map", "list"):
        assert told(rendered("members", {"title": "", "show": shown, "on": None})) == NAMES


def test_people(client: Client) -> None:
    published(PeopleIndexPage(title="Kişiler", slug="kisiler"))
    for name in MIXED:
        ShownPerson.objects.create(person=PersonFactory(name=f"Ayşe {name}", family_name=name), ground="office")
    assert told(client.get("/tr/kisiler/").content.decode()) == NAMES


def test_pages_of_a_section_by_title(client: Client) -> None:
    section = published(SectionIndexPage(title="Bölüm", slug="bolum", order=SectionIndexPage.Order.TITLE))
    for name in MIXED:
        published(StandardPage(title=name), section)
    assert told(client.get("/tr/bolum/").content.decode()) == NAMES


def test_what_filters_offer(client: Client, house: dict[str, Organisation]) -> None:
    event = EventFactory()
    for each in house.values():
        EventOrganisationFactory(event=event, organisation=each)
    release_programme(event=event)
    index = published(PracticeIndexPage(title="Uygulamalar", slug="uygulamalar"))
    for name in MIXED:
        page = PracticePage(
            title="Uygulama", organisation=OrganisationFactory(name_tr="Belediye"), year=2025,
            theme=Theme.objects.create(name_tr=name), problem="<p>a</p>", action="<p>b</p>", result="<p>c</p>",
        )  # fmt: skip
        published(page, index)
    for path, name in (("/tr/etkinlikler/", "organisation"), ("/tr/uygulamalar/", "theme")):
        html = client.get(path).content.decode()
        assert told(html.partition(f'name="{name}"')[2].partition("</select>")[0]) == NAMES


def test_partners_of_a_dialogue_programme(client: Client, house: dict[str, Organisation]) -> None:
    series = DialogueProgrammeFactory(slug="kentler")
    series.partners.set(house.values())
    release_programme(event=EventFactory(dialogue_programme=series))
    assert told(client.get("/tr/programlar/kentler/").content.decode()) == NAMES


#: As somebody reads them out who learnt the alphabet elsewhere: by the letters below the marks.
ENGLISH = ["Adalar", "Cida", "Çima", "Cora", "Iada", "Ida", "İdil", "Şile", "Soma", "Zara"]


def headings(html: str) -> list[tuple[str, str]]:
    """Each name of an English list with the letter it stands under."""
    found, letter = [], ""
    for heading, name in re.findall(
        r'id="letter-([0-9a-f]+)"|(' + "|".join(ENGLISH) + ") Municipality", unescape(html)
    ):
        letter = chr(int(heading, 16)) if heading else letter
        found += [(letter, name)] if name else []
    return list(dict.fromkeys(found))


def test_english_lists_go_by_the_english_name_and_alphabet(client: Client) -> None:
    """In Turkish they begin with other letters."""
    for number, name in enumerate(reversed(ENGLISH)):
        house = OrganisationFactory(name_tr=f"{'ABÇ'[number % 3]} {name} Belediyesi", name_en=f"{name} Municipality")
        MembershipFactory(organisation=house)
    published(OrganisationIndexPage(title="Members", slug="members"), language="en")
    answer = client.get("/en/members/")
    under = ["A", "C", "C", "C", "I", "I", "I", "S", "S", "Z"]
    assert headings(answer.content.decode()) == list(zip(under, ENGLISH, strict=True))
    assert [each.letter for each in answer.context["letters"]] == list(ascii_uppercase)
    with translation.override("en"):
        block = rendered("members", {"title": "", "show": "list", "on": None})
    assert list(dict.fromkeys(re.findall("|".join(ENGLISH), unescape(block)))) == ENGLISH


@pytest.mark.parametrize(
    "typed",
    ["çalıştay", "ÇALIŞTAY", "Çalıştay", "calistay", "CALISTAY", "çaliştay", "ÇALİŞTAY", "calıstay", "çalışt", "CALIS"],
)
def test_every_spelling_of_a_word_and_its_beginning_finds_it_in_every_search(client: Client, typed: str) -> None:
    published(StandardPage(title="Yaz Çalıştayı", slug="yaz"))
    published(OrganisationIndexPage(title="Üyeler", slug="uyeler", shown="all"))
    OrganisationFactory(name_tr="Çalıştayevi")
    published(PeopleIndexPage(title="Kişiler", slug="kisiler"))
    ShownPerson.objects.create(person=PersonFactory(name="Ayşe Çalıştaylı"), ground="office")
    release_programme(event=EventFactory(slug="kis", title_tr="Kış Çalıştayı"))
    found = {
        path: client.get(path, {"q": typed}).content.decode()
        for path in ("/tr/ara/", "/tr/uyeler/", "/tr/kisiler/", "/tr/etkinlikler/")
    }
    assert [part in found["/tr/ara/"] for part in ('href="/tr/yaz/"', 'href="/tr/etkinlikler/kis/"')] == [True, True]
    assert ("Çalıştayevi" in found["/tr/uyeler/"], "Çalıştaylı" in found["/tr/kisiler/"]) == (True, True)
    assert "Kış Çalıştayı" in found["/tr/etkinlikler/"]
