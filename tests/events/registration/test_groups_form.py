"""The form of a group: typed or from a list, errors by row in words, nothing half saved, nothing typed lost."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from events.models import Event, GroupAnswer, Message, Registration, RegistrationGroup
from events.registration.answering import read_answers
from events.registration.groups.deciding import cancel_group
from tests.events.registration.applying import apply, taking
from tests.events.registration.browsing import old_enough, path_of, seal_in
from tests.events.registration.group_browsing import (
    CONTACT,
    book,
    group_path,
    members,
    send_group,
    turkish_csv,
)
from tests.events.registration.grouped import taking_groups
from tests.factories import QuestionFactory, WordingFactory

pytestmark = pytest.mark.django_db
HEADER = ["Ad soyad", "E-posta", "Görev", "Oda", "Gece sayısı", "Varış günü"]


@pytest.fixture
def event() -> Event:
    """Asks the contact for room, nights and day of arrival of each; the diet only of the members themselves."""
    found = taking_groups(capacity=40, largest_group=50)
    QuestionFactory(
        event=found,
        kind="choice",
        required=True,
        label_tr="Oda",
        label_en="Room",
        options=[
            {"key": "tek", "tr": "Tek kişilik", "en": "Single"},
            {"key": "cift", "tr": "Çift kişilik", "en": "Double"},
        ],
    )
    QuestionFactory(event=found, kind="number", label_tr="Gece sayısı", label_en="Nights")
    QuestionFactory(event=found, kind="date", label_tr="Varış günü", label_en="Arrival")
    QuestionFactory(event=found, sensitive=True, required=True, label_tr="Beslenme", label_en="Diet")
    QuestionFactory(event=found, scope="group", required=True, label_tr="Otobüs plakası", label_en="Number plate")
    return found


def plate(event: Event) -> dict[str, str]:
    question = event.questions.get(scope="group")
    return {f"q-{question.key}": "34 ABC 123"}


def people(count: int) -> list[list[str]]:
    """So many people as a municipality writes them down; one of them shares the office's address and has none."""
    rows = []
    for number in range(1, count + 1):
        email = "" if number % 10 == 0 else f"kisi{number}@isiklar.example"
        room = "çift kişilik" if number % 2 else "TEK KİŞİLİK"
        rows.append([f"Işıl Çağlar-Ğ {number}", email, "Şube müdürü, imar", room, "2,5", "09.06.2027"])
    return rows


def sealed_in(answer: Any) -> str:
    found = re.search(r'name="x-people" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def reasons_in(html: str) -> list[tuple[int, list[str]]]:
    """What is wrong in which row, as the trial tells it."""
    rows = re.findall(r'<tr class="wrong">\s*<td>(\d+)</td>.*?<tr class="why">(.*?)</tr>', html, re.DOTALL)
    return [(int(row), re.findall(r"<li>([^<]+)</li>", cell)) for row, cell in rows]


@pytest.mark.parametrize("encoding", ["cp1254", "utf-8-sig"])
def test_thirty_people_from_turkish_excel_with_wrong_rows_first(client: Client, event: Event, encoding: str) -> None:
    rows = people(30)
    wrong = [list(row) for row in rows]
    wrong[2][0], wrong[4][1], wrong[6][3], wrong[8][4], wrong[10][5], wrong[11][1], wrong[12][1] = (
        "", "kisi5@isiklar", "Süit", "iki", "31.02.2027", "kisi1@isiklar.example", "kisi3@isiklar.example",
    )  # fmt: skip
    answer = send_group(client, event, act="check", sheet=turkish_csv(HEADER, wrong, encoding), **plate(event))
    html = answer.content.decode()
    assert (answer.status_code, "7 rows of your list are wrong" in html, "x-people" in html) == (422, True, False)
    assert "Only officers see this page" not in html
    assert reasons_in(html) == [
        (4, ["Name: This field is required."]),
        (6, ["E-mail: Check what stands behind the @: a name with a dot, such as belediye.example."]),
        (8, ["Room: “Süit” is none of the choices. Write one of these: Single, Double"]),
        (10, ["Nights: Write a number in digits without grouping, such as 1250 or 12,5."]),
        (12, ["Arrival: Write the day as in 10.06.2027."]),
        *(
            (
                row,
                [
                    f"E-mail: The same address stands in row {before}. Give each person their own, or leave it empty: "
                    "letters then go to the contact."
                ],
            )
            for row, before in ((13, 2), (14, 4))
        ),
    ]
    assert 'value="Zerrin Örnek"' in html
    assert (Registration.objects.count(), RegistrationGroup.objects.count(), Message.objects.count()) == (0, 0, 0)
    answer = send_group(client, event, act="check", sheet=turkish_csv(HEADER, rows, encoding), **plate(event))
    html = answer.content.decode()
    assert (answer.status_code, "Every row can be registered" in html, "Register 30 people" in html) == (
        200,
        True,
        True,
    )
    assert (Registration.objects.count(), "Only officers see this page" in html) == (0, False)
    answer = send_group(client, event, **{"x-people": sealed_in(answer)}, **plate(event))
    assert (answer.status_code, answer["Location"]) == (302, f"{group_path(event)}?sent")
    assert "contact’s address" in client.get(answer["Location"]).content.decode()
    check_thirty(event)


def check_thirty(event: Event) -> None:
    group = RegistrationGroup.objects.get()
    assert (group.name, group.email, group.organisation_name, group.state) == (
        "Zerrin Örnek",
        "zerrin@isiklar.example",
        "Işıklar Belediyesi",
        "unverified",
    )
    rows = list(Registration.objects.filter(group=group).order_by("pk"))
    assert [(row.name, row.email, row.role) for row in rows] == [tuple(row[:3]) for row in people(30)]
    room, nights, day = event.questions.filter(scope="person", sensitive=False).order_by("position")
    assert read_answers(rows[0]) == {room.key: "cift", nights.key: "2.5", day.key: "2027-06-09"}
    assert read_answers(rows[1])[room.key] == "tek"
    assert [each.value for each in GroupAnswer.objects.all()] == ["34 ABC 123"]
    assert list(Message.objects.values_list("to_address", flat=True)) == ["zerrin@isiklar.example"]


def test_the_same_thirty_from_a_workbook_and_whole_onto_the_waiting_list(client: Client, event: Event) -> None:
    import datetime as dt  # noqa: PLC0415

    for number in range(12):
        apply(event, f"Kişi {number}", email=f"once{number}@sample.example")
    rows: list[list[Any]] = [list(row) for row in people(30)]
    for row in rows:
        row[4], row[5] = 2.5, dt.date(2027, 6, 9)
    answer = send_group(client, event, language="tr", act="check", sheet=book(HEADER, rows), **plate(event))
    assert (answer.status_code, "30 kişiyi kaydet" in answer.content.decode()) == (200, True)
    send_group(client, event, language="tr", **{"x-people": sealed_in(answer)}, **plate(event))
    states = set(Registration.objects.exclude(group=None).values_list("state", "seat"))
    assert states == {("waitlisted", False)}
    assert RegistrationGroup.objects.get().state == "waitlisted"


def test_typed_members_are_added_and_taken_out_without_a_script_and_nothing_is_lost(
    client: Client, event: Event
) -> None:
    room = event.questions.get(label_en="Room")
    first = {"name": "Ali Örnek", "email": "ali@isiklar.example", f"q-{room.key}": "tek"}
    second = {"name": "Bora Örnek", f"q-{room.key}": "cift"}
    answer = send_group(client, event, act="more", **members(first, second), **plate(event))
    html = answer.content.decode()
    assert (answer.status_code, html.count('class="member"'), "form-summary" in html) == (200, 3, False)
    assert [each in html for each in ('value="Ali Örnek"', 'value="34 ABC 123"', 'value="Bora Örnek"')] == [True] * 3
    html = send_group(client, event, act="drop:0", **members(first, second, {"name": ""})).content.decode()
    assert (html.count('class="member"'), 'value="Ali Örnek"' in html, 'value="Bora Örnek"' in html) == (2, False, True)
    for act in ("drop:x", "drop:999", f"drop:{'9' * 30}", "nothing"):
        assert send_group(client, event, act=act, **members({"name": ""})).status_code in (200, 422)
    answer = send_group(client, event, **members(first, second, {"name": "", "email": ""}), **plate(event))
    assert answer.status_code == 302
    assert list(Registration.objects.order_by("pk").values_list("name", "email", "source")) == [
        ("Ali Örnek", "ali@isiklar.example", "group"),
        ("Bora Örnek", "", "group"),
    ]


def test_what_is_wrong_is_said_by_member_and_of_the_contact(client: Client, event: Event) -> None:
    answer = send_group(client, event, email="zerrin", **members({"name": "", "email": "x@y"}, {"name": "Bora"}))
    html = answer.content.decode()
    text = " ".join(re.sub(r"<[^>]+>", "", html).split())
    assert answer.status_code == 422
    for told in (
        "Your e-mail: Write one e-mail address",
        "Number plate: This field is required.",
        "Member 1, Name: This field is required.",
        "Member 1, E-mail: Check what stands behind the @",
        "Member 2, Room: This field is required.",
    ):
        assert told in text
    assert 'href="#id_m0-name"' in html
    assert Registration.objects.count() == 0
    html = send_group(client, event, **members({"name": ""}), **plate(event)).content.decode()
    assert "Enter the members of the group, or choose your list." in html


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty"),
        (b"\xd0\xcf\x11\xe0 old", "old or password-protected"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"one;two\r\nthree;four\r\n", "No row with column names was found"),
        (b"Name;E-mail\r\n;\r\n", "There is nobody in this list"),
        (b"Name;E-mail;E-mail\r\nA;b;c\r\n", "is there twice"),
        (b"<a/>", "This is no list"),
        (b"x" * 1_100_000, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(client: Client, event: Event, data: bytes, told: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    answer = send_group(client, event, act="check", sheet=SimpleUploadedFile("x.xlsx", data), **plate(event))
    html = answer.content.decode()
    assert (answer.status_code, told in html, 'value="Zerrin Örnek"' in html) == (422, True, True)


def test_without_a_file_and_with_a_forged_seal(client: Client, event: Event) -> None:
    html = send_group(client, event, act="check", **plate(event)).content.decode()
    assert "Choose your list first" in html
    for seal in ("x", "a:b:c", "x" * 9000):
        html = send_group(client, event, **{"x-people": seal}, **plate(event)).content.decode()
        assert "Choose the file once more" in html
    assert Registration.objects.count() == 0


def test_the_template_has_the_event_s_columns_in_the_reader_s_language_and_can_be_sent_back(
    client: Client, event: Event
) -> None:
    for language, name, header in (
        ("tr", "sablon", ["Ad soyad", "Görev", "E-posta", "Telefon", "Oda", "Gece sayısı", "Varış günü"]),
        ("en", "template", ["Name", "Position", "E-mail", "Telephone", "Room", "Nights", "Arrival"]),
    ):
        answer = client.get(f"{group_path(event, language)}{name}.xlsx")
        made = load_workbook(io.BytesIO(answer.content))
        first, second = made.worksheets
        assert [cell.value for cell in first[2]] == header
        choices = [tuple(cell.value for cell in row) for row in second.iter_rows(min_row=2)]
        assert (header[4], "Tek kişilik" if language == "tr" else "Single") in choices
        assert "Beslenme" not in header
        assert "Diet" not in header
        first.append(["Ali Örnek", "", "", "", "Çift kişilik", 1, None])
        out = io.BytesIO()
        made.save(out)
        from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

        filled = SimpleUploadedFile("t.xlsx", out.getvalue())
        answer = send_group(client, event, language=language, act="check", sheet=filled, **plate(event))
        assert answer.status_code == 200


def test_a_stranger_learns_from_the_form_nothing_of_who_is_registered(client: Client, event: Event) -> None:
    room = event.questions.get(label_en="Room")
    apply(event, "Ali", email="ali@isiklar.example")
    row = {"name": "Ali", f"q-{room.key}": "tek"}
    known = send_group(client, event, **members({**row, "email": "ali@isiklar.example"}, row), **plate(event))
    other = {**CONTACT, "email": "other@isiklar.example"}
    unknown = send_group(
        client, event, **{**other, **members({**row, "email": "new@isiklar.example"}, row)}, **plate(event)
    )
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [group.left_out for group in RegistrationGroup.objects.order_by("pk")] == [
        [{"row": 1, "name": "Ali", "typed": True}],
        [],
    ]


def test_where_groups_are_not_taken_the_way_leads_to_the_single_form(client: Client) -> None:
    alone, both = taking(), taking_groups()
    assert client.get(group_path(alone))["Location"] == path_of(alone)
    assert (
        group_path(alone) in client.get(path_of(alone)).content.decode(),
        group_path(both) in client.get(path_of(both)).content.decode(),
    ) == (False, True)
    assert client.get("/en/events/nothing/register/group/").status_code == 404
    assert client.get(f"{group_path(alone)}template.xlsx").status_code == 404
    shut = taking_groups(capacity=0, waiting_list=False)
    assert "All seats are taken" in client.get(group_path(shut)).content.decode()
    assert client.post(group_path(shut), {"act": "register"}).status_code == 409


def test_robots_and_a_notice_that_changed(client: Client, event: Event) -> None:
    WordingFactory(event=event)
    answer = send_group(client, event, **members({"name": "Ali"}), **{"x-homepage": "https://spam.example"})
    assert answer.status_code == 422
    answer = client.post(group_path(event), {**CONTACT, "act": "register", "x-shown": "x"})
    assert (answer.status_code, "open for a long time" in answer.content.decode()) == (422, True)


@pytest.mark.usefixtures("standing_clock")
def test_one_network_sends_twenty_groups_an_hour(client: Client) -> None:
    event = taking_groups()
    answers = [
        send_group(client, event, **{**members({"name": "Ali"}), "email": f"c{number}@sample.example"})
        for number in range(21)
    ]
    assert [each.status_code for each in answers] == [302] * 20 + [429]
    assert 'value="c20@sample.example"' in answers[-1].content.decode()


def test_a_corrected_address_of_the_contact_is_no_repetition(client: Client) -> None:
    event = taking_groups()
    path = group_path(event)
    typed = {**CONTACT, **members({"name": "Ali"}), "act": "register", "email": "zerrin@isiklra.example"}
    typed["x-shown"] = old_enough(seal_in(client.get(path).content.decode()))
    for _each in range(2):
        assert client.post(path, typed).status_code == 302
    answer = client.post(path, {**typed, "email": CONTACT["email"]})
    html = answer.content.decode()
    assert (answer.status_code, "This form was sent before" in html, 'value="Ali"' in html) == (422, True, True)
    typed |= {"email": CONTACT["email"], "x-shown": old_enough(seal_in(html))}
    assert client.post(path, typed).status_code == 302
    assert list(Message.objects.order_by("pk").values_list("to_address", flat=True)) == [
        "zerrin@isiklra.example",
        CONTACT["email"],
    ]
    cancel_group(group=RegistrationGroup.objects.get(email=CONTACT["email"]))
    assert client.post(path, typed).status_code == 422
