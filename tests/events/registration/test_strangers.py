"""What strangers learn: nothing. Whoever is registered or has a log-in is answered as those who are not; nobody's letterbox
is flooded; every page is closed to other sites, caches and search engines; nothing is changed without a token.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from events import addresses
from events.models import Event, Job, Message
from events.periodic import run_due_jobs
from tests.cms.second_factor import log_in
from tests.events.registration.applying import apply, taking
from tests.events.registration.browsing import enter, fill_in, filled_in, path_of
from tests.factories import UserFactory
from tests.queries import asked

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "ayseornek@sample.example", "kimse@sample.example"


def said(answer: Any) -> tuple[int, dict[str, str], bytes, list[str]]:
    """All that a stranger sees of an answer; the token's cookie is another each time."""
    return answer.status_code, dict(answer.headers), answer.content, sorted(answer.cookies)


def ask_for_link(event: Event, email: str, language: str) -> list[Any]:
    client = Client(headers={"accept-language": language})
    sent = client.post(addresses.lost_link_path(event.slug, language), {"email": email})
    return [said(sent), client.get(sent["Location"]).content]


def register(event: Event, email: str, language: str) -> list[Any]:
    client = Client(headers={"accept-language": language})
    sent = fill_in(client, event, language=language, email=email)
    return [said(sent), client.get(sent["Location"]).content]


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize("ask", [ask_for_link, register])
def test_every_byte_is_the_same_whoever_is_registered(ask: Any, language: str) -> None:
    event = taking()
    apply(event, "Ayşe Örnek", email=KNOWN)
    assert ask(event, KNOWN, language) == ask(event, UNKNOWN, language)
    run_due_jobs()
    assert Message.objects.filter(to_address=KNOWN, letter="registration_link").count() == 1


@pytest.mark.parametrize("language", ["tr", "en"])
def test_who_is_registered_is_refused_as_others_are(language: str) -> None:
    """The organisation's seats are taken: a stranger who types an address learns nothing of whose it is."""
    event = taking(quota=1, waiting_list=False)
    apply(event, "Ayşe Örnek", email=KNOWN, organisation="Işıklar")
    found = []
    for email in (KNOWN, UNKNOWN):
        sent = fill_in(Client(), event, language=language, email=email, organisation="Işıklar")
        found.append((sent.status_code, sent.content.decode().replace(email, "…")))
    assert (found[0], found[0][0]) == (found[1], 409)
    assert list(event.registrations.values_list("email", "state")) == [(KNOWN, "unverified")]
    # The letter says what the page must not.
    assert Message.objects.filter(to_address=KNOWN, letter="registration_link").count() == 1


def test_as_many_questions_are_asked_whoever_is_registered() -> None:
    """At each door at which somebody may try an address or a name; what is written afterwards, a job writes."""
    event = taking()
    apply(event, "Ayşe Örnek", email=KNOWN)
    UserFactory(username="ayse")
    found = {}
    for ask, known, unknown in (
        (_send_lost, KNOWN, UNKNOWN),
        (_send_form, KNOWN, UNKNOWN),
        (_send_password, "ayse", "ayşe-yok"),
    ):
        ask(event, "warm@sample.example")()
        found[ask.__name__] = [asked(ask(event, who))[1] for who in (known, unknown)]
    assert found == {"_send_lost": [4, 4], "_send_form": [14, 14], "_send_password": [2, 2]}
    assert [job.payload for job in Job.objects.filter(kind="lost_link").order_by("pk")[1:]] == [
        {"registration": event.registrations.get(email=KNOWN).pk, "group": None},
        {"registration": None, "group": None},
    ]


def _send_lost(event: Event, email: str) -> Callable[[], Any]:
    return lambda: Client().post(addresses.lost_link_path(event.slug, "en"), {"email": email})


def _send_form(event: Event, email: str) -> Callable[[], Any]:
    client = Client()
    data = filled_in(client, event, email=email)
    return lambda: client.post(path_of(event), data)


def _send_password(_event: Event, name: str) -> Callable[[], Any]:
    return lambda: log_in(get_user_model()(username=name), password="yanlış")


def test_a_log_in_that_is_refused_does_not_say_why() -> None:
    known = UserFactory(username="ayse")
    found = []
    for name in (known.username, "ayşe-yok"):
        _client, answer = log_in(get_user_model()(username=name), password="yanlış")
        html = answer.content.decode().replace(name, "…")
        found.append((answer.status_code, re.sub(r"\b[A-Za-z0-9]{64}\b", "token", html)))
    assert found[0] == found[1]


def test_a_letterbox_gets_three_letters_an_hour_whatever_strangers_type() -> None:
    """By lost links and by registering, at several events; first letters wait for their hour, others are dropped."""
    events = [taking() for _each in range(6)]
    for event in events:
        for _try in range(3):
            register(event, KNOWN, "en")
            ask_for_link(event, KNOWN, "en")
            run_due_jobs()
    due = sorted(Message.objects.filter(to_address=KNOWN).values_list("due_at", flat=True))
    hour = timedelta(hours=1)
    assert max(sum(first <= other < first + hour for other in due) for first in due) == 3


def test_every_page_of_a_registration_is_closed_to_others(client: Client) -> None:
    event = taking()
    fill_in(client, event)
    own = enter(client, "ayse@sample.example")
    pages = [
        path_of(event),
        f"{path_of(event)}?sent",
        addresses.lost_link_path(event.slug, "en"),
        own,
        f"{own}data.json",
    ]
    for path in pages:
        answer = client.get(path)
        assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex, nofollow, noarchive"), path
        assert answer["Cache-Control"] == "private, no-store"
        assert (answer["Referrer-Policy"], answer["X-Content-Type-Options"]) == ("same-origin", "nosniff")
        assert (answer["X-Frame-Options"], answer["Cross-Origin-Opener-Policy"]) == ("DENY", "same-origin")
        assert "unsafe-inline" not in answer["Content-Security-Policy"]
        assert "camera=" in answer["Permissions-Policy"]


def patterns(resolver: URLResolver, before: str = "/") -> list[tuple[str, Any]]:
    found = []
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += patterns(pattern, path)
        else:
            assert isinstance(pattern, URLPattern)
            found.append((path, pattern.callback))
    return found


def test_no_view_does_without_the_token(administrator: Client) -> None:
    """Exempt are addresses that take no POST, the provider's, which proves itself by a secret, and Wagtail's interfaces
    for its own scripts, which ask for the token by themselves.
    """
    views = patterns(get_resolver())
    assert len(views) > 450
    exempt = {path: view.__module__ for path, view in views if getattr(view, "csrf_exempt", False)}
    ours = {path for path, module in exempt.items() if module.startswith(("cms.", "events."))}
    assert {path.lstrip("/^").partition("/")[0] for path in ours} == {"calendars", "exchange", "webhooks"}
    for path in exempt.keys() - ours:
        address = re.sub(r"<\w+:\w+>", "1", path.replace("^", ""))
        found = {administrator.post(address).status_code, administrator.put(address).status_code}
        assert found <= {403, 404, 405}, (address, found)


@pytest.fixture
def administrator() -> Client:
    """Logged in, in a browser that brings no token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(admin=True))
    return client


def test_a_post_without_the_token_is_refused_and_changes_nothing() -> None:
    event = taking()
    strict = Client(enforce_csrf_checks=True)
    for path in (path_of(event), addresses.lost_link_path(event.slug, "en")):
        assert strict.post(path, {"name": "Ayşe", "email": KNOWN}).status_code == 403
    assert (event.registrations.count(), Message.objects.count()) == (0, 0)
