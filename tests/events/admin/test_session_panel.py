"""The session beside the grid without script: what its form shows, saves, refuses and tells apart."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from events.models import Person, Position, ProgrammeAct, Session
from tests.events.admin.conftest import Enter
from tests.factories import (
    DAY,
    ContributionFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
    PositionFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
)

JSON = {"accept": "application/json"}


def at(session: Session, name: str = "session") -> str:
    return reverse(f"event_admin:{name}", args=[session.event_id, session.pk])


def shown(client: Client, session: Session) -> dict[str, Any]:
    """What a browser would post from the page as it was opened."""
    form = client.get(at(session)).context["form"]
    found: dict[str, Any] = {}
    for bound in form:
        value = bound.field.widget.format_value(bound.value())
        found[bound.html_name] = "" if value is None else value
    for row in [form.people.management_form, *form.people]:
        for bound in row:
            value = bound.value()
            found[bound.html_name] = "" if value is None or value is False else value
    return found


def stored(session: Session) -> Session:
    return Session.objects.get(pk=session.pk)


def people(session: Session) -> list[tuple[str, str, str, str]]:
    rows = stored(session).contributions.select_related("person")
    return [(row.person.name, row.role, row.shown_tr, row.shown_en) for row in rows]


def test_what_is_posted_as_it_was_shown_changes_nothing(at_officer: Client) -> None:
    """Not even where the row holds everything a row can hold."""
    session = SessionFactory(
        room=RoomFactory(),
        languages=["tr", "en"],
        capacity=40,
        end_day=DAY,
        abstract_tr="Bir\nİki",
        host_notes="Ön sıra",
    )
    session.track = TrackFactory(event=session.event)
    session.save()
    session.parties.set([PartyFactory(event=session.event)])
    ContributionFactory.create_batch(2, session=session)
    before = Session.objects.filter(pk=session.pk).values().get()
    assert at_officer.post(at(session), shown(at_officer, session)).status_code == 302
    assert Session.objects.filter(pk=session.pk).values().get() == before
    assert (ProgrammeAct.objects.count(), ModelLogEntry.objects.count()) == (0, 0)


@pytest.fixture
def whole(at_officer: Client) -> tuple[Session, dict[str, Any]]:
    """A session with two people, and every field of its form typed anew."""
    session = SessionFactory(title_en="Opening")
    for role, name in (("chair", "Ayşe Örnek"), ("speaker", "Can Misal")):
        ContributionFactory(session=session, role=role, person__name=name)
    typed = {
        "title_en": "Grand opening",
        "abstract_tr": "Bir\r\nİki",
        "kind": "plenary",
        "status": "confirmed",
        "audience": "staff",
        "start": "0930",
        "end": "11.15",
        "room": RoomFactory().pk,
        "track": TrackFactory(event=session.event).pk,
        "languages": ["tr", "en"],
        "interpretation": "simultaneous",
        "capacity": "80",
        "host_notes": "Ön sıra boş kalsın",
        "parties": [PartyFactory(event=session.event).pk],
        "people-0-ORDER": "2",
        "people-1-ORDER": "1",
        "people-1-role": "moderator",
    }
    return session, shown(at_officer, session) | typed


def facts(session: Session) -> dict[str, Any]:
    """All that the form can change, as it is stored."""
    row = stored(session)
    names = (
        "title_en",
        "abstract_tr",
        "kind",
        "status",
        "audience",
        "languages",
        "interpretation",
        "capacity",
        "host_notes",
    )
    told = {name: getattr(row, name) for name in names}
    told |= {"from": f"{row.start:%H:%M}", "to": f"{row.end:%H:%M}", "room": row.room_id, "track": row.track_id}
    return told | {"parties": [each.pk for each in row.parties.all()], "people": [each[:2] for each in people(session)]}


Whole = tuple[Session, dict[str, Any]]


def test_everything_is_saved_in_one_act(whole: Whole, at_officer: Client, officer: Any) -> None:
    """Texts, facts, place, lists and people: one save, told in one sentence."""
    session, typed = whole
    response = at_officer.post(at(session), typed, follow=True)
    assert response.redirect_chain == [(reverse("event_admin:programme", args=[session.event_id]) + f"?day={DAY}", 302)]
    assert [str(each).strip() for each in response.context["messages"]] == ["Saved: “Grand opening” (15 fields)."]
    same = (
        "title_en",
        "kind",
        "status",
        "audience",
        "languages",
        "interpretation",
        "host_notes",
        "room",
        "track",
        "parties",
    )
    assert facts(session) == {name: typed[name] for name in same} | {
        "abstract_tr": "Bir\nİki",
        "from": "09:30",
        "to": "11:15",
        "capacity": 80,
        "people": [("Can Misal", "moderator"), ("Ayşe Örnek", "chair")],
    }
    assert stored(session).version == 2
    assert [(entry.action, entry.user) for entry in ModelLogEntry.objects.all()] == [("wagtail.edit", officer)]


def test_all_of_a_save_is_undone_and_done_again(whole: Whole, at_officer: Client) -> None:
    session, typed = whole
    before = facts(session)
    at_officer.post(at(session), typed)
    after = facts(session)
    at_officer.post(reverse("event_admin:undo", args=[session.event_id]))
    assert (facts(session), stored(session).version) == (before, 3)
    at_officer.post(reverse("event_admin:redo", args=[session.event_id]))
    assert (facts(session), stored(session).version) == (after, 4)


def test_a_stale_save_shows_both_and_saves_what_is_chosen(
    at_officer: Client, second_officer: Any, enter: Enter
) -> None:
    """Field by field: what was typed is proposed where it was typed, what is stored everywhere else; nothing is lost."""
    session = SessionFactory(title_tr="Açılış", title_en="Opening", capacity=40)
    ContributionFactory(session=session, person=PersonFactory(name="Ayşe Örnek"))
    mine, theirs = shown(at_officer, session), enter(second_officer)
    typed = shown(theirs, session) | {"title_tr": "Büyük açılış", "capacity": "50", "people-1-name": "Can Taslak"}
    theirs.post(at(session), typed)
    mine |= {"title_tr": "Açılış töreni", "host_notes": "Çiçek"}
    response = at_officer.post(at(session), mine)
    assert response.status_code == 409
    assert [(each.name, each.theirs, each.yours, each.mine) for each in response.context["choices"]] == [
        ("title_tr", "Büyük açılış", "Açılış töreni", True),
        ("capacity", "50", "40", False),
        ("host_notes", "–", "Çiçek", True),
        ("people", "Ayşe Örnek (speaker), Can Taslak (speaker)", "Ayşe Örnek (speaker)", False),
    ]
    assert (stored(session).title_tr, stored(session).version) == ("Büyük açılış", 2)
    told = at_officer.post(at(session), mine, headers=JSON)
    body = told.json()
    assert (told.status_code, body["version"], body["stored"]["version"]) == (409, 2, 2)
    assert body["errors"] == {
        "": [
            "Somebody else saved this session in the meantime, so nothing was saved. Choose for each field which "
            "version is to stand."
        ]
    }
    keep = {"keep-title_tr": "yours", "keep-capacity": "yours", "keep-host_notes": "yours", "keep-people": "theirs"}
    assert response.context["form"]["version"].value() == "2"
    assert at_officer.post(at(session), mine | keep | {"version": "2"}).status_code == 302
    row = stored(session)
    assert (row.title_tr, row.title_en, row.capacity, row.host_notes, row.version) == (
        "Açılış töreni",
        "Opening",
        40,
        "Çiçek",
        3,
    )
    assert [each[0] for each in people(session)] == ["Ayşe Örnek", "Can Taslak"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title_tr": "", "title_en": " "}, "title_tr"),
        ({"title_tr": "x" * 301}, "title_tr"),
        ({"start": "12:00", "end": "11:00"}, "end"),
        ({"start": "half past"}, "start"),
        ({"day": "9999-12-31"}, "day"),
        ({"kind": "circus"}, "kind"),
        ({"room": "x"}, "room"),
        ({"venue": "9" * 30}, "venue"),
        ({"capacity": "1.000"}, "capacity"),
        ({"capacity": "9" * 12}, "capacity"),
        ({"languages": "<b>"}, "languages"),
        ({"people-0-name": "x" * 201}, "people"),
        ({"people-0-person": "987654"}, "people"),
        ({"people-0-name": "Ayşe", "people-0-role": "king"}, "people"),
        ({"people-0-name": "Ayşe", "people-0-ORDER": "x"}, "people"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(typed: dict[str, Any], field: str, at_officer: Client) -> None:
    """For a script with 422, for a browser on the form with what was typed; nothing is saved."""
    session = SessionFactory()
    posted = shown(at_officer, session) | typed
    told = at_officer.post(at(session), posted, headers=JSON)
    assert (told.status_code, list(told.json()["fields"])) == (422, [field])
    response = at_officer.post(at(session), posted)
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    for name, value in typed.items():
        assert response.context["form"].data[name] == value
    assert (stored(session).version, Person.objects.count()) == (1, 0)


def test_nonsense_in_what_the_page_carries_is_no_error(at_officer: Client) -> None:
    """Without a version that can be read nothing is saved; without digests everything counts as typed."""
    session = SessionFactory()
    for seen in ("", "[", "[1]", "7", "[" * 99999, '{"title_tr": 7}'):
        posted = shown(at_officer, session)
        assert at_officer.post(at(session), posted | {"seen": seen}).status_code == 302
    for version in ("", "x", "-1", "9" * 40):
        assert at_officer.post(at(session), posted | {"version": version, "title_en": "X"}).status_code in (200, 409)
    for lists in ({"people-TOTAL_FORMS": "x"}, {"people-TOTAL_FORMS": "99999"}, {"people-INITIAL_FORMS": "-1"}):
        assert at_officer.post(at(session), posted | lists).status_code in (200, 302)
    assert stored(session).title_en == session.title_en


def test_an_old_value_that_no_form_would_take_stands_in_nobodys_way(at_officer: Client) -> None:
    """It is judged when somebody types into it."""
    session = SessionFactory(start=dt.time(12), end=dt.time(11), room=RoomFactory())
    typed = shown(at_officer, session) | {"capacity": "30"}
    assert at_officer.post(at(session), typed).status_code == 302
    assert (stored(session).capacity, stored(session).end) == (30, dt.time(11))


def test_people_are_found_or_made_in_place(at_officer: Client) -> None:
    """Known by name, with the position held on that day; somebody new comes with position and organisation."""
    house = OrganisationFactory(name_tr="Çınarlı Belediyesi", name_en="Çınarlı Municipality")
    known = PersonFactory(name="Işık Örnek")
    PositionFactory(person=known, organisation=house, title_tr="Başkan", title_en="Mayor", ends_on=DAY)
    session = SessionFactory()
    at_officer.post(at(session), shown(at_officer, session) | {"people-0-name": "ışık örnek"})
    new = {"people-1-name": "Bora Taslak", "people-1-role": "host", "people-1-position_tr": "Müdür"}
    new |= {"people-1-position_en": "Director", "people-1-organisation": "cinarli belediyesi"}
    at_officer.post(at(session), shown(at_officer, session) | new)
    assert people(session) == [
        ("Işık Örnek", "speaker", "Başkan, Çınarlı Belediyesi", "Mayor, Çınarlı Municipality"),
        ("Bora Taslak", "host", "Müdür, Çınarlı Belediyesi", "Director, Çınarlı Municipality"),
    ]
    position = Position.objects.get(person__name="Bora Taslak")
    assert (position.organisation, position.title_tr, position.title_en) == (house, "Müdür", "Director")
    gone = shown(at_officer, session) | {"people-0-DELETE": "on"}
    at_officer.post(at(session), gone)
    assert [each[0] for each in people(session)] == ["Bora Taslak"]


def test_who_is_meant_among_several_of_one_name(at_officer: Client) -> None:
    """Refused with a way out; position and organisation tell them apart, the number does so too."""
    first, second = PersonFactory.create_batch(2, name="Ayşe Örnek")
    house = PositionFactory(person=second, title_tr="Meclis Üyesi").organisation
    session = SessionFactory()
    posted = shown(at_officer, session) | {"people-0-name": "Ayşe Örnek"}
    assert at_officer.post(at(session), posted, headers=JSON).json()["fields"] == {
        "people": ["Several people are called “Ayşe Örnek”. Choose one of those that are offered while you type."]
    }
    told = {"people-0-position_tr": "meclis üyesi", "people-0-organisation": house.name_en}
    at_officer.post(at(session), posted | told)
    at_officer.post(
        at(session), shown(at_officer, session) | {"people-1-name": "Ayşe Örnek", "people-1-person": first.pk}
    )
    assert [row.person_id for row in session.contributions.all()] == [second.pk, first.pk]
    twice = shown(at_officer, session) | {"people-2-name": "Ayşe Örnek", "people-2-person": first.pk}
    assert at_officer.post(at(session), twice, headers=JSON).json()["fields"] == {
        "people": ["“Ayşe Örnek” stands here twice in one role."]
    }


def test_names_are_offered_while_one_is_typed(at_officer: Client) -> None:
    """Ilgın for ilgin, those that begin so first, with what they are; nothing for one letter or nonsense."""
    event = SessionFactory().event
    path = reverse("event_admin:people", args=[event.pk])
    PersonFactory(name="Can Ilgın", family_name="A")
    ilgin = PersonFactory(name="Ilgın Taslak", family_name="B")
    PositionFactory(person=ilgin, organisation=OrganisationFactory(name_en="Sample City"), title_en="Mayor")

    def offered(typed: str) -> list[tuple[str, str]]:
        return [(each["name"], each["note"]) for each in at_officer.get(path, {"q": typed}).json()["people"]]

    assert offered("ILGIN") == [("Ilgın Taslak", "Mayor, Sample City"), ("Can Ilgın", "")]
    assert (offered("ilgin tas"), offered("i"), offered("%%")) == ([("Ilgın Taslak", "Mayor, Sample City")], [], [])
    PersonFactory.create_batch(20, name="Ilgın Örnek")
    assert len(offered("ilgin")) == 8


def test_who_begins_so_is_offered_however_many_have_it_within(at_officer: Client) -> None:
    """Of a large directory too: those before in the alphabet do not keep Ali out."""
    PersonFactory.create_batch(40, name="Vali Abalı", family_name="Abalı")
    PersonFactory(name="Ali Zorlu", family_name="Zorlu")
    path = reverse("event_admin:people", args=[SessionFactory().event_id])
    assert at_officer.get(path, {"q": "ali"}).json()["people"][0]["name"] == "Ali Zorlu"


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_people(number: int, at_officer: Client) -> None:
    """Of the panel's form, of a save, of what is offered: literal, for one person and for three."""
    session = SessionFactory(room=RoomFactory(), title_en="Opening")
    for each in ContributionFactory.create_batch(number, session=session):
        PositionFactory(person=each.person)
    posted = shown(at_officer, session)
    counts = []
    for ask in (
        lambda: at_officer.get(at(session) + "?panel"),
        lambda: at_officer.post(at(session), posted | {"title_en": "Start"}, headers=JSON),
        lambda: at_officer.get(reverse("event_admin:people", args=[session.event_id]), {"q": "ornek"}),
    ):
        with CaptureQueriesContext(connection) as asked:
            assert ask().status_code == 200
        counts.append(len(asked))
    assert counts == [16, 47, 9]


def test_a_reader_and_another_event_get_nothing(reader: Any, enter: Enter, at_officer: Client) -> None:
    """Whoever may only look is sent away; an address names the event that a session belongs to."""
    session, other = SessionFactory(), SessionFactory()
    assert enter(reader).get(at(session)).status_code == 302
    path = reverse("event_admin:session", args=[other.event_id, session.pk])
    assert (at_officer.get(path).status_code, at_officer.post(path).status_code) == (404, 404)


def test_its_own_form_leads_back_to_the_grid(at_officer: Client) -> None:
    """Where it was opened from there, after an error too; from elsewhere it leads to the event's home."""
    session = SessionFactory()
    addresses = at_officer.get(reverse("event_admin:programme", args=[session.event_id])).context["setup"]["addresses"]
    path = addresses["edit"].replace("/0/", f"/{session.pk}/")
    page = at_officer.get(path)
    assert page.context["action_url"] == path
    posted = {"version": "1", "day": DAY, "title_tr": "Açılış", "kind": "talk", "status": "draft", "audience": "public"}
    posted |= {"interpretation": "none", "position": "0", "host_notes": "Çiçek"}
    posted |= {"contributions-TOTAL_FORMS": "0", "contributions-INITIAL_FORMS": "0"}
    desk = reverse("event_admin:programme", args=[session.event_id]) + f"?day={DAY}"
    saved = at_officer.post(path, posted)
    assert (saved.status_code, saved["Location"]) == (302, desk)
    plain = at_officer.post(path.removesuffix("?desk"), posted | {"version": "2", "host_notes": ""})
    assert plain["Location"].startswith(reverse("event_admin:home", args=[session.event_id]))
    copy = at_officer.get(addresses["copy"].replace("/0/", f"/{session.pk}/"))
    assert at_officer.post(copy.context["action_url"], posted)["Location"] == desk


def test_what_texts_lack_is_told_by_language(at_officer: Client) -> None:
    """On the block and at each field; once saved, as it is then. A text in a third language lacks nothing."""
    session = SessionFactory(title_tr="Açılış", title_en="", abstract_tr="Bir", abstract_en="One")
    session.note_translations()
    session.save()
    SessionFactory(event=session.event, title_tr="", title_en="", title_other="Eröffnung", other_language="de")

    def told(response: Any) -> list[dict[str, str]]:
        return [each["texts"] for each in response.json()["sessions"]]

    state = reverse("event_admin:state", args=[session.event_id])
    assert told(at_officer.get(state)) == [{"en": "missing"}, {}]
    posted = shown(at_officer, session) | {"title_en": "Opening", "abstract_tr": "İki"}
    answer = at_officer.post(at(session), posted, headers=JSON)
    assert (told(answer)[0], answer.json()["form"]["marks"]) == ({"en": "stale"}, {"abstract_en": "stale"})
    marks = [mark for _key, _label, fields in at_officer.get(at(session)).context["form"].groups for _f, mark in fields]
    assert [mark for mark in marks if mark] == ["stale"]
    posted = shown(at_officer, session) | {"title_tr": "", "abstract_en": "Two"}
    answer = at_officer.post(at(session), posted, headers=JSON)
    assert told(answer)[0] == {"en": "stale", "tr": "missing"}
    assert answer.json()["form"]["marks"] == {"title_tr": "missing", "title_en": "stale"}
