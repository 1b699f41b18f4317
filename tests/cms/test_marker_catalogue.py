"""No word of a public page is hard-coded, in either language: each comes from a catalogue or from a row."""

import datetime as dt
import inspect
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as site
from django.core.cache import cache
from django.db import transaction
from django.test import Client, RequestFactory
from django.test.signals import template_rendered
from django.test.utils import override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker
from wagtail.models import Page, get_page_models

from cms import views
from cms.blocks import BodyBlock, HomeBlock
from cms.contact.views import LIMIT
from cms.models import ContactPage, HomePage, PracticePage, StandardPage
from cms.views.searching import OFTEN
from events import addresses
from events.documents.process import REASONS
from events.models import (
    Certificate,
    DialogueProgramme,
    Event,
    Job,
    PublicEvent,
    Registration,
    RegistrationGroup,
    RegistrationSettings,
)
from events.registration import check_in, door, undo_check_in
from events.registration.answering import questions_of
from events.registration.certifying import issue_certificate, issue_certificates
from events.registration.keeping import erase_registration
from events.registration.letters import path_of as own_key
from events.sharing import share_key
from events.views.registration import certificates
from tests import database
from tests.cms import marked_site, marked_walk
from tests.cms.factories import makes_pictures
from tests.cms.marked_site import LANGUAGES
from tests.cms.marked_walk import Walk, asking
from tests.events.registration.browsing import enter, fill_in, path_of
from tests.events.registration.group_browsing import enter_group, group_path, members, send_group, turkish_csv
from tests.factories import ProgrammeShareFactory, QuestionFactory
from tests.marks import marked_catalogues, row

pytestmark = [pytest.mark.django_db, makes_pictures]
#: Templates that no reader of the public site gets.
FOR_OTHERS = re.compile(
    r"/admin/|mark_admin|^mail/|^documents/(?!waiting)|preview|^admin|^wagtailadmin|^wagtail_localize|^events/event_series"
)
#: It stands alone, with both languages in it: whatever broke may break the catalogue too (tests/cms/test_views.py).
ALONE = {"500.html"}
MOMENT = dt.datetime(2027, 6, 9, 9, tzinfo=dt.UTC)


@pytest.fixture
def templates() -> Iterator[set[str]]:
    """The names of all templates that are rendered in one test."""
    met: set[str] = set()

    def meet(template: Any, **_named: Any) -> None:
        met.add(template.name)

    template_rendered.connect(meet)
    yield met
    template_rendered.disconnect(meet)


@pytest.fixture(scope="module")
def content(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The marked site, read with marked catalogues, an hour before anything in it begins."""
    with (
        override_settings(MEDIA_ROOT=str(tmp_path_factory.mktemp("media"))),
        time_machine.travel(MOMENT, tick=False),
        marked_catalogues(),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        marked_site.build()
        yield
        transaction.set_rollback(True)


@pytest.fixture(params=LANGUAGES)
def walk(request: pytest.FixtureRequest, content: None) -> Walk:
    return Walk(request.param)


def pages_in(language: str) -> list[Page]:
    found: list[Page] = list(Page.objects.filter(locale__language_code=language, depth__gt=1).specific())
    return found


def test_pages_of_every_type_with_every_block(walk: Walk) -> None:
    pages = pages_in(walk.language)
    for page in pages:
        walk.get(page.url)
    assert walk.found == {}
    assert {type(page) for page in pages} == set(get_page_models()) - {Page}
    about = next(page for page in pages if isinstance(page, StandardPage))
    assert {each.block_type for each in about.body} == set(BodyBlock().child_blocks)
    home = next(page for page in pages if isinstance(page, HomePage))
    assert {each.block_type for each in home.sections} == set(HomeBlock().child_blocks)


def test_lists_in_every_state(walk: Walk) -> None:
    section, practices = f"/{walk.language}/section", f"/{walk.language}/practices/"
    for name in ("members", "people"):
        walk.get(f"{section}/{name}/", q=row("hiç"))
        walk.get(f"{section}/{name}/", kind="municipality", country="XX", on=row("dün"))
    walk.get(f"/{walk.language}/news/", page="2")
    keys = [each.translation_key.hex for each in PracticePage.objects.filter(locale__language_code=walk.language)]
    for ticked in (keys[:1], keys[:3], [*keys[:1], "gone"], [*keys, *"ab"], [*keys[:2], "x&choose=1"]):
        walk.get(f"{practices}?{'&'.join(f'compare={key}' for key in ticked)}")
    walk.get(practices, q=row("hiç"), size="small", theme="x")
    assert walk.found == {}


def test_events_in_every_state(walk: Walk) -> None:
    listed = addresses.event_list_path(walk.language)
    for query in (
        {},
        {"when": "past"},
        {"month": "2027-06"},
        {"kind": "x", "q": row("hiç")},
        {"when": "past", "q": row("hiç")},
    ):
        walk.get(listed, **query)
    for event in Event.objects.order_by("pk"):
        walk.get(addresses.event_path(event.slug, walk.language))
        programme = addresses.programme_path(event.slug, walk.language)
        walk.get(programme)
        walk.get(programme, room="x", language="tr", track="x", person="x")
    for series in DialogueProgramme.objects.all():
        walk.get(addresses.dialogue_programme_path(series.slug, walk.language))
    assert walk.found == {}


def test_an_empty_list_of_events(walk: Walk) -> None:
    PublicEvent.objects.update(status=PublicEvent.Status.WITHDRAWN)
    for when in ("", "past"):
        walk.get(addresses.event_list_path(walk.language), when=when)
    walk.get(f"/{walk.language}/")
    assert walk.found == {}


def test_the_printed_programme_that_is_not_ready_yet(walk: Walk) -> None:
    event = Event.objects.order_by("pk")[0]
    path = addresses.pdf_path(event.slug, walk.language)
    assert walk.get(path).status_code == 202
    job = Job.objects.get(
        kind="render_programme", payload__language=walk.language, payload__release=event.public.release_id
    )
    for code in (*REASONS, "?"):
        job.state, job.error, job.finished_at = Job.State.FAILED, f"SettingFailedError: {code}", MOMENT
        job.save()
        assert walk.note(f"{path} {code}", walk.client.get(path)).status_code == 503
    walk.get(addresses.pdf_path("withdrawn", walk.language))
    assert walk.found == {}


def test_search_in_every_state(walk: Walk) -> None:
    path = {"tr": "/tr/ara/", "en": "/en/search/"}[walk.language]
    for words in ("", row("k"), row("hiç yok"), row("kent"), row("title")):
        walk.get(path, q=words)
    request = RequestFactory().get(path)
    while not OFTEN.wait(request):
        pass
    assert walk.get(path, q=row("kent")).status_code == 429
    assert walk.found == {}


class TestContact:
    def fill(self, walk: Walk, **other: str) -> dict[str, Any]:
        """The form as somebody fills it in who makes no mistake."""
        form = walk.client.get(self.path(walk)).context["form"]
        right = {"email": "ayse@sample.example", "number": "5", "date": "10.06.2027", "phone": "+90 212 000 00 00"}
        chosen = dict.fromkeys(("dropdown", "radio", "checkboxes"), row("Bir"))
        kinds = {each.clean_name: each.field_type for each in self.page(walk).form_fields.all()}
        answers = {name: (right | chosen).get(kind, row("Merhaba")) for name, kind in kinds.items()}
        return {**answers, "x-shown": form["x-shown"].value(), **other}

    def page(self, walk: Walk) -> ContactPage:
        found: ContactPage = ContactPage.objects.get(locale__language_code=walk.language)
        return found

    def path(self, walk: Walk) -> str:
        return f"/{walk.language}/contact/"

    def send(self, walk: Walk, what: str, data: dict[str, Any]) -> int:
        """The status of what is said to a message, after it was read."""
        return walk.note(what, walk.client.post(self.path(walk), data)).status_code

    def test_nothing_or_nonsense_written(self, walk: Walk) -> None:
        assert self.send(walk, "nothing", {}) == 422
        nonsense = {name: row("x" * 300 + "\0") for name in self.fill(walk)}
        assert self.send(walk, "nonsense", nonsense) == 422
        assert self.send(walk, "trap", self.fill(walk, **{"x-homepage": "x"})) == 422
        assert walk.found == {}

    def test_sent_too_quickly_too_late_too_often_and_at_last(self, walk: Walk) -> None:
        filled = self.fill(walk)
        with time_machine.travel(MOMENT + dt.timedelta(seconds=1), tick=False):
            assert self.send(walk, "quickly", filled) == 422
        with time_machine.travel(MOMENT + dt.timedelta(days=1), tick=False):
            assert self.send(walk, "late", filled) == 422
        with time_machine.travel(MOMENT + dt.timedelta(minutes=1), tick=False):
            answer = walk.client.post(self.path(walk), filled, follow=True)
            assert walk.note("sent", answer).status_code == 200
            request = RequestFactory().get(self.path(walk))
            while not LIMIT.wait(request):
                pass
            assert self.send(walk, "often", self.fill(walk) | {"x-shown": filled["x-shown"]}) == 429
        page = self.page(walk)
        page.notice = marked_site.rich("Yeni")
        page.save()
        with time_machine.travel(MOMENT + dt.timedelta(minutes=2), tick=False):
            assert self.send(walk, "changed", filled) == 422
        assert walk.found == {}


class TestRegistering:
    """From the form to the last word, as somebody does it who makes each mistake once."""

    @pytest.fixture
    def event(self, walk: Walk) -> Event:
        return asking()

    def send(self, walk: Walk, event: Event, **typed: str) -> None:
        chosen = {f"q-{each.key}": {"country": "DE", "choice": "v"}[each.kind] for each in questions_of(event.pk)}
        typed = {"name": row("Ayşe"), "organisation": row("Kent"), **chosen, **typed}
        walk.note("sent", fill_in(walk.client, event, language=walk.language, **typed))

    def test_the_form(self, walk: Walk, event: Event) -> None:
        path = path_of(event, walk.language)
        walk.get(addresses.event_path(event.slug, walk.language))
        walk.get(path), walk.get(path, sent="")
        walk.note("nothing", walk.client.post(path, {}))
        self.send(walk, event, email="x")
        walk.get(path_of(Event.objects.get(slug="open"), walk.language))
        walk.get(path_of(Event.objects.get(slug="withdrawn"), walk.language))
        assert walk.found == {}

    def test_ones_own_page(self, walk: Walk, event: Event) -> None:
        self.send(walk, event, email=marked_site.ADDRESS)
        page = enter(walk.client, marked_site.ADDRESS)
        change = marked_walk.change_of(walk, page, event)
        assert walk.get(page).status_code == walk.get(change).status_code == 200
        walk.note("nothing", walk.client.post(change, {}))
        codes = {code.upper() for code in Registration.objects.values_list("code", flat=True)}
        codes |= {".jpg", "JPEG", "1 MB", "0.1 MB"}  # of the file that was sent
        for act in ("verify", "cancel", "erase", "erase:yes"):
            walk.note(act, walk.client.post(page, {"act": act}, follow=True))
            walk.get(f"{page}agenda/")
            if act == "verify":
                marked_walk.all_that_is_held(walk, page, event)
                marked_walk.no_paper(walk, page)
                marked_walk.details(walk, page, event)
                marked_walk.asks_for_sessions(walk, page, event)
        assert {what: words for what, words in walk.found.items() if set(words) - codes} == {}

    def test_a_certificate(self, walk: Walk, event: Event) -> None:
        """One's own once the event is over, and what whoever has the code reads of it."""
        self.send(walk, event, email=marked_site.ADDRESS)
        page = enter(walk.client, marked_site.ADDRESS)
        walk.client.post(page, {"act": "verify"})
        registration = Registration.objects.filter(event=event, state="confirmed").latest("pk")
        place = door.places_of(event)[0].key
        with time_machine.travel(MOMENT + dt.timedelta(days=1), tick=False):
            check_in(registration=registration, place=place)
        with time_machine.travel(MOMENT + dt.timedelta(days=30), tick=False):
            walk.get(page)
            issue_certificate(registration=registration)
            for _time in range(certificates.PAPERS.most):
                certificates.PAPERS.wait(RequestFactory().get("/"))
            walk.get(addresses.own_certificate_path(event.slug, walk.language, page.rstrip("/").rpartition("/")[2]))
            cache.clear()
            certificate = Certificate.objects.get(registration=registration)
            for code in (certificate.code, "nothing"):
                walk.get(addresses.certificate_path(code, walk.language))
            walk.get(addresses.certificates_path(walk.language))
            undo_check_in(registration=registration, place=place)
            issue_certificates(event=event)
            erase_registration(registration=registration)
            walk.get(addresses.certificate_path(certificate.code, walk.language))
        codes = {certificate.code, certificate.label, "NOTHING", registration.code.upper()}
        assert {what: words for what, words in walk.found.items() if set(words) - codes} == {}

    def test_a_group(self, walk: Walk, event: Event) -> None:
        RegistrationSettings.objects.filter(event=event).update(groups=True, substitutes="everybody")
        path, room = group_path(event, walk.language), event.questions.get(kind="choice")
        walk.get(path), walk.get(path, sent="")
        walk.note("nothing", walk.client.post(path, {"act": "register", "m0-name": ""}))
        rows = turkish_csv([row("Ad soyad"), "E-posta"], [[row("Ali"), "x"], [row("Bora"), ""]], "utf-8-sig")
        walk.note("list", send_group(walk.client, event, language=walk.language, act="check", sheet=rows))
        known = {"name": row("Cem"), "email": marked_site.ADDRESS, f"q-{room.key}": "v"}
        self.send(walk, event, email=marked_site.ADDRESS)
        asked = {name: row("Soru") for name in ("label_tr", "label_en", "purpose_tr", "purpose_en")}
        plate = QuestionFactory(event=event, scope="group", **asked)
        contact = {"name": row("Zerrin"), "email": marked_site.ADDRESS, "organisation": row("Kent"), "phone": ""}
        contact[f"q-{plate.key}"] = row("34")
        people = members({"name": row("Ali"), f"q-{room.key}": "v"}, {"name": row("Bora"), f"q-{room.key}": "v"}, known)
        walk.note("sent", send_group(walk.client, event, language=walk.language, **{**contact, **people}))
        page = enter_group(walk.client, marked_site.ADDRESS)
        for act in ("", "verify"):
            walk.note(f"group {act}", walk.client.post(page, {"act": act}, follow=True))
        code = RegistrationGroup.objects.latest("pk").active_members.first().code  # type: ignore[union-attr]
        handle = page.rstrip("/").rpartition("/")[2]
        walk.get(addresses.group_member_path(event.slug, walk.language, handle)), walk.get(f"{page}{code}/")
        correct = addresses.correct_member_path(event.slug, walk.language, handle, str(code))
        walk.get(correct), walk.note("wrong", walk.client.post(correct, {"name": "", "version": "0"}))
        walk.note("substitute", walk.client.post(f"{page}{code}/", {"act": "substitute", "name": ""}))
        alone = Registration.objects.select_related("event__public").filter(group=None).latest("pk")
        own = walk.client.get(own_key(alone, walk.language))["Location"]
        walk.note("own", walk.client.post(own, {"act": "verify"}, follow=True))
        walk.get(addresses.substitute_path(event.slug, walk.language, own.rstrip("/").rpartition("/")[2]))
        marked_walk.new_address(walk, own, alone)
        walk.note("cancelled", walk.client.post(page, {"act": "cancel"}, follow=True))
        codes = {code.upper() for code in Registration.objects.values_list("code", flat=True)}
        codes.add(marked_site.NEW_ADDRESS)
        assert {what: words for what, words in walk.found.items() if set(words) - codes} == {}

    def test_a_lost_link(self, walk: Walk, event: Event) -> None:
        path = addresses.lost_link_path(event.slug, walk.language)
        walk.get(path), walk.get(path, sent="")
        walk.note("nothing", walk.client.post(path, {"email": ""}))
        walk.get(f"{path_of(event, walk.language)}k/{'a' * 10}-{'a' * 26}/")
        assert walk.found == {}


def test_a_working_programme_by_its_link(walk: Walk) -> None:
    share = ProgrammeShareFactory(event=Event.objects.get(slug="kentler-diyalogu-2027"), host=row("Lindenau"))
    page = walk.client.get(addresses.draft_path(share_key(share), walk.language))["Location"]
    walk.get(page)
    walk.note("nothing", walk.client.post(page, {}))
    walk.note("said", walk.client.post(page, {"name": row("Ayşe"), "text": row("Olur")}, follow=True))
    walk.get(page, sent="")
    assert walk.found == {}


def test_what_went_wrong(walk: Walk) -> None:
    walk.get(f"/{walk.language}/hic/")
    walk.get(f"/{walk.language}/%ff/")
    strict = Client(enforce_csrf_checks=True)
    walk.note("stale form", strict.post(f"/{walk.language}/contact/", {}))
    with translation.override(walk.language):
        walk.note("forbidden", views.forbidden(RequestFactory().get(f"/{walk.language}/")))
    assert sorted(walk.states.values()) == [400, 403, 403, 404]
    assert walk.found == {}


def test_what_not_everybody_may_read(walk: Walk) -> None:
    with marked_site.closed(walk.language) as (page, file):
        for path in (page, file):
            answer = walk.get(path)
            action = re.findall(r'<form class="form" method="post" action="([^"]+)"', answer.content.decode())[0]
            walk.note(f"{path} wrong", walk.client.post(action, {"password": "x", "return_url": path}))
    login = f"/{walk.language}/_util/login/"
    walk.get(login, next="/")
    walk.note("wrong", walk.client.post(login, {"username": "x", "password": "x"}))
    assert walk.found == {}


def _walks() -> Iterator[Callable[[Walk], None]]:
    """All ways through the site that are tested above."""
    for name, each in list(globals().items()):
        if name.startswith("test_") and list(inspect.signature(each).parameters) == ["walk"]:
            yield each
    yield from (getattr(TestContact(), name) for name in dir(TestContact) if name.startswith("test_"))
    for name in (name for name in dir(TestRegistering) if name.startswith("test_")):
        yield partial(_registering, getattr(TestRegistering(), name))


def _registering(way: Callable[[Walk, Event], None], walk: Walk) -> None:
    way(walk, asking())


def test_every_template_of_the_public_site_was_read(content: None, templates: set[str]) -> None:
    """By all of the walks above once more: workers share them, so that none of them knows what the others met."""
    for each in _walks():
        database.forget_everything()
        with transaction.atomic():
            each(Walk("tr"))
            transaction.set_rollback(True)
    root = Path(site.BASE_DIR, "templates")
    ours = {str(path.relative_to(root)) for path in root.rglob("*.html") if path.read_text().strip()}
    assert {name for name in ours - templates - ALONE if not FOR_OTHERS.search(name)} == set()
