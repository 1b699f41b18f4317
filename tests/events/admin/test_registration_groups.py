"""Groups in the admin: found, decided on as a whole, entered by hand or from a sheet, exported."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from events.models import Registration, RegistrationGroup
from events.registration import cancel, verify
from events.registration.answering import read_answers
from tests.events.admin.conftest import Enter
from tests.events.admin.test_registrations import text, url
from tests.events.registration.applying import apply, states
from tests.events.registration.group_browsing import members, turkish_csv
from tests.events.registration.grouped import apply_group, confirmed_group, standing, taking_groups
from tests.factories import QuestionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar() -> Any:
    """Figen runs registrations, and reads every answer."""
    user = UserFactory(username="figen")
    user.groups.add(Group.objects.get(name="Registration officers"))
    return user


@pytest.fixture
def admin(registrar: Any, enter: Enter) -> Client:
    client: Client = enter(registrar)
    return client


def test_the_list_is_narrowed_to_a_group_and_finds_by_its_contact(admin: Client) -> None:
    event = taking_groups()
    group = confirmed_group(event, "Ilgaz", 2)
    apply(event, "Ali")
    html = text(admin.get(url(event), {"group": str(group.pk)}))
    assert [each in html for each in ("Ilgaz 1", "Ilgaz 2", ">Ali<")] == [True, True, False]
    assert f"/registrations/groups/{group.pk}/" in html
    html = text(admin.get(url(event), {"q": "ILGAZ contact"}))
    assert ("Ilgaz 1" in html, ">Ali<" in html) == (True, False)
    for bad in ("x", "9" * 40, "²"):
        assert admin.get(url(event), {"group": bad}).status_code == 200


def test_groups_are_listed_with_their_place_and_the_rule(admin: Client) -> None:
    event = taking_groups(capacity=2)
    rows = [verify(registration=apply(event, name)) for name in ("Ali", "Bora")]
    apply_group(event, "Ilgaz", 2)
    apply(event, "Cem")
    cancel(registration=rows[0])
    html = " ".join(text(admin.get(url(event, "registrations/groups/"))).split())
    assert [
        each in html for each in ("Ilgaz Contact", "from number 1 in line, passed by 1 seats", "How groups move up")
    ] == [True] * 3
    group = RegistrationGroup.objects.get()
    html = " ".join(text(admin.get(url(event, f"registrations/groups/{group.pk}/"))).split())
    assert "1 now, 1 of at most 2 in all" in html


def test_acts_are_done_to_all_or_none(admin: Client, enter: Enter, reader: Any) -> None:
    event = taking_groups(approval=True, capacity=2)
    group, large = confirmed_group(event, "Ilgaz", 2), apply_group(event, "Gölyaka", 1)
    page = url(event, f"registrations/groups/{group.pk}/")
    assert "Approve: 2 registrations." in text(admin.post(page, {"act": "approve"}, follow=True))
    assert standing(group) == ("confirmed", ["confirmed"] * 2)
    other = url(event, f"registrations/groups/{large.pk}/")
    assert "it takes all or none" in text(admin.post(other, {"act": "approve"}, follow=True))
    admin.post(page, {"act": "decline", "reason": "Not this time"})
    assert standing(group) == ("declined", ["declined"] * 2)
    for act in ("", "nothing", "ask_details"):
        assert admin.post(other, {"act": act}).status_code == 302
    assert enter(reader).get(page).status_code == 302


def test_a_group_is_entered_by_hand_with_a_member_more_and_a_substitute(admin: Client) -> None:
    event = taking_groups(closes_at=None, capacity=3)
    room = QuestionFactory(event=event, label_en="Room")
    page = url(event, "registrations/groups/add/")
    contact = {"name": "Zerrin", "organisation": "Işıklar", "language": "tr", "email": ""}
    html = text(admin.post(page, {**contact, "act": "more", **members({"name": "Ali"}, {"name": "Bora"})}))
    assert (html.count('-name"') > 2, 'value="Ali"' in html) == (True, True)
    html = text(admin.post(page, {**contact, "act": "save", **members({"name": "", "email": "x@"})}))
    assert "This field is required" in html
    admin.post(
        page, {**contact, "act": "save", **members({"name": "Ali", f"q-{room.key}": "Single"}, {"name": "Bora"})}
    )
    group = RegistrationGroup.objects.get()
    assert (group.state, group.source, group.language) == ("confirmed", "officer", "tr")
    ali = group.members.get(name="Ali")
    assert read_answers(ali) == {room.key: "Single"}
    own = url(event, f"registrations/groups/{group.pk}/")
    admin.post(f"{own}add/", {"name": "Cem", "email": "cem@sample.example"})
    assert "No seat is free" in text(admin.post(f"{own}add/", {"name": "Derya"}))
    place = url(event, f"registrations/{ali.pk}/substitute/")
    assert "registered already" in text(admin.post(place, {"name": "Cem", "email": "cem@sample.example"}))
    admin.post(place, {"name": "Ece"})
    assert states(event) == {"Ali": "cancelled", "Bora": "confirmed", "Cem": "confirmed", "Ece": "confirmed"}
    html = text(admin.get(url(event, f"registrations/{ali.pk}/")))
    assert ("Replaced by" in html, ">Ece<" in html) == (True, True)


def test_registrations_from_a_sheet_are_tried_and_then_all_added(admin: Client) -> None:
    event = taking_groups(capacity=3)
    apply(event, "Ali", email="ali@sample.example")
    page = url(event, "registrations/add/sheet/")
    header = ["Ad soyad", "E-posta", "Kurum"]
    wrong = turkish_csv(header, [["Işıl Çağlar", "isil@sample.example", "Ilgın"], ["Ali", "ali@sample.example", ""]])
    html = text(admin.post(page, {"act": "check", "language": "tr", "sheet": wrong}))
    assert ("registered already" in html, "x-people" in html, Registration.objects.count()) == (True, False, 1)
    right = turkish_csv(
        header, [["Işıl Çağlar", "isil@sample.example", "Ilgın"], ["Bora", "", "İzmir"], ["Cem", "", ""]]
    )
    html = text(admin.post(page, {"act": "check", "language": "tr", "sheet": right}))
    sealed = html.split('name="x-people" value="')[1].split('"')[0]
    assert "3 registrations were added" in text(
        admin.post(page, {"act": "save", "language": "tr", "x-people": sealed}, follow=True)
    )
    assert list(Registration.objects.order_by("pk").values_list("name", "organisation_name", "state", "source"))[
        1:
    ] == [
        ("Işıl Çağlar", "Ilgın", "confirmed", "officer"),
        ("Bora", "İzmir", "confirmed", "officer"),
        ("Cem", "", "waitlisted", "officer"),
    ]
    again = admin.post(page, {"act": "save", "language": "tr", "x-people": sealed})  # a second press
    assert (again.status_code, Registration.objects.count()) == (302, 4)
    for posted in ({"act": "check"}, {"act": "save"}, {"act": "save", "x-people": "x"}):
        assert admin.post(page, {"language": "tr", **posted}).status_code == 200
    assert Registration.objects.count() == 4
    assert admin.get(page, {"template": "1"}).content[:2] == b"PK"


def test_the_export_names_the_group_and_what_was_asked_of_it(admin: Client) -> None:
    event = taking_groups()
    plate = QuestionFactory(event=event, scope="group", label_en="Number plate")
    group = confirmed_group(event, "Ilgaz", 1, answers={plate: "34 ABC"})
    apply(event, "Ali")
    csv = admin.get(url(event, "registrations/export/csv/")).content.decode("utf-8-sig").splitlines()
    places = [csv[0].split(";").index(name) for name in ("Group", "Number plate")]
    rows = {line.split(";")[0]: [line.split(";")[place] for place in places] for line in csv}
    assert (rows["Name"], rows["Ilgaz 1"], rows["Ali"]) == (
        ["Group", "Number plate"],
        [f"Ilgaz ({group.code.upper()})", "34 ABC"],
        ["", ""],
    )


def test_the_list_of_groups_costs_as_much_for_three_as_for_one(admin: Client, django_assert_num_queries: Any) -> None:
    event = taking_groups()
    page = url(event, "registrations/groups/")
    admin.get(page)
    for number in range(3):
        apply_group(event, f"Kurum {number}", 2)
        if number in (0, 2):
            with django_assert_num_queries(14):
                admin.get(page)


def test_a_question_of_a_group_is_neither_sensitive_nor_on_consent_nor_asked_later(admin: Client) -> None:
    event = taking_groups()
    typed = {
        "kind": "text", "label_tr": "Plaka", "label_en": "Plate", "scope": "group", "stage": "details",
        "purpose_tr": "Otopark", "legal_basis": "consent", "visible_to": "officers", "days_kept": "10", "version": "1",
        "sensitive": "on",
    }  # fmt: skip
    html = text(admin.post(url(event, "registration/questions/new/"), typed))
    for told in (
        "asked when it registers",
        "is asked of each person and not of a group",
        "Nobody consents for a whole group",
    ):
        assert told in html
    right = {**typed, "stage": "registration", "legal_basis": "request", "sensitive": ""}
    del right["sensitive"]
    admin.post(url(event, "registration/questions/new/"), right)
    plate = event.questions.get()
    assert plate.scope == "group"
    looks = {"if0_question": plate.key, "if0_is": "answered", "match": "all"}
    alone = {**right, **looks, "label_en": "Seats", "scope": "person"}
    told = text(admin.post(url(event, "registration/questions/new/"), alone))
    assert ("One is asked of each person" in told, event.questions.count()) == (True, 1)
