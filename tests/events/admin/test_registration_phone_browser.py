"""The list of registrations on the narrowest phone: readable without scrolling sideways, and still a table."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from playwright.sync_api import Page, expect

from events.models import CheckIn, Event
from events.registration import Filled, verify
from tests.accessible import axe, too_wide
from tests.browser import open_at
from tests.events.admin.conftest import Open
from tests.events.registration.applying import apply, taking
from tests.factories import QuestionFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Büyükşehirbelediyelerarası İşbirliği ve Uluslararası Dayanışma Platformu Genel Sekreterliği"
NAME = "Gülşen Büyükkaraağaçlıoğlu"
#: Chromium's own tree, as a screen reader is told it.
_TREE = """table => [...table.querySelectorAll("[role=row]")].map(row =>
  [...row.children].map(each => each.getAttribute("role")))"""


@pytest.fixture
def event(live_server: Any) -> Event:
    """Three wait, one with long names; a question is asked, and one of them came."""
    made = taking(approval=True)
    menu = QuestionFactory(event=made, label_tr="Yemek tercihi", label_en="Which menu")
    rows = [
        verify(
            registration=apply(
                made,
                name,
                organisation=office,
                role="Genel Sekreter Yardımcısı",
                filled=Filled(answers={menu: "Etsiz"}),
            )
        )
        for name, office in (("Ali Örnek", "Ilgaz"), ("Işıl Çağlar", ""), (NAME, LONG))
    ]
    CheckIn.objects.create(
        registration=rows[0], place=str(made.starts_on), state="present", at=rows[0].registered_at, day=made.starts_on
    )
    return made


def listed(page: Page, event: Event) -> None:
    question = event.questions.get()
    open_at(page, f"/admin/events/{event.pk}/registrations/?columns={question.key}")


@pytest.mark.parametrize(
    ("locale", "labels"),
    [
        ("tr-TR", ["Katılım", "Yemek tercihi", "Kayıt zamanı"]),
        ("en-GB", ["Attendance", "Which menu", "Registered"]),
    ],
)
def test_a_row_is_stacked_with_what_matters_first(
    event: Event, open_page: Open, locale: str, labels: list[str]
) -> None:
    page = open_page(UserFactory(in_group="Registration officers"), locale=locale, width=360)
    listed(page, event)
    assert not too_wide(page)
    row = page.locator(".reg-list tbody tr").filter(has_text=NAME)
    places = [each.bounding_box() for each in row.locator("td").all()]
    assert all(each and each["x"] >= 0 and each["x"] + each["width"] <= 360 for each in places)
    tick, name, office, state, *_rest = [each for each in places if each]
    assert abs(tick["y"] - name["y"]) < 8
    assert tick["x"] + tick["width"] <= name["x"]
    assert name["y"] < office["y"] < state["y"]
    told = row.locator("td").evaluate_all("all => all.map(each => getComputedStyle(each, '::before').content)")
    assert [each for each in told if each != "none"] == [f'"{each}: "' for each in labels]
    assert axe(page) == []


def test_it_is_a_table_for_who_hears_it_and_can_be_ticked(event: Event, open_page: Open) -> None:
    page = open_page(UserFactory(in_group="Registration officers"), width=360)
    listed(page, event)
    table = page.get_by_role("table", name="Registrations")
    heads = table.get_by_role("columnheader").all_inner_texts()
    assert heads == ["Choose", "Name", "Organisation", "State", "Attendance", "Which menu", "Registered"]
    assert table.evaluate(_TREE) == [["columnheader"] * 7, *([["cell"] * 7] * 3)]
    box = page.get_by_role("checkbox", name=f"Choose {NAME}")
    size = box.bounding_box()
    assert size
    assert (size["width"] >= 24, size["height"] >= 24) == (True, True)
    box.check()
    page.get_by_label("What to do").last.select_option("approve")
    page.get_by_role("button", name="Do it").click()
    expect(page.locator(".reg-list tr").filter(has_text=NAME)).to_contain_text("confirmed")


def test_who_only_reads_sees_no_gap_where_the_boxes_would_be(event: Event, open_page: Open) -> None:
    reader = UserFactory(in_group="Report readers")
    reader.user_permissions.add(Permission.objects.get(codename="view_registration"))
    page = open_page(reader, width=360)
    listed(page, event)
    cells = page.locator(".reg-list tbody tr").first.locator("td")
    lefts = {round(box["x"]) for each in cells.all() if (box := each.bounding_box())}
    assert (len(lefts), too_wide(page)) == (1, False)
