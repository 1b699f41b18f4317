"""Languages, broken addresses and headers, as every answer of the site has them."""

from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from cms import middleware


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/tr/etkinlikler/", "tr"),
        ("/en/events/", "en"),
        ("/calendars/en/events.ics", "en"),
        ("/calendars/tr/my/abc.ics", "tr"),
        ("/documents/tr-en/forum/programme.pdf", "tr"),
        ("/documents/en/forum/programme.pdf", "en"),
        ("/calendars", None),
        ("/calendars/de/events.ics", None),
        ("/e/abcd2345", None),
        ("/tr-en/", None),
        ("/trabzon/", None),
        ("/", None),
        ("", None),
    ],
)
def test_an_address_names_its_language(path: str, language: str | None) -> None:
    assert middleware.language_in_path(path) == language


def answer(path: str, **headers: str) -> HttpResponse:
    """What the language middleware makes of a view that says nothing."""
    view = middleware.choose_language(lambda request: HttpResponse())
    response = view(RequestFactory().get(path, headers=headers))
    assert isinstance(response, HttpResponse)
    return response


def test_a_feed_does_not_vary_and_a_short_link_does() -> None:
    told = {
        path: (response.headers.get("Vary"), response.headers["Content-Language"])
        for path in ("/calendars/en/events.ics", "/tr/etkinlikler/", "/e/abcd2345")
        for response in [answer(path, **{"accept-language": "en"})]
    }
    assert told == {
        "/calendars/en/events.ics": (None, "en"),
        "/tr/etkinlikler/": (None, "tr"),
        "/e/abcd2345": ("Accept-Language", "en"),
    }


BROKEN = ["%00", "a%00b", "%ff", "%C3%28", "%ED%A0%80", "%80"]
ADDRESSES = ["/tr/etkinlikler/{}/", "/en/events/{}/", "/calendars/tr/{}.ics", "/e/{}", "/admin/{}/", "/{}"]


@pytest.mark.django_db
@pytest.mark.parametrize("broken", BROKEN)
def test_broken_addresses_are_refused(client: Client, broken: str) -> None:
    answers = {address: client.get(address.format(broken)).status_code for address in ADDRESSES}
    answers |= {"?q=": client.get(f"/en/events/?q={broken}").status_code}
    answers |= {"?x": client.get(f"/en/events/?{broken}=1").status_code}
    answers |= {"post": client.post(f"/en/events/{broken}/").status_code}
    assert set(answers.values()) == {400}


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["9" * 5000, "1" + "0" * 30, quote("ığdır"), "%2500", "\u2028".join("ab")])
def test_odd_addresses_are_not_found(client: Client, odd: str) -> None:
    assert {client.get(address.format(odd)).status_code for address in ADDRESSES} == {404, 302}


def test_too_many_parameters_are_no_server_error(client: Client) -> None:
    query = "&".join(f"a{number}=1" for number in range(20_000))
    assert client.get(f"/healthz?{query}").status_code == 200


@pytest.mark.django_db
def test_bytes_that_are_no_utf8_are_refused_unquoted_too(client: Client) -> None:
    queries = {"q=\xff": 400, "q=%FF": 400, "q=ış".encode().decode("latin-1"): 200, "q=i%C5%9F": 200}
    assert {query: client.get("/en/events/", QUERY_STRING=query).status_code for query in queries} == queries


@pytest.mark.django_db
def test_a_nul_in_a_cookie_is_refused(client: Client) -> None:
    cookies = {'session="abcdefgh\\000ij"': 400, "session=abcdefghij": 302}
    answers = {cookie: client.get("/admin/", headers={"cookie": cookie}).status_code for cookie in cookies}
    assert answers == cookies


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        f"/files/{'9' * 5000}/x.pdf",
        f"/files/{'٩' * 5000}/x.pdf",
        f"/media/images/{'a' * 300}.png",
        f"/media/images/{'a/' * 4000}",
        "/media/images/a.png/b",
    ],
)
def test_files_that_cannot_be_are_not_found(client: Client, address: str) -> None:
    images = Path(settings.MEDIA_ROOT) / "images"
    images.mkdir(parents=True, exist_ok=True)
    (images / "a.png").touch()
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/en/events/?q=%00"])
def test_headers_of_a_public_answer(client: Client, address: str) -> None:
    response = client.get(address)
    names = {
        "Content-Security-Policy": middleware.PUBLIC_POLICY,
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert {name: response.headers.get(name) for name in names} == names
    assert "unsafe" not in middleware.PUBLIC_POLICY
    assert (response.cookies, response.headers.get("Set-Cookie")) == ({}, None)


@pytest.mark.django_db
def test_only_the_admin_has_the_looser_policy(client: Client) -> None:
    policies = {
        path: client.get(path).headers["Content-Security-Policy"]
        for path in ("/admin/login/", "/administration/", "/en/admin/", "/")
    }
    assert policies == {
        "/admin/login/": middleware.ADMIN_POLICY,
        "/administration/": middleware.PUBLIC_POLICY,
        "/en/admin/": middleware.PUBLIC_POLICY,
        "/": middleware.PUBLIC_POLICY,
    }


@pytest.mark.django_db
def test_a_foreign_host_is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
