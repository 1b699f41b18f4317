"""Sessions of each member on a group's form: ticked on the page, or named in a list and tried row by row."""

import io
from datetime import time

import pytest
from django.test import Client
from openpyxl import load_workbook

from events.models import ChosenSession, Event, Registration, RegistrationGroup, SessionPlaces
from events.registration.groups.deciding import cancel_group, verify_group
from events.release import release_programme
from tests.events.registration.group_browsing import CONTACT, book, enter_group, group_path, members, send_group
from tests.events.registration.grouped import taking_groups
from tests.factories import SessionFactory, SessionPlacesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> list[SessionPlaces]:
    """Water has two seats; Air begins while it runs, Bread an hour later."""
    event = taking_groups()
    made = []
    for start, tr, en, capacity in (
        (time(10), "Su", "Water", 2),
        (time(10, 15), "Hava", "Air", None),
        (time(11), "Ekmek", "Bread", None),
    ):
        session = SessionFactory(
            event=event, title_tr=tr, title_en=en, start=start, end=time(start.hour, 45), status="confirmed"
        )
        made.append(SessionPlacesFactory(session=session, capacity=capacity))
    release_programme(event=event)
    return made


def event_of(places: list[SessionPlaces]) -> Event:
    return Event.objects.get(pk=places[0].session.event_id)


def chosen() -> dict[str, list[tuple[str, bool]]]:
    rows = ChosenSession.objects.order_by("registration", "places").select_related("registration", "places__session")
    found: dict[str, list[tuple[str, bool]]] = {}
    for row in rows:
        found.setdefault(row.registration.name, []).append((row.places.session.title_en, row.seat))
    return found


def test_sessions_are_ticked_for_each_member_and_seats_are_held_with_the_group(
    client: Client, places: list[SessionPlaces]
) -> None:
    event, (water, _air, bread) = event_of(places), places
    ada = {"name": "Ada", "sessions": [str(water.pk), str(bread.pk)]}
    answer = send_group(client, event, **members(ada, {"name": "Bora", "sessions": [str(water.pk)]}))
    assert answer.status_code == 302
    assert chosen() == {"Ada": [("Water", True), ("Bread", True)], "Bora": [("Water", True)]}
    group = verify_group(group=RegistrationGroup.objects.get())
    made = load_workbook(io.BytesIO(client.get(f"{enter_group(client)}members.xlsx").content))
    assert [cell.value for cell in made.worksheets[0]["G"]][-2:] == ["Water; Bread", "Water"]
    cancel_group(group=group)
    water.refresh_from_db()
    assert water.taken == 0


def test_two_at_one_time_are_refused_beside_the_member_and_stay_ticked(
    client: Client, places: list[SessionPlaces]
) -> None:
    event, (water, air, _bread) = event_of(places), places
    typed = members({"name": "Ada"}, {"name": "Bora", "sessions": [str(water.pk), str(air.pk)]})
    answer = send_group(client, event, **typed)
    html = answer.content.decode()
    assert (answer.status_code, "“Water” and “Air” are at the same time" in html) == (422, True)
    assert ("Member 2, Sessions" in " ".join(html.split()), html.count(" checked")) == (True, 2)
    assert not Registration.objects.exists()


def test_a_list_names_sessions_and_every_row_is_tried(client: Client, places: list[SessionPlaces]) -> None:
    event = event_of(places)
    header = ["Ad soyad", "Oturumlar"]
    rows = [
        ["Ada", "su; Bread"],
        ["Bora", "Water"],
        ["Cem", "SU"],
        ["Deniz", "Su; Hava"],
        ["Ece", "Ateş"],
        ["Figen", ""],
    ]
    html = send_group(client, event, act="check", sheet=book(header, rows)).content.decode()
    said = ["No seat is left in “Water”", "“Water” and “Air” are at the same time", "“Ateş” is none of the choices"]
    assert [html.count(each) for each in said] == [1, 1, 1]
    assert ("Write one of these" in html, html.count('class="wrong"')) == (True, 3)
    right = [rows[0], rows[1], ["Cem", "Ekmek"]]
    answer = send_group(client, event, act="check", sheet=book(header, right))
    form = answer.context["form"]
    sent = {**CONTACT, "x-shown": form.data["x-shown"], "act": "register", "x-people": answer.context["trial"].sealed}
    assert client.post(group_path(event), sent).status_code == 302
    assert chosen() == {
        "Ada": [("Water", True), ("Bread", True)],
        "Bora": [("Water", True)],
        "Cem": [("Bread", True)],
    }


def test_the_template_has_a_column_and_says_what_may_stand_in_it(client: Client, places: list[SessionPlaces]) -> None:
    event = event_of(places)
    data = client.get(f"{group_path(event)}template.xlsx").content
    people, choices = load_workbook(io.BytesIO(data)).worksheets[:2]
    assert "Sessions" in [cell.value for row in people.iter_rows(max_row=3) for cell in row]
    explained = [row[1].value for row in choices.iter_rows() if row[0].value == "Sessions"]
    assert [each.rpartition(": ")[2] for each in explained[1:]] == ["Water", "Air", "Bread"]
    html = send_group(client, event, act="check", sheet=book(["Name", "Sessions"], [["Ada", explained[1]]]))
    assert html.context["trial"].wrong == []


def test_typed_people_are_persons_and_only_a_list_has_rows(client: Client, places: list[SessionPlaces]) -> None:
    event = event_of(places)
    ada, bora = {"name": "Ada", "email": "a@isik.example"}, {"name": "Bora", "email": "A@isik.example"}
    html = send_group(client, event, **members(ada, bora)).content.decode()
    assert ("Person 1 has the same address" in html, "row 1" in html) == (True, False)
    sheet = book(["Name", "E-mail"], [list(ada.values()), list(bora.values())])
    assert "stands in row 3" in send_group(client, event, act="check", sheet=sheet).content.decode()
    send_group(client, event, **members({"name": "Ada", "email": "a@isik.example"}))
    send_group(client, event, email="other@isik.example", **members({"name": "Bora"}, ada))
    html = client.get(enter_group(client, "other@isik.example")).content.decode()
    assert ("Person 2:" in html, "Row 2:" in html) == (True, False)
