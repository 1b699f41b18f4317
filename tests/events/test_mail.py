"""Letters: promised with what they tell of, sent once, tried again, given up."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import Site

from cms.frame import forget_frames
from cms.models import SiteSettings
from events import bell, mail, periodic, retrying
from events.models import Job, Message
from tests import smtp_sink
from tests.factories import EventFactory
from tests.smtp_sink import Sink

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 6, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    with smtp_sink.serving() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


@pytest.fixture
def heard() -> Iterator[list[tuple[str, int]]]:
    """What the bell told."""
    rung: list[tuple[str, int]] = []

    def listener(what: str, pk: int) -> None:
        rung.append((what, pk))

    bell.listen(listener)
    yield rung
    bell.unlisten(listener)


def promise(to: str = "ayse@example.org", *, language: str = "en") -> Message:
    """The letter about Ayşe's job that failed."""
    return mail.promise_message(
        "job_failed", language=language, to_address=to, to_name="Ayşe Örnek", context={"job": Job(pk=7, kind="<b>")}
    )


def state(message: Message) -> tuple[str, int, str]:
    message.refresh_from_db()
    return message.state, message.attempts, message.error


def parts(letter: EmailMessage) -> dict[str, str]:
    return {part.get_content_type(): part.get_content() for part in letter.walk() if not part.is_multipart()}


def test_a_letter_arrives_as_it_was_promised(sink: Sink) -> None:
    message = promise()
    mail.send_message(message.pk)
    [letter] = sink.letters
    names = ("From", "To", "Subject", "Message-ID", "Auto-Submitted", "Content-Language")
    assert {name: letter[name].strip() for name in names} == {
        "From": "Köprü <noreply@example.org>",
        "To": "Ayşe Örnek <ayse@example.org>",
        "Subject": "Köprü: “<b>” could not be done (job 7)",
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": "en",
    }
    assert parts(letter)["text/plain"].startswith("“<b>” (job 7) was tried several times")
    assert "“&lt;b&gt;” (job 7) was tried" in parts(letter)["text/html"]
    assert state(message) == ("sent", 1, "")


def test_the_association_writes_in_its_own_name_and_the_event_or_it_is_answered(sink: Sink) -> None:
    row = SiteSettings.for_site(Site.objects.get())
    row.name_tr, row.name_en = "Örnek Belediyeler Birliği", "Sample Association"
    row.save()
    for language, contact, own in (
        ("tr", "forum@example.org", "birlik@example.org"),
        ("en", "", "birlik@example.org"),
        ("en", "", ""),
    ):
        SiteSettings.objects.update(email=own)
        forget_frames()
        event = EventFactory(contact_email=contact)
        named = {"language": language, "to_address": "ayse@example.org", "context": {"job": Job(pk=7, kind="x")}}
        mail.send_message(mail.promise_message("job_failed", event=event, **named).pk)
    assert [(letter["From"], letter["Reply-To"]) for letter in sink.letters] == [
        ("Örnek Belediyeler Birliği <noreply@example.org>", "forum@example.org"),
        ("Sample Association <noreply@example.org>", "birlik@example.org"),
        ("Sample Association <noreply@example.org>", None),
    ]


def test_a_letter_is_sent_once(sink: Sink) -> None:
    message = promise()
    for _each in range(3):
        mail.send_message(message.pk)
        periodic.send_due_messages()
    assert sink.recipients == ["ayse@example.org"]


def test_a_letter_of_a_transaction_that_was_undone_never_existed(sink: Sink) -> None:
    with transaction.atomic():
        promise()
        transaction.set_rollback(True)
    periodic.send_due_messages()
    assert (Message.objects.count(), sink.letters) == (0, [])


def test_the_bell_rings_after_the_commit(
    heard: list[tuple[str, int]], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        message = promise()
        assert heard == []
    assert heard == [("message", message.pk)]


def test_refused_for_now_then_accepted(sink: Sink) -> None:
    sink.answers["ayse@example.org"] = ["450 4.2.0 Greylisted", "451 4.3.0 Try again later"]
    with time_machine.travel(NOON, tick=False) as clock:
        message = promise()
        tries = []
        for minutes in (0, 0.5, 1, 5, 60):
            clock.shift(timedelta(minutes=minutes))
            periodic.send_due_messages()
            tries.append(state(message)[:2])
    assert tries == [("queued", 1), ("queued", 1), ("queued", 2), ("sent", 3), ("sent", 3)]
    assert [letter["Message-ID"] for letter in sink.letters] == [message.message_id]


@pytest.mark.parametrize("answer", ["550 5.1.1 No such user", "553 5.1.3 Bad address"])
def test_an_address_refused_for_good_is_not_tried_again(sink: Sink, answer: str) -> None:
    sink.answers["nobody@example.org"] = [answer]
    message = promise("nobody@example.org")
    periodic.send_due_messages()
    assert state(message) == ("failed", 1, answer)
    periodic.send_due_messages()
    assert sink.letters == []


def test_a_letter_refused_for_its_content_is_not_tried_again(sink: Sink) -> None:
    sink.answers_to_data = ["554 5.6.0 Not this"]
    message = promise()
    periodic.send_due_messages()
    assert state(message)[:2] == ("failed", 1)


def test_a_mail_server_that_is_away_is_tried_for_72_hours(settings: Settings) -> None:
    with smtp_sink.serving() as gone:
        port = gone.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    with time_machine.travel(NOON, tick=False) as clock:
        message = promise()
        for _hour in range(72):
            periodic.send_due_messages()
            assert state(message)[0] == "queued"
            clock.shift(timedelta(hours=1))
        periodic.send_due_messages()
    assert state(message)[:2] == ("failed", 73)


def test_a_letter_with_a_name_that_tries_to_be_a_header(sink: Sink) -> None:
    message = mail.promise_message(
        "job_failed",
        language="en",
        to_address="ayse@example.org",
        to_name="Ayşe\r\nBcc: eve@example.org",
        context={"job": Job(pk=7, kind="x\r\nBcc: eve@example.org")},
    )
    mail.send_message(message.pk)
    assert sink.recipients == ["ayse@example.org"]
    assert [(letter["To"], letter["Bcc"]) for letter in sink.letters] == [
        ('"Ayşe Bcc: eve@example.org" <ayse@example.org>', None)
    ]
    assert message.subject == "Köprü: “x Bcc: eve@example.org” could not be done (job 7)"


def test_links_are_made_when_the_letter_goes_out(sink: Sink) -> None:
    made: list[int] = []

    def link(message: Message) -> str:
        made.append(message.pk)
        return f"https://example.org/{message.pk}"

    mail.register_link("try_out", link)
    message = promise()
    Message.objects.filter(pk=message.pk).update(body_text="See {{link:try_out}}.\n", body_html="")
    assert made == []
    mail.send_message(message.pk)
    assert sink.letters[0].get_content().split() == ["See", f"https://example.org/{message.pk}."]


def test_a_link_nobody_makes_fails_the_letter(sink: Sink) -> None:
    message = promise()
    Message.objects.filter(pk=message.pk).update(body_text="See {{link:unheard_of}}.\n")
    mail.send_message(message.pk)
    assert state(message) == ("failed", 1, "Nothing here makes links of the purpose 'unheard_of'.")
    assert sink.letters == []


def test_a_letter_that_cannot_be_made_keeps_no_other_waiting(sink: Sink) -> None:
    """A link is made from rows that may be gone; the sweep goes on, and the letter is tried again later."""

    def link(message: Message) -> str:
        raise KeyError("no such registration")

    mail.register_link("gone_away", link)
    poison, letter = promise(), promise()
    Message.objects.filter(pk=poison.pk).update(body_text="See {{link:gone_away}}.\n")
    periodic.send_due_messages()
    assert state(poison) == ("queued", 1, "KeyError: 'no such registration'")
    assert state(letter)[0] == "sent"


def test_an_old_letter_that_is_sent_again_gets_its_first_tries(sink: Sink) -> None:
    """Failed after three days, then the cause was mended and an officer asked for it once more."""
    message = promise()
    old = timezone.now() - timedelta(days=4)
    Message.objects.filter(pk=message.pk).update(created_at=old, state="failed", attempts=75, finished_at=old)
    assert retrying.retry(message)
    mail.register_link("still_away", lambda message: 1 // 0)
    Message.objects.filter(pk=message.pk).update(body_text="{{link:still_away}}")
    mail.send_message(message.pk)
    assert state(message)[:2] == ("queued", 1)
