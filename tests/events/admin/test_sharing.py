"""Links for hosts in the admin: made, shown again, ended; and what hosts said, on the event's home."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.addresses import draft_url
from events.models import Event, HostComment, ProgrammeShare
from events.sharing import add_comment, share_key
from tests.events.admin.conftest import Enter
from tests.factories import EventFactory, ProgrammeShareFactory, SessionFactory


def page(event: Event, name: str = "share", *args: Any) -> str:
    return reverse(f"event_admin:{name}", args=[event.pk, *args])


def posted(**typed: str) -> dict[str, str]:
    last = timezone.localdate() + dt.timedelta(days=10)
    return {"host": "Lindenau", "language": "en", "last_day": f"{last:%d.%m.%Y}", "may_comment": "on", **typed}


def test_a_link_is_made_and_shown_again(at_officer: Client, officer: Any) -> None:
    event = EventFactory()
    assert "Nobody outside sees this working programme." in at_officer.get(page(event)).content.decode()
    assert at_officer.post(page(event), posted()).status_code == 302
    share = ProgrammeShare.objects.get()
    told = (share.host, share.language, share.may_comment, share.drafts, share.restricted, share.created_by)
    assert told == ("Lindenau", "en", True, False, False, officer)
    for _again in range(2):
        shown = at_officer.get(page(event)).context["shares"]
        assert [each["url"] for each in shown] == [draft_url(share_key(share), "en")]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"host": ""}, "host"),
        ({"host": "x" * 201}, "host"),
        ({"language": "de"}, "language"),
        ({"last_day": "yarın"}, "last_day"),
        ({"last_day": "01.01.2020"}, "last_day"),
        ({"last_day": "31.12.9999"}, "last_day"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(typed: dict[str, str], field: str, at_officer: Client) -> None:
    event = EventFactory()
    response = at_officer.post(page(event), posted(**typed))
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert ProgrammeShare.objects.count() == 0


def test_a_link_is_ended_by_who_confirms_it(at_officer: Client) -> None:
    share = ProgrammeShareFactory()
    address = page(share.event, "revoke_share", share.pk)
    assert share.host in at_officer.get(address).content.decode()
    assert at_officer.post(address).status_code == 302
    shown = at_officer.get(page(share.event)).context["shares"]
    assert [(each["url"], each["link"].is_open) for each in shown] == [("", False)]
    assert at_officer.post(page(EventFactory(), "revoke_share", share.pk)).status_code == 404


def test_comments_stand_on_the_home_until_they_are_done(at_officer: Client, reader: Any, enter: Enter) -> None:
    share = ProgrammeShareFactory()
    event = share.event
    comment = add_comment(share=share, name="Anna", text="The hall\nis closed", session=SessionFactory(event=event))
    home = page(event, "home")
    assert "The hall<br>is closed" in at_officer.get(home).content.decode()
    done = at_officer.post(page(event, "finish_comment", comment.pk))
    assert (done.status_code, done["Location"]) == (302, f"{home}#comments")
    context = at_officer.get(home).context
    assert ([each.done_at is None for each, _when in context["comments"]], context["done_comments"]) == ([False], 1)
    at_officer.post(page(event, "reopen_comment", comment.pk))
    assert at_officer.get(home).context["done_comments"] == 0
    body = enter(reader).get(home).content.decode()
    assert ("The hall<br>is closed" in body, page(event, "finish_comment", comment.pk) in body) == (True, False)
    assert at_officer.post(page(EventFactory(), "finish_comment", comment.pk)).status_code == 404


def test_only_who_may_release_is_offered_to_share(at_officer: Client, editor: Any, enter: Enter) -> None:
    event = EventFactory()
    home = page(event, "home")
    offered = [page(event) in client.get(home).content.decode() for client in (at_officer, enter(editor))]
    assert offered == [True, False]


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_questions_for_three_links_as_for_one(rows: int, at_officer: Client) -> None:
    event = EventFactory()
    for _each in range(rows):
        HostComment.objects.create(share=ProgrammeShareFactory(event=event), name="Anna", text="Later")
    at_officer.get(page(event))
    counts = []
    for address in (page(event), page(event, "home")):
        with CaptureQueriesContext(connection) as queries:
            at_officer.get(address)
        counts.append(len(queries))
    assert counts == [13, 22]
