"""The working programme behind a link: one answer to every wrong key, kept by nobody, read like the public page."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from events.addresses import draft_path, programme_path
from events.models import HostComment, ProgrammeShare
from events.release import release_programme
from events.sharing import revoke_share, share_key
from tests.factories import (
    ContributionFactory,
    EventFactory,
    PersonFactory,
    ProgrammeShareFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def share() -> ProgrammeShare:
    """Lindenau may see the visit with its drafts: an opening, a draft, a staff meeting."""
    made: ProgrammeShare = ProgrammeShareFactory(event__title_en="The Visit", event__slug="visit", host="Lindenau")
    opening = SessionFactory(event=made.event, confirmed=True, title_en="Opening", host_notes="The mayor is late")
    ContributionFactory(session=opening, person=PersonFactory(name="Łucja Przykład"))
    SessionFactory(event=made.event, title_en="Only a thought")
    SessionFactory(event=made.event, confirmed=True, restricted=True, title_en="Behind closed doors")
    return made


def let_in(share: ProgrammeShare, language: str = "en") -> tuple[Client, str]:
    """A browser that came by the link, and where it is now."""
    client = Client()
    entered = client.get(draft_path(share_key(share), language))
    assert entered.status_code == 302
    return client, entered["Location"]


def test_the_key_is_in_no_address_that_stays(share: ProgrammeShare) -> None:
    key = share_key(share)
    entered = Client().get(draft_path(key, "en"))
    assert (entered.status_code, entered["Location"]) == (302, draft_path(share.link.handle, "en"))
    cookies = {name: dict(cookie.items()) for name, cookie in entered.cookies.items()}
    assert set(cookies) == {"link-draft-tr", "link-draft-en"}
    for language in ("tr", "en"):
        cookie = cookies[f"link-draft-{language}"]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
            draft_path(share.link.handle, language),
            True,
            "Lax",
        )
        assert 29 * 86400 < int(cookie["max-age"]) <= 30 * 86400
    client, path = let_in(share)
    body = client.get(path).content.decode()
    assert key.partition("-")[2] not in body


def test_over_https_the_cookie_is_secure(share: ProgrammeShare) -> None:
    with override_settings(HTTPS=True):
        entered = Client().get(draft_path(share_key(share), "en"))
    assert entered.cookies["link-draft-en"]["secure"] is True


def test_it_is_marked_and_kept_by_nobody(share: ProgrammeShare) -> None:
    client, path = let_in(share)
    response = client.get(path)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert (response["X-Robots-Tag"], response["Referrer-Policy"]) == ("noindex, nofollow, noarchive", "same-origin")
    body = " ".join(response.content.decode().split())
    assert "Working draft, not released." in body
    assert '<meta name="robots" content="noindex">' in body
    assert ("Shared with Lindenau" in body, "Łucja Przykład" in body) == (True, True)
    assert (programme_path("visit", "en") in body, "application/ld+json" in body) == (False, False)
    assert Client().get(programme_path("visit", "en")).status_code == 404


@pytest.mark.parametrize(
    ("sees", "titles"),
    [
        ({}, (True, True, False)),
        ({"drafts": False}, (True, False, False)),
        ({"restricted": True}, (True, True, True)),
        ({"drafts": False, "restricted": True}, (True, False, True)),
    ],
)
def test_only_what_the_officer_meant_and_never_the_notes(
    sees: dict[str, bool], titles: tuple[bool, ...], share: ProgrammeShare
) -> None:
    ProgrammeShare.objects.update(**sees)
    client, path = let_in(share)
    body = client.get(path).content.decode()
    assert tuple(title in body for title in ("Opening", "Only a thought", "Behind closed doors")) == titles
    assert "The mayor is late" not in body


def test_drafts_shown_here_are_released_nowhere(share: ProgrammeShare) -> None:
    release = release_programme(event=share.event)
    assert release
    assert [raw["title"]["en"] for raw in release.open_public()["sessions"]] == ["Opening"]


def test_both_languages_are_open_to_who_came_by_one(share: ProgrammeShare) -> None:
    client, path = let_in(share, "tr")
    assert path == draft_path(share.link.handle, "tr")
    assert "Yayımlanmamış çalışma taslağı." in client.get(path).content.decode()
    assert client.get(draft_path(share.link.handle, "en")).status_code == 200


def test_every_key_that_opens_nothing_gets_the_same_answer(share: ProgrammeShare, client: Client) -> None:
    key, ended = share_key(share), ProgrammeShareFactory(ends_in=dt.timedelta(days=-1))
    revoked = ProgrammeShareFactory()
    revoked_key = share_key(revoked)
    revoke_share(share=revoked, by=None)
    other = ProgrammeShareFactory()
    stranger, _path = let_in(other)
    answers = [
        client.get(draft_path(each, "en"))
        for each in (
            revoked_key,
            share_key(ended),
            share.link.handle,
            key[:-1] + ("a" if key[-1] != "a" else "b"),
            "no-such",
            "x" * 500,
        )
    ]
    answers += [stranger.get(draft_path(share.link.handle, "en")), client.post(draft_path(key, "en"), {})]
    bodies = {answer.content.replace(answer.wsgi_request.path.encode(), b"") for answer in answers}
    assert {answer.status_code for answer in answers} == {404}
    assert len(bodies) == 1
    assert {(each["Cache-Control"], each["X-Robots-Tag"]) for each in answers} == {
        ("private, no-store", "noindex, nofollow, noarchive")
    }
    assert not any(answer.cookies for answer in answers)


def test_a_revoked_link_closes_to_who_is_in(share: ProgrammeShare) -> None:
    client, path = let_in(share)
    revoke_share(share=share, by=None)
    assert client.get(path).status_code == 404
    assert client.post(path, {"name": "Anna", "text": "Later"}).status_code == 404
    assert HostComment.objects.count() == 0


def test_a_host_comments_on_a_session_or_on_the_whole(share: ProgrammeShare) -> None:
    client, path = let_in(share)
    session = share.event.sessions.get(title_en="Opening")
    asked = client.get(f"{path}?about={session.key}")
    assert asked.context["form"]["about"].value() == session.key
    sent = client.post(path, {"about": session.key, "name": " Anna ", "text": "The hall\r\nis closed", "trap": ""})
    assert (sent.status_code, sent["Location"]) == (302, f"{path}?sent#comment")
    client.post(path, {"about": "", "name": "Anna", "text": "Thank you"})
    kept = HostComment.objects.order_by("pk").values_list("session", "name", "text")
    assert list(kept) == [(session.pk, "Anna", "The hall\nis closed"), (None, "Anna", "Thank you")]
    body = client.get(f"{path}?sent").content.decode()
    assert ("Your comment has reached the organisers." in body, "The hall<br>is closed" in body) == (True, True)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"text": " \n "}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"about": "no-such"}, "about"),
        ({"trap": "http://spam.example"}, "trap"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_is_kept(
    typed: dict[str, str], field: str, share: ProgrammeShare
) -> None:
    client, path = let_in(share)
    posted = {"about": "", "name": "Anna", "text": "Later", "trap": "", **typed}
    response = client.post(path, posted)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert (response.context["form"]["text"].value(), HostComment.objects.count()) == (posted["text"], 0)
    assert response["Cache-Control"] == "private, no-store"


def test_a_session_that_this_host_may_not_see_is_no_choice(share: ProgrammeShare) -> None:
    client, path = let_in(share)
    hidden = share.event.sessions.get(title_en="Behind closed doors").key
    assert client.post(path, {"about": hidden, "name": "Anna", "text": "?"}).status_code == 422


def test_who_may_only_read_is_offered_no_form(share: ProgrammeShare) -> None:
    ProgrammeShare.objects.update(may_comment=False)
    client, path = let_in(share)
    assert "<textarea" not in client.get(path).content.decode()
    assert client.post(path, {"name": "Anna", "text": "Later"}).status_code == 403
    assert HostComment.objects.count() == 0


@pytest.mark.usefixtures("standing_clock")
def test_too_many_comments_wait_and_lose_nothing(share: ProgrammeShare) -> None:
    cache.clear()
    client, path = let_in(share)
    for number in range(30):
        assert client.post(path, {"name": "Anna", "text": str(number)}).status_code == 302
    late = client.post(path, {"name": "Anna", "text": "One more"})
    assert (late.status_code, late.context["form"]["text"].value()) == (429, "One more")
    assert 0 < int(late["Retry-After"]) <= 3600
    cache.clear()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(method: str, share: ProgrammeShare) -> None:
    client, path = let_in(share)
    assert getattr(client, method)(path).status_code == 405


def test_what_hosts_write_stays_text(share: ProgrammeShare) -> None:
    client, path = let_in(share)
    client.post(path, {"name": "<b>Anna</b>", "text": "<script>alert(1)</script>"})
    body = client.get(path).content.decode()
    assert ("<b>Anna" in body, "<script>alert" in body, "&lt;script&gt;alert(1)" in body) == (False, False, True)


@pytest.mark.parametrize("sessions", [1, 3])
def test_as_many_questions_for_three_sessions_as_for_one(sessions: int) -> None:
    share = ProgrammeShareFactory(event=EventFactory(with_sessions=sessions))
    client, path = let_in(share)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    assert len(queries) == 15
