"""The way in, and the site's health."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from cms import views
from events.release import release_programme, withdraw_event
from tests.factories import EventFactory


def test_root_leads_to_the_readers_language(client: Client) -> None:
    answers = {
        accept: client.get("/", headers={"accept-language": accept})
        for accept in ("tr-TR,tr;q=0.9", "en-GB,en;q=0.8", "de", "")
    }
    assert {accept: answer.headers["Location"] for accept, answer in answers.items()} == {
        "tr-TR,tr;q=0.9": "/tr/",
        "en-GB,en;q=0.8": "/en/",
        "de": "/tr/",
        "": "/tr/",
    }
    assert {answer.headers["Vary"] for answer in answers.values()} == {"Accept-Language"}


def test_healthz_asks_no_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_each_language_has_its_home_from_the_first_start(client: Client) -> None:
    answers = {path: client.get(path) for path in ("/tr/", "/en/")}
    assert {path: answer.status_code for path, answer in answers.items()} == {"/tr/": 200, "/en/": 200}
    heads = {path: answer.context["head"] for path, answer in answers.items()}
    both = {"tr": "http://testserver/tr/", "en": "http://testserver/en/"}
    assert {path: (head.language, head.alternates, head.other_path) for path, head in heads.items()} == {
        "/tr/": ("tr", both, "/en/"),
        "/en/": ("en", both, "/tr/"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize(
    ("view", "status"),
    [(views.bad_request, 400), (views.forbidden, 403), (views.csrf_failure, 403), (views.not_found, 404)],
)
def test_what_goes_wrong_is_said_in_the_readers_language(
    rf: RequestFactory, view: Any, status: int, language: str
) -> None:
    with translation.override(language):
        answer = view(rf.get("/"))
    assert answer.status_code == status
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status", "other"),
    [
        ("/tr/yok/", 404, "/en/yok/"),
        ("/en/no/such/page/", 404, "/tr/no/such/page/"),
        ("/en//evil.example/", 404, "/tr/"),
        ("/nothing", 404, "/tr/"),
        ("/en/events/withdrawn/", 410, "/tr/etkinlikler/withdrawn/"),
        ("/en/events/withdrawn/programme/", 410, "/tr/etkinlikler/withdrawn/program/"),
        ("/en/events/?q=%00", 400, "/tr/events/"),
    ],
)
def test_an_error_is_said_in_the_other_language_too_and_names_ways_on(
    client: Client, path: str, status: int, other: str
) -> None:
    withdrawn = EventFactory(slug="withdrawn", with_sessions=1)
    release_programme(event=withdrawn)
    withdraw_event(event=withdrawn)
    answer = client.get(path, headers={"accept-language": "en"})
    html = answer.content.decode()
    assert (answer.status_code, re.findall(r'class="tongues"\s+href="([^"]*)"', html)) == (status, [other])
    language = "tr" if path.startswith("/tr/") else "en"
    ways = {"tr": ["/tr/ara/", "/tr/etkinlikler/", "/tr/"], "en": ["/en/search/", "/en/events/", "/en/"]}[language]
    main = html.partition("<main")[2].partition("</main>")[0]
    assert re.findall(r'(?:action|href)="([^"]*)"', main) == ways


def test_a_fault_of_ours_is_said_in_both_languages_with_nothing_but_itself(rf: RequestFactory) -> None:
    answer = views.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert ["Bir şey bozuldu" in answer.content.decode(), "Something broke" in answer.content.decode()] == [True, True]


@pytest.mark.django_db
def test_a_form_of_another_site_is_refused_in_the_sites_dress() -> None:
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})
    assert (answer.status_code, '<html lang="tr"' in answer.content.decode()) == (403, True)


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["..", "%2e%2e", "a/../.."])
def test_no_picture_leads_to_files(client: Client, settings: Any, tmp_path: Path, step: str) -> None:
    """Pictures are everybody's; for any other file Wagtail asks who reads it."""
    settings.MEDIA_ROOT = str(tmp_path)
    for name in ("images/logo.txt", "documents/list.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("content")
    picture = client.get("/media/images/logo.txt")
    assert b"".join(picture.streaming_content) == b"content"
    picture.close()
    assert client.get(f"/media/images/{step}/documents/list.txt").status_code in (400, 404)
