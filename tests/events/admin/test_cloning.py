"""Copying an event and starting from a template, in the admin: first what would come, then the event."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from events.models import Event, EventTemplate
from tests.accessible import axe, too_wide
from tests.browser import open_at
from tests.events.admin.conftest import Open
from tests.factories import EventFactory, SessionFactory

ALL = ["texts", "sessions", "people", "places", "tracks", "organisations"]


def page(name: str, *args: Any) -> str:
    return reverse(f"event_admin:{name}", args=args)


def shown(response: Any) -> list[tuple[str, list[str]]]:
    return [(day.words, [str(item.title) for item in day.items]) for day in response.context["forecast"].days]


def test_the_clone_is_shown_before_it_is_made(at_officer: Client) -> None:
    event = EventFactory(title_tr="Forum", title_en="Forum")
    SessionFactory(event=event, title_en="Opening")
    SessionFactory(event=event, day=event.starts_on + dt.timedelta(days=1), title_en="Excursion")
    SessionFactory(event=event, cancelled=True)
    address = page("clone", event.pk)
    form = at_officer.get(address).context["form"]
    assert (form["title_en"].value(), form["parts"].value()) == ("Forum", ALL)
    posted = {"title_tr": "Forum", "title_en": "Forum", "starts_on": "3.5.2028", "parts": ALL, "slug": ""}
    seen = at_officer.post(address, {**posted, "preview": "1"})
    assert shown(seen) == [("Wednesday 3 May 2028", ["Opening"]), ("Thursday 4 May 2028", ["Excursion"])]
    body = " ".join(seen.content.decode().split())
    assert "1 session lies outside the days of the event." in body
    assert "1 cancelled session stays behind." in body
    assert Event.objects.count() == 1
    done = at_officer.post(address, {**posted, "do": "1"}, follow=True)
    made = Event.objects.exclude(pk=event.pk).get()
    assert done.redirect_chain == [(page("home", made.pk), 302)]
    assert (made.slug, made.starts_on, made.sessions.count()) == ("forum", dt.date(2028, 5, 3), 2)


@pytest.mark.parametrize("name", ["clone", "from_template"])
def test_a_form_sent_twice_makes_one_event(name: str, at_officer: Client) -> None:
    """A second press of the button, or a retry after a cut line; a form opened anew makes another."""
    event = EventFactory(title_en="Forum")
    SessionFactory(event=event)
    address = page("clone", event.pk) if name == "clone" else page("from_template", "workshop")
    posted = {"title_en": "Buluşma", "starts_on": "3.5.2028", "do": "1"}
    found = []
    for _form in range(2):
        opened = at_officer.get(address)
        once = opened.context["form"]["once"].value()
        assert f'name="once" value="{once}"' in opened.content.decode()
        found += [at_officer.post(address, {**posted, "once": once})["Location"] for _press in range(2)]
    assert (found[0] == found[1] != found[2] == found[3], Event.objects.count()) == (True, 3)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"starts_on": ""}, "starts_on"),
        ({"starts_on": "yarın"}, "starts_on"),
        ({"starts_on": "31.12.9999"}, "starts_on"),
        ({"title_tr": "", "title_en": ""}, "title_tr"),
        ({"slug": "events"}, "slug"),
        ({"slug": "taken"}, "slug"),
        ({"parts": ["money"]}, "parts"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(typed: dict[str, Any], field: str, at_officer: Client) -> None:
    event = EventFactory(slug="taken", with_sessions=1)
    posted = {"title_tr": "Yeni", "title_en": "", "starts_on": "2028-05-03", "parts": ALL, "slug": "", "do": "1"}
    response = at_officer.post(page("clone", event.pk), {**posted, **typed})
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    kept = response.context["form"]["title_tr"].value()
    assert (kept, Event.objects.count()) == (typed.get("title_tr", "Yeni"), 1)


def test_a_template_of_ours_begins_a_new_event(at_officer: Client) -> None:
    names = [str(each.name) for each in at_officer.get(page("templates")).context["templates"]]
    assert names == ["Conference day", "Study visit", "Workshop or training"]
    address = page("from_template", "study_visit")
    posted = {"title_tr": "Ziyaret", "title_en": "Visit", "starts_on": "3 May", "slug": ""}
    assert list(at_officer.post(address, {**posted, "do": "1"}).context["form"].errors) == ["starts_on"]
    posted["starts_on"] = "2028-05-03"
    assert [day for day, _items in shown(at_officer.post(address, {**posted, "preview": "1"}))] == [
        "Wednesday 3 May 2028",
        "Thursday 4 May 2028",
        "Friday 5 May 2028",
    ]
    at_officer.post(address, {**posted, "do": "1"})
    made = Event.objects.get()
    assert (made.slug, made.kind, made.sessions.count(), made.parties.count()) == ("ziyaret", "study_visit", 19, 2)


def test_an_own_template_is_kept_used_and_dropped(at_officer: Client) -> None:
    event = EventFactory(title_tr="Forum", with_sessions=2)
    address = page("keep_template", event.pk)
    refused = at_officer.post(address, {"name_tr": "", "name_en": "", "parts": ["sessions"]})
    assert list(refused.context["form"].errors) == ["name_tr"]
    at_officer.post(address, {"name_tr": "Bizim forum", "name_en": "", "parts": ["sessions"]})
    template = EventTemplate.objects.get()
    assert [each.key for each in at_officer.get(page("templates")).context["templates"]][-1] == str(template.pk)
    posted = {"title_tr": "Yeni", "title_en": "", "starts_on": "2028-05-03", "slug": "", "do": "1"}
    at_officer.post(page("from_template", template.pk), posted)
    assert Event.objects.get(slug="yeni").sessions.count() == 2
    assert at_officer.post(page("drop_template", template.pk)).status_code == 302
    assert EventTemplate.objects.count() == 0
    for gone in (page("from_template", template.pk), page("from_template", "no-such"), page("from_template", "9" * 30)):
        assert at_officer.get(gone).status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("locale", "width"), [("tr-TR", 390), ("en-GB", 1280)])
def test_everybody_can_use_it(live_server: Any, open_page: Open, locale: str, width: int) -> None:
    event = EventFactory(with_sessions=2, title_tr="Forum")
    template = EventTemplate.objects.create(kind="workshop", name_tr="Bizim", blueprint={"facts": {"kind": "workshop"}})
    shown_page: Page = open_page(locale=locale, width=width)
    for address in (
        page("clone", event.pk),
        page("keep_template", event.pk),
        page("templates"),
        page("from_template", "workshop"),
        page("drop_template", template.pk),
    ):
        open_at(shown_page, address)
        assert (address, axe(shown_page), too_wide(shown_page)) == (address, [], False)
    open_at(shown_page, page("from_template", "conference"))
    shown_page.locator("[name=title_tr]").fill("Yeni")
    shown_page.locator("[name=starts_on]").fill("2028-05-03")
    shown_page.locator("[name=preview]").click()
    expect(shown_page.locator(".event-forecast").first).to_be_visible()
    assert (axe(shown_page), too_wide(shown_page)) == ([], False)
    shown_page.locator("[name=do]").click()
    expect(shown_page.locator("#sessions")).to_be_visible()
    assert Event.objects.get(slug="yeni").sessions.count() == 14
