"""What a mail provider reports by its webhook: only with the secret, only where there is one, marked once."""

import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from events.models import Message, Registration
from events.registration import register, verify
from events.registration.registering import Filled
from tests.events.registration.applying import applicant, apply, taking

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
SECRET = "koepru:a-long-secret"


@pytest.fixture
def postmark(settings: Settings) -> None:
    settings.MAIL_PROVIDER, settings.MAIL_WEBHOOK_SECRET = "postmark", SECRET
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}


def sent_to(name: str = "Ali") -> tuple[Registration, Message]:
    """Somebody registered, and the first letter went out."""
    row = apply(taking(), name)
    Message.objects.filter(to_address=row.email).update(state="sent", attempts=1, finished_at=timezone.now())
    return row, Message.objects.get(to_address=row.email)


def told(address: str, **facts: Any) -> dict[str, Any]:
    """What Postmark says of a letter that came back."""
    return {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "Email": address,
        "Description": "The server was unable to deliver your message",
        "Details": "smtp;550 5.1.1 No such user",
        "BouncedAt": "2027-06-01T10:00:00Z",
        **facts,
    }


def report(facts: Any, *, provider: str = "postmark", secret: str = SECRET) -> int:
    headers = {"authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"} if secret else {}
    body = facts if isinstance(facts, str) else json.dumps(facts)
    path = f"/webhooks/mail/{provider}/"
    return Client(headers=headers).post(path, body, content_type="application/json").status_code


def state(message: Message) -> tuple[str, str]:
    message.refresh_from_db()
    return message.state, message.error


def test_without_a_provider_there_is_no_such_address() -> None:
    row, message = sent_to()
    assert {report(told(row.email), provider=name) for name in ("postmark", "mailgun", "x")} == {404}
    assert state(message)[0] == "sent"


def test_who_has_not_the_secret_is_refused(postmark: None) -> None:
    row, message = sent_to()
    assert {report(told(row.email), secret=each) for each in ("", "koepru:guess", "x")} == {400}
    assert (report(told(row.email), provider="mailgun"), state(message)[0]) == (404, "sent")


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({}, "bounced"),
        ({"RecordType": "SpamComplaint", "Type": "SpamComplaint"}, "complained"),
        ({"Type": "BadEmailAddress"}, "rejected"),
    ],
)
def test_what_came_back_marks_letter_and_address(postmark: None, facts: dict[str, str], wanted: str) -> None:
    (row, message), (other, _other) = sent_to(), sent_to("Bora")
    assert [report(told(row.email.upper(), **facts)) for _twice in range(2)] == [200, 200]
    assert state(message) == (wanted, "smtp;550 5.1.1 No such user")
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.address_refused, other.address_refused_at) == ("smtp;550 5.1.1 No such user", None)
    verify(registration=row)
    assert Message.objects.get(letter="registration_confirmed").state == "withheld"


def test_what_is_no_news_changes_nothing(postmark: None) -> None:
    row, message = sent_to()
    for facts in ({"Type": "Transient"}, {"RecordType": "Delivery", "Recipient": row.email}, {"Email": ""}):
        assert report(told(row.email, **facts)) == 200
    row.refresh_from_db()
    assert (state(message)[0], row.address_refused_at) == ("sent", None)


def test_a_fault_of_the_letter_marks_no_address(postmark: None) -> None:
    row, message = sent_to()
    report(told(row.email, Type="VirusNotification"))
    row.refresh_from_db()
    assert (state(message)[0], row.address_refused_at) == ("bounced", None)


def test_the_letter_is_known_by_its_number_and_else_it_is_the_last(postmark: None) -> None:
    row, first = sent_to()
    verify(registration=row)
    Message.objects.filter(state="queued").update(state="sent", finished_at=timezone.now())
    last = Message.objects.exclude(pk=first.pk).get()
    report(told(row.email, MessageID=first.message_id.strip("<>")))
    assert (state(first)[0], state(last)[0]) == ("bounced", "sent")
    report(told(row.email, MessageID="a-number-of-theirs"))
    assert state(last)[0] == "bounced"


def test_a_letter_that_an_officer_sends_anew_is_not_what_came_back(postmark: None) -> None:
    row, message = sent_to()
    Message.objects.update(state="queued", finished_at=None)
    report(told(row.email))
    assert state(message)[0] == "queued"


def test_an_address_nobody_wrote_to_is_no_error(postmark: None) -> None:
    assert report(told("stranger@sample.example")) == 200
    event = taking()
    again = register(event=event, applicant=applicant("Ece"), filled=Filled(), once="x" * 10).registration
    assert again.address_refused_at is None


def test_mailgun_signs_what_it_says(settings: Settings) -> None:
    settings.MAIL_PROVIDER, settings.MAIL_WEBHOOK_SECRET = "mailgun", SECRET
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "MAILGUN_WEBHOOK_SIGNING_KEY": "sign"}
    row, message = sent_to()
    stamp, token = "1811844000", "a" * 50
    facts = {
        "signature": {"timestamp": stamp, "token": token, "signature": "0" * 64},
        "event-data": {
            "event": "failed",
            "severity": "permanent",
            "reason": "bounce",
            "timestamp": 1811844000.5,
            "id": "x",
            "recipient": row.email,
            "message": {"headers": {"message-id": message.message_id.strip("<>")}},
            "delivery-status": {"code": 550, "message": "5.1.1 No such user"},
        },
    }
    assert (report(facts, provider="mailgun"), state(message)[0]) == (400, "sent")
    right = hmac.new(b"sign", f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
    facts["signature"]["signature"] = right  # type: ignore[index]
    assert (report(facts, provider="mailgun"), state(message)) == (200, ("bounced", "5.1.1 No such user"))


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '{"RecordType": 7}', "\ud800".encode("utf-8", "replace").decode()]
)
def test_nonsense_is_refused_without_marking_anything(postmark: None, body: str) -> None:
    _row, message = sent_to()
    client = Client(
        raise_request_exception=False, headers={"authorization": f"Basic {base64.b64encode(SECRET.encode()).decode()}"}
    )
    assert client.post("/webhooks/mail/postmark/", body, content_type="application/json").status_code in (200, 400)
    assert state(message)[0] == "sent"


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"MAIL_PROVIDER": "postmark"}, "MAIL_WEBHOOK_SECRET has to be set"),
        ({"MAIL_PROVIDER": "postmark", "MAIL_WEBHOOK_SECRET": "short"}, "MAIL_WEBHOOK_SECRET has to be set"),
        ({"MAIL_PROVIDER": "pigeon", "MAIL_WEBHOOK_SECRET": SECRET}, "MAIL_PROVIDER is none of"),
        ({"MAIL_PROVIDER": "mailgun", "MAIL_WEBHOOK_SECRET": SECRET}, "MAILGUN_SIGNING_KEY is not set"),
    ],
)
def test_half_a_configuration_stops_the_start_with_one_line(named: dict[str, str], said: str) -> None:
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **named}
    done = subprocess.run(
        [sys.executable, "-c", "import tests.settings"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, said in done.stderr, done.stderr.count("\n")) == (3, True, 1)
