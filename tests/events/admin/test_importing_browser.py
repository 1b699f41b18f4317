"""The import wizard and the jobs page in a real browser, in both languages, with a script and without."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from events import periodic
from events.models import Event, Job, ProgrammeImport
from tests.browser import open_at, settle
from tests.events.admin.conftest import Open
from tests.events.test_imports import MANY, rows
from tests.factories import EventFactory, JobFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNKNOWN = (
    "Programımız;;;;\nNe vakit;Kaçta;Biter;Konusu ne;Nerede\n"
    "10.06.2027;09:00;10:00;Açılış;Büyük Salon\n10.06.2027;11:00;10:00;Ters;Büyük Salon\n"
)
#: What an officer presses and reads, by language.
WORDS = {
    "en-GB": {"try": "Try it", "do": "Import now", "room": "Room", "refused": "refused", "done": "was imported"},
    "tr-TR": {
        "try": "Dene",
        "do": "Şimdi içe aktar",
        "room": "Salon",
        "refused": "reddedilen",
        "done": "içe aktarıldı",
    },
}
BOTH = pytest.mark.parametrize("locale", list(WORDS))


@pytest.fixture
def event(live_server: Any) -> Event:
    made: Event = EventFactory(title_tr="İklim Forumu", title_en="Climate Forum")
    return made


def choose(page: Page, event: Event, data: bytes, name: str = "program.csv") -> None:
    """Choose a file on the first page of the wizard, and try it."""
    open_at(page, reverse("event_admin:import", args=[event.pk]))
    page.locator("[name=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})
    page.locator("form[enctype] button[type=submit]").click()


def faults(page: Page) -> list[str]:
    """What axe says of a page at rest, and whether it scrolls sideways."""
    settle(page)
    # A message comes in gently, whatever the reader prefers; half-way it is too pale for axe.
    expect(page.locator(".ready")).to_be_attached()
    page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished)).then(() => true)")
    found = Axe().run(page).response["violations"]
    said = [f"{page.url}: {each['id']} {[node['target'] for node in each['nodes']]}" for each in found]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
        said.append(f"{page.url}: sideways")
    return said


@BOTH
@pytest.mark.parametrize(("script", "width"), [(True, 390), (False, 1280)])
def test_a_programme_comes_in_by_the_wizard(
    locale: str, script: bool, width: int, event: Event, open_page: Open
) -> None:
    """Unknown column names matched, tried, done; each step has its address and nothing for axe to say."""
    page, words, said = open_page(locale=locale, script=script, width=width), WORDS[locale], []
    open_at(page, reverse("event_admin:import", args=[event.pk]))
    said += faults(page) if script else []
    choose(page, event, UNKNOWN.encode())
    page.wait_for_url("**/columns/")
    expect(page.locator("[name=column-4]")).to_have_value("title")
    said += faults(page) if script else []
    page.get_by_label("Nerede", exact=True).select_option(label=words["room"])
    page.get_by_role("button", name=words["try"]).click()
    page.wait_for_url("**/trial/")
    expect(page.locator(".import-rows tbody tr")).to_have_count(2)
    said += faults(page) if script else []
    page.locator(".import-filters").get_by_role("link", name=words["refused"]).click()
    expect(page.locator(".import-rows tbody tr")).to_have_count(1)
    expect(page.locator(".import-remarks")).to_contain_text("Biter “10:00”")
    assert event.sessions.count() == 0
    page.get_by_role("button", name=words["do"]).click()
    page.wait_for_url("**/done/**")
    expect(page.get_by_role("heading", name=words["done"])).to_be_visible()
    said += faults(page) if script else []
    assert said == []
    assert list(event.sessions.values_list("title_tr", "room__name_tr")) == [("Açılış", "Büyük Salon")]


def test_a_large_file_shows_how_far_it_is_and_what_came_of_it(event: Event, page: Page) -> None:
    """The page follows its job by itself, from the trial to the act."""
    choose(page, event, rows(MANY))
    page.wait_for_url("**/trial/")
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    assert faults(page) == []
    Job.objects.update(state="running", done=30, total=120)
    expect(page.get_by_role("progressbar")).to_have_js_property("value", 25)
    Job.objects.update(state="queued")
    periodic.run_due_jobs()
    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_role("heading", name="is being imported")).to_be_visible()
    periodic.run_due_jobs()
    page.wait_for_url("**/done/**")
    assert event.sessions.count() == MANY


def test_without_a_script_the_page_comes_again_by_itself(event: Event, open_page: Open) -> None:
    page = open_page(script=False)
    choose(page, event, rows(MANY))
    page.wait_for_url("**/trial/")
    periodic.run_due_jobs()
    expect(page.get_by_role("button", name="Import now")).to_be_visible()


def test_a_file_that_is_none_is_refused_beside_its_field(event: Event, page: Page) -> None:
    choose(page, event, b"\x89PNG\r\n\x81\x8d", "picture.xlsx")
    expect(page.locator(".error-message")).to_contain_text("The characters of this file cannot be read.")
    assert faults(page) == []
    assert ProgrammeImport.objects.count() == 0


@BOTH
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_has_nothing_to_say_of_jobs(locale: str, width: int, event: Event, open_page: Open) -> None:
    """In every state, in the list and alone."""
    owner, now = UserFactory(), timezone.now()
    payload = {"upload": 0, "event": event.pk}
    rows = [
        JobFactory(kind="try_import", payload=payload, owner=owner, **named)
        for named in (
            {"state": "queued"},
            {"state": "running", "done": 30, "total": 120},
            {"state": "done", "finished_at": now, "result": {"created": 3}},
            {"failed": True, "finished_at": now},
            {"state": "cancelled", "finished_at": now},
        )
    ]
    page, said = open_page(locale=locale, width=width), []
    paths = [reverse("admin_job:index"), *(reverse("admin_job:inspect", args=[job.pk]) for job in rows)]
    for path in (*paths, reverse("admin_job:retry", args=[rows[3].pk])):
        open_at(page, path)
        said += faults(page)
    assert said == []


def test_the_list_of_jobs_keeps_itself_up_to_date(event: Event, page: Page) -> None:
    """What changed is drawn and spoken; where the focus is nothing moves until it has gone."""
    payload = {"upload": 0, "event": event.pk}
    job = JobFactory(kind="try_import", payload=payload, owner=UserFactory())
    open_at(page, reverse("admin_job:index"))
    cell = page.locator(f'[data-job="{job.pk}"][data-part="state"]')
    expect(cell).to_contain_text("Waiting for its turn")
    Job.objects.update(state="running", done=30, total=120)
    expect(cell.get_by_role("progressbar")).to_have_js_property("value", 25)
    spoken = page.locator("[data-job-list-target=said]")
    expect(spoken).to_have_text("Try a file: Climate Forum: 25 per cent done")
    Job.objects.update(state="queued", done=0, total=None)
    page.get_by_role("link", name="Call off").focus()
    Job.objects.update(state="failed", error="TimeoutExpired: 60", finished_at=timezone.now())
    with page.expect_response("**/jobs/state/**"):
        pass
    expect(page.get_by_role("link", name="Call off")).to_be_focused()
    page.get_by_role("link", name="Climate Forum", exact=True).focus()
    expect(cell).to_contain_text("It took too long and was stopped.")
    expect(spoken).to_have_text("Try a file: Climate Forum: Failed")
    expect(page.get_by_role("link", name="Climate Forum", exact=True)).to_be_focused()
    expect(cell.get_by_role("link", name="Try again")).to_be_visible()
