"""Saving rows: two hands on one row, owned lists, what people type, what a form never does."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Contribution, Event, Person, Room, Session
from events.release import release_programme
from tests.events.admin.conftest import Enter
from tests.events.admin.forms import added, shown
from tests.factories import (
    ContributionFactory,
    DialogueProgrammeFactory,
    EventFactory,
    OrganisationFactory,
    PersonFactory,
    PositionFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    VenueFactory,
)


def edit(row: Any) -> str:
    return reverse(f"admin_{row._meta.model_name}:edit", args=[row.pk])


def test_a_stale_save_shows_both_and_keeps_what_was_typed(
    at_officer: Client, second_officer: Any, enter: Enter
) -> None:
    """Ayşe and Bora open a session; Bora saves first; Ayşe's save changes nothing and shows both, field by field."""
    session = SessionFactory(title_en="Opening", capacity=40)
    ayse_typed = {**shown(at_officer, edit(session)), "title_en": "Ayşe’s opening", "start": "11:00", "end": "12:00"}
    bora = enter(second_officer)
    assert bora.post(edit(session), {**shown(bora, edit(session)), "title_en": "Bora’s opening"}).status_code == 302

    response = at_officer.post(edit(session), ayse_typed)

    session.refresh_from_db()
    assert (session.title_en, f"{session.start:%H:%M}", session.version) == ("Bora’s opening", "09:00", 2)
    told = [(each.label, each.theirs, each.yours) for each in response.context["differences"]]
    assert sorted(told) == [
        ("End", "10:00", "12:00"),
        ("Start", "09:00", "11:00"),
        ("Title (English)", "Bora’s opening", "Ayşe’s opening"),
    ]
    assert response.context["form"]["title_en"].value() == "Ayşe’s opening"

    again = {**ayse_typed, "version": response.context["form"]["version"].value()}
    assert at_officer.post(edit(session), again).status_code == 302
    session.refresh_from_db()
    assert (session.title_en, session.version) == ("Ayşe’s opening", 3)


@pytest.mark.parametrize("make", [EventFactory, PersonFactory, OrganisationFactory, VenueFactory, SessionFactory])
def test_every_versioned_form_refuses_a_stale_save(make: Any, at_officer: Client) -> None:
    """The version that a form carries is that of the row it showed."""
    row = make()
    typed = shown(at_officer, edit(row))
    assert at_officer.post(edit(row), typed).status_code == 302
    response = at_officer.post(edit(row), typed)
    assert response.status_code == 200
    row.refresh_from_db()
    assert row.version == 2


def test_a_form_without_its_version_saves_nothing(at_officer: Client) -> None:
    """Whoever leaves the field out has not seen the row."""
    session = SessionFactory(title_en="Opening")
    typed = {**shown(at_officer, edit(session)), "title_en": "Other"}
    del typed["version"]
    assert at_officer.post(edit(session), typed).status_code == 200
    session.refresh_from_db()
    assert session.title_en == "Opening"


def test_people_of_a_session_keep_their_order(at_officer: Client) -> None:
    """A contribution is added, one is taken away, and the order on the screen is kept."""
    session = SessionFactory()
    gone, stays = ContributionFactory(session=session, position=1), ContributionFactory(session=session, position=2)
    newcomer = PersonFactory(name="Ilgın Varsayım")
    typed = shown(at_officer, edit(session))
    typed |= {"contributions-0-DELETE": "1"}
    typed |= added("contributions", 2, person=newcomer.pk, role="chair", shown_tr="Başkan", shown_en="", id="", ORDER=0)
    assert at_officer.post(edit(session), typed).status_code == 302
    rows = Contribution.objects.filter(session=session).order_by("position")
    assert [(row.person, row.role) for row in rows] == [(newcomer, "chair"), (stays.person, "speaker")]
    assert not Contribution.objects.filter(pk=gone.pk).exists()


def test_two_people_of_a_session_change_places(at_officer: Client) -> None:
    """Whoever chooses the other person in both rows has nothing in the way: a person is once in a role."""
    session = SessionFactory()
    rows = [ContributionFactory(session=session, position=place, shown_en=f"Guest {place}") for place in (1, 2)]
    for row in rows:
        row.note_translations()
        row.save()
    typed = {**shown(at_officer, edit(session)), "contributions-0-shown_tr": "Konuk"}
    typed |= {f"contributions-{place}-person": rows[1 - place].person_id for place in (0, 1)}
    assert at_officer.post(edit(session), typed).status_code == 302
    found = Contribution.objects.filter(session=session).order_by("position")
    assert [(row.pk, row.person, row.stale_texts()) for row in found] == [
        (rows[0].pk, rows[1].person, ["shown"]),
        (rows[1].pk, rows[0].person, []),
    ]


def test_a_role_is_free_where_its_row_is_taken_away(at_officer: Client) -> None:
    """Chair and speaker was one person; the speaker's row goes and the chair becomes the speaker."""
    session, person = SessionFactory(), PersonFactory()
    chair = ContributionFactory(session=session, person=person, role="chair", position=1)
    ContributionFactory(session=session, person=person, role="speaker", position=2)
    typed = {**shown(at_officer, edit(session)), "contributions-0-role": "speaker", "contributions-1-DELETE": "1"}
    assert at_officer.post(edit(session), typed).status_code == 302
    assert list(session.contributions.values_list("pk", "role")) == [(chair.pk, "speaker")]


def test_a_row_that_somebody_else_removed_says_so(at_officer: Client) -> None:
    """Bora removes a speaker while Ayşe has the session open: she is told beside the row, and removes it too."""
    session = SessionFactory()
    gone, stays = ContributionFactory(session=session, position=1), ContributionFactory(session=session, position=2)
    typed = {**shown(at_officer, edit(session)), "title_en": "Opening"}
    gone.delete()
    response = at_officer.post(edit(session), typed)
    told = "Somebody else removed this row in the meantime. Remove it here too, or remove it and add it anew."
    assert response.context["form"].formsets["contributions"].errors == [{"__all__": [told]}, {}]
    assert told in response.content.decode()
    assert at_officer.post(edit(session), {**typed, "contributions-0-DELETE": "1"}).status_code == 302
    session.refresh_from_db()
    assert (session.title_en, list(session.contributions.all())) == ("Opening", [stays])


def test_rooms_of_a_venue(at_officer: Client) -> None:
    """A room changed with its venue moves its own version on, and notes what was translated."""
    room = RoomFactory(name_tr="Salon", name_en="")
    typed = {**shown(at_officer, edit(room.venue)), "rooms-0-name_en": "Hall", "rooms-0-capacity": "120"}
    assert at_officer.post(edit(room.venue), typed).status_code == 302
    room.refresh_from_db()
    assert (room.name_en, room.capacity, room.version, list(room.translated_from)) == ("Hall", 120, 2, ["name"])


def test_rooms_of_a_nameless_house_are_offered_where_they_belong(at_officer: Client) -> None:
    """An import that names rooms alone makes a house without a name: another event's foyer is not to be picked here."""
    here, other = VenueFactory.create_batch(2, name_tr="", name_en="")
    named = RoomFactory(name_tr="Foyer", name_en="Foyer", venue__name_en="Congress Centre")
    ours = RoomFactory(name_tr="Foyer", name_en="Foyer", venue=here)
    RoomFactory(name_tr="Foyer", name_en="Foyer", venue=other)
    session = SessionFactory(event=EventFactory(venue=here), room=None)
    field = at_officer.get(edit(session)).context["form"].fields["room"]
    offered = {room.pk: field.label_from_instance(room) for room in field.queryset}
    assert offered == {named.pk: "Foyer · Congress Centre", ours.pk: "Foyer"}


def test_a_stale_translation_is_noticed(at_officer: Client) -> None:
    """The Turkish title changes, the English one does not: the list and the event's home say so."""
    event = EventFactory(title_tr="İklim Forumu", title_en="Climate Forum")
    event.note_translations()
    event.save()
    assert at_officer.post(edit(event), {**shown(at_officer, edit(event)), "title_tr": "Su Forumu"}).status_code == 302
    event.refresh_from_db()
    assert event.stale_texts() == ["title"]
    assert "EN stale" in at_officer.get(reverse("admin_event:index")).content.decode()
    assert "EN stale" in at_officer.get(reverse("event_admin:home", args=[event.pk])).content.decode()


@pytest.mark.parametrize("typed", ["1.000", "1,000", "1 000", "on", "1e3", "9" * 5000])
def test_a_capacity_that_could_be_misread_is_refused(typed: str, at_officer: Client) -> None:
    """“1.000” is a thousand to a Turkish officer and one to Django: it is neither, and stays on the page."""
    session = SessionFactory(capacity=40)
    response = at_officer.post(edit(session), {**shown(at_officer, edit(session)), "capacity": typed})
    form = response.context["form"]
    assert form.errors == {"capacity": ["Write a whole number in digits alone, such as 1000."]}
    assert form["capacity"].value() == typed
    session.refresh_from_db()
    assert session.capacity == 40


@pytest.mark.parametrize("day", ["10.06.2027", "2027-06-10", "10/06/2027"])
@pytest.mark.parametrize("start", ["09:30", "9.30", "9:30"])
def test_dates_and_times_as_people_write_them(day: str, start: str, at_officer: Client) -> None:
    """Both languages' ways mean the same, whatever language the admin is in."""
    session = SessionFactory()
    typed = {**shown(at_officer, edit(session)), "day": day, "start": start, "end": "10.15"}
    assert at_officer.post(edit(session), typed).status_code == 302
    session.refresh_from_db()
    assert (f"{session.day:%Y-%m-%d}", f"{session.start:%H:%M}", f"{session.end:%H:%M}") == (
        "2027-06-10",
        "09:30",
        "10:15",
    )


@pytest.mark.parametrize(
    ("start", "typed", "kept"),
    [("09:00", "2027-06-10", None), ("00:30", "2027-06-11", None), ("09:00", "2027-06-11", dt.date(2027, 6, 11))],
)
def test_a_date_that_the_time_has_anyway_is_no_other_date(
    start: str, typed: str, kept: dt.date | None, at_officer: Client
) -> None:
    """Kept, it would be told as a move on the day that somebody clears it."""
    session = SessionFactory(end=None)
    typed_all = {**shown(at_officer, edit(session)), "start": start, "start_day": typed}
    assert at_officer.post(edit(session), typed_all).status_code == 302
    session.refresh_from_db()
    assert session.start_day == kept


def test_an_end_before_its_start_is_refused(at_officer: Client) -> None:
    """An end after midnight belongs to the night and is right."""
    session = SessionFactory()
    typed = shown(at_officer, edit(session))
    refused = at_officer.post(edit(session), {**typed, "start": "14:45", "end": "14:15"})
    assert refused.context["form"].errors == {"end": ["The end is before the start. Check both times."]}
    assert at_officer.post(edit(session), {**typed, "start": "22:00", "end": "00:45"}).status_code == 302


def test_a_new_session_belongs_to_the_event_it_was_opened_from(at_officer: Client) -> None:
    """It begins on the event's first day; tracks of other events are not offered; saving leads back."""
    event, other = TrackFactory().event, TrackFactory()
    path = f"{reverse('admin_session:add')}?event={event.pk}"
    typed = shown(at_officer, path)
    assert typed["day"] == "2027-06-10"
    refused = at_officer.post(path, {**typed, "title_tr": "Açılış", "track": other.pk})
    assert list(refused.context["form"].errors) == ["track"]
    response = at_officer.post(path, {**typed, "title_tr": "Açılış", "languages": ["tr", "en"]})
    session = Session.objects.get()
    assert (session.event, session.title_tr, session.languages) == (event, "Açılış", ["tr", "en"])
    assert response["Location"] == f"{reverse('event_admin:home', args=[event.pk])}#s-{session.key}"


def test_a_session_without_an_event_asks_for_one(at_officer: Client) -> None:
    """The menu's list leads to the events, whatever stands in the address."""
    for query in ("", "?event=", "?event=abc", "?event=99999", f"?event={'9' * 5000}"):
        response = at_officer.get(reverse("admin_session:add") + query)
        assert (response.status_code, response["Location"]) == (302, reverse("admin_event:index"))


def test_copying_a_session_makes_a_new_one(at_officer: Client) -> None:
    """The copy has its own key and calendar identity; the original stays as it was."""
    session = SessionFactory(ref="A-1", title_tr="Açılış")
    path = reverse("admin_session:copy", args=[session.pk])
    response = at_officer.get(path)
    typed = {**shown(at_officer, path), "title_tr": "Kapanış"}
    assert at_officer.post(path, typed).status_code == 405
    assert at_officer.post(response.context["action_url"], typed).status_code == 302
    copy = Session.objects.exclude(pk=session.pk).get()
    assert (copy.title_tr, copy.ref, copy.event) == ("Kapanış", "", session.event)
    assert copy.uid != session.uid
    assert copy.key != session.key
    assert Session.objects.get(pk=session.pk).title_tr == "Açılış"


def test_texts_are_brought_into_one_form(at_officer: Client) -> None:
    """Decomposed letters, control and bidirectional characters do not reach the table."""
    session = SessionFactory()
    odd = "I\u0307klim \u202eforumu\u0007  2027"
    assert at_officer.post(edit(session), {**shown(at_officer, edit(session)), "title_tr": odd}).status_code == 302
    session.refresh_from_db()
    assert session.title_tr == "İklim forumu 2027"


def test_what_is_public_is_not_deleted(at_officer: Client) -> None:
    """A released event, a named person: the page says what needs them; nothing is deleted."""
    event = EventFactory(with_sessions=1)
    ContributionFactory(session=event.sessions.get())
    release_programme(event=event)
    for row in (event, Person.objects.get()):
        path = reverse(f"admin_{row._meta.model_name}:delete", args=[row.pk])
        assert "other records still need it" in at_officer.get(path).content.decode()
        assert at_officer.post(path).status_code == 200
    assert (Event.objects.count(), Person.objects.count()) == (1, 1)


def test_what_nothing_needs_is_deleted(at_officer: Client) -> None:
    """A venue with its rooms; a draft event with its sessions."""
    room, session = RoomFactory(), SessionFactory()
    for row in (room.venue, session.event):
        assert at_officer.post(reverse(f"admin_{row._meta.model_name}:delete", args=[row.pk])).status_code == 302
    assert (Room.objects.count(), Session.objects.count()) == (0, 0)


def test_an_erased_person_cannot_be_edited(at_officer: Client) -> None:
    """The empty row holds a place in history and nothing else."""
    person = PersonFactory()
    typed = shown(at_officer, edit(person))
    Person.objects.filter(pk=person.pk).update(erased_at="2027-01-01T00:00:00Z")
    response = at_officer.post(edit(person), {**typed, "name": "Back again"})
    assert response.context["form"].non_field_errors() == ["This person was erased for good and cannot be edited."]
    assert Person.objects.get(pk=person.pk).name == person.name


@pytest.mark.parametrize(
    ("title", "slug", "expected"),
    [("Işıklar Çalıştayı", "", "isiklar-calistayi"), ("Işıklar Çalıştayı", "isiklar-2027", "isiklar-2027")],
)
def test_an_address_is_made_of_the_title(title: str, slug: str, expected: str, at_officer: Client) -> None:
    """Where none is typed; it reads well and keeps every letter."""
    path = reverse("admin_event:add")
    typed = {**shown(at_officer, path), "title_tr": title, "slug": slug}
    response = at_officer.post(path, typed)
    event = Event.objects.get()
    assert (event.slug, response["Location"]) == (expected, reverse("event_admin:home", args=[event.pk]))


@pytest.mark.parametrize("taken", ["iklim-forumu", "programme", "Büyük Harf", ""])
def test_an_address_that_cannot_be_is_refused(taken: str, at_officer: Client) -> None:
    """Taken, reserved, misspelt, or nothing to make it of: a sentence beside the field, what was typed stays."""
    EventFactory(slug="iklim-forumu")
    path = reverse("admin_event:add")
    response = at_officer.post(path, {**shown(at_officer, path), "slug": taken, "title_tr": "Forum" if taken else ""})
    assert "slug" in response.context["form"].errors
    assert response.context["form"]["slug"].value() == taken
    assert Event.objects.count() == 1


@pytest.mark.parametrize("typed", ["abc", "x" * 5000, "9" * 400, "999999"])
def test_a_person_that_is_no_person_is_refused(typed: str, at_officer: Client) -> None:
    """What comes in place of a key, or names a row that is gone by now: a sentence beside the field."""
    path = edit(ContributionFactory().session)
    response = at_officer.post(path, {**shown(at_officer, path), "contributions-0-person": typed})
    assert response.status_code == 200
    assert [list(row.errors) for row in response.context["form"].formsets["contributions"].forms] == [["person"]]


def test_a_released_event_can_be_cancelled_or_withdrawn_instead(at_officer: Client) -> None:
    """The page that refuses to delete it leads to both."""
    event = EventFactory(with_sessions=1)
    release_programme(event=event)
    page = at_officer.get(reverse("admin_event:delete", args=[event.pk]))
    assert page.context["instead"] == [
        ("Cancel the event", reverse("event_admin:cancel", args=[event.pk])),
        ("Withdraw the event", reverse("event_admin:withdraw", args=[event.pk])),
    ]
    assert all(url in page.content.decode() for _label, url in page.context["instead"])


def test_what_others_name_is_not_pulled_away(at_officer: Client) -> None:
    """Deleting an organisation, a venue or a dialogue programme would take positions, places and events along."""
    position, session, event = PositionFactory(), SessionFactory(room=RoomFactory()), EventFactory()
    event.dialogue_programme = DialogueProgrammeFactory()
    event.save()
    for row, needed_by in (
        (position.organisation, position),
        (session.room.venue, session),
        (event.dialogue_programme, event),
    ):
        page = at_officer.post(reverse(f"admin_{row._meta.model_name}:delete", args=[row.pk]))
        assert (page.status_code, page.context["in_the_way"]) == (200, [needed_by])
        row.refresh_from_db()
