"""Editing a session with its people by hand: who may, what is refused, and what undoing and erasing leave."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from events.building import (
    ChangedSinceError,
    Naming,
    StaleSessionError,
    create_session,
    edit_session,
    redo_act,
    undo_act,
)
from events.erasure import erase_person
from events.models import Contribution, Person, ProgrammeAct, Session
from tests.factories import (
    DAY,
    ContributionFactory,
    EventFactory,
    PersonFactory,
    SessionFactory,
    TrackFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ayse() -> Any:
    """Ayşe runs programmes."""
    return UserFactory(officer=True, username="ayse")


def named(session: Session) -> list[tuple[str, str, str]]:
    rows = Contribution.objects.filter(session=session).select_related("person")
    return [(row.person.name, row.role, row.shown_tr) for row in rows]


def test_only_what_is_given_is_changed(ayse: Any) -> None:
    """Other columns, parties and people stay; what is as it was is no act."""
    session = SessionFactory(title_tr="Açılış", capacity=40)
    ContributionFactory(session=session)
    edited = edit_session(session=session, by=ayse, version=1, values={"title_tr": "  Büyük  açılış "})
    assert (edited.title_tr, edited.capacity, edited.version, len(named(session))) == ("Büyük açılış", 40, 2, 1)
    again = edit_session(session=session, by=ayse, version=2, values={"title_tr": "Büyük açılış", "version": 9})
    assert (again.version, ProgrammeAct.objects.count()) == (2, 1)
    with pytest.raises(StaleSessionError):
        edit_session(session=session, by=ayse, version=1, values={})


def test_who_may_not_edits_nothing() -> None:
    """Neither a session nor, on the way, the directory."""
    session = SessionFactory()
    with pytest.raises(PermissionDenied):
        edit_session(session=session, by=UserFactory(reader=True), version=1, values={"title_tr": "X"})
    editor = UserFactory(editor=True)
    editor.groups.get().permissions.remove(*editor.groups.get().permissions.filter(codename="add_person"))
    with pytest.raises(ValidationError) as refused:
        edit_session(session=session, by=editor, version=1, values={}, people=[Naming(name="Can Misal")])
    assert (list(refused.value.error_dict), "Can Misal" in refused.value.messages[0]) == (["people"], True)
    assert (Session.objects.get().version, Person.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"title_tr": "", "title_en": ""}, "title_tr"), ({"capacity": -1}, "capacity"), ({"status": "gone"}, "status")],
)
def test_what_a_column_cannot_have_is_refused(values: dict[str, Any], field: str, ayse: Any) -> None:
    session = SessionFactory()
    with pytest.raises(ValidationError) as refused:
        edit_session(session=session, by=ayse, version=1, values=values)
    assert (list(refused.value.error_dict), Session.objects.get().version) == ([field], 1)


def test_a_track_belongs_to_the_event(ayse: Any) -> None:
    session = SessionFactory()
    with pytest.raises(ValidationError):
        edit_session(session=session, by=ayse, version=1, values={"track": TrackFactory()})


def test_people_come_and_go_with_undo_and_redo(ayse: Any) -> None:
    """In their order, with what was shown of them; of a session that was added too."""
    event, can = EventFactory(), PersonFactory(name="Can Misal")
    people = [Naming(person=can.pk, role="chair", shown={"tr": "Başkan"}), Naming(name="Bora Taslak")]
    session = create_session(event=event, by=ayse, day=DAY, title_tr="Açılış", people=people)
    first = [("Can Misal", "chair", "Başkan"), ("Bora Taslak", "speaker", "")]
    assert named(session) == first
    edit_session(session=session, by=ayse, version=1, values={}, people=[Naming(name="bora taslak", role="host")])
    assert named(session) == [("Bora Taslak", "host", "")]
    undo_act(event=event, by=ayse)
    assert named(session) == first
    undo_act(event=event, by=ayse)
    assert (event.sessions.count(), Person.objects.count()) == (0, 2)
    redo_act(event=event, by=ayse)
    assert named(event.sessions.get()) == first
    redo_act(event=event, by=ayse)
    assert named(event.sessions.get()) == [("Bora Taslak", "host", "")]


def test_nobody_who_was_deleted_comes_back(ayse: Any) -> None:
    """Refused in a sentence, never an error of the database."""
    session = ContributionFactory().session
    edit_session(session=session, by=ayse, version=1, values={}, people=[])
    Person.objects.all().delete()
    with pytest.raises(ChangedSinceError):
        undo_act(event=session.event, by=ayse)
    assert named(session) == []


def test_an_act_goes_with_whom_it_names(ayse: Any) -> None:
    """Erasing reaches what could be undone; acts that name nobody stay."""
    row = ContributionFactory()
    edit_session(session=row.session, by=ayse, version=1, values={"title_tr": "Açılış"})
    other = SessionFactory(event=row.session.event)
    edit_session(session=other, by=ayse, version=1, values={"title_tr": "Kapanış"})
    erase_person(person=row.person)
    assert [str(act.rows[0]["key"]) for act in ProgrammeAct.objects.all()] == [other.key]
