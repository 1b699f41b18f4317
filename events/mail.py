"""Letters into the outbox and out of it.

`promise_message` writes the finished letter in the caller's transaction. `send_message` sends it, tries again
for 72 hours where the mail server is away or says "later", and gives up at once where it says "never".
A letter's Message-ID is given once: should it go out twice, mail programs show it once.

What people typed is literal: braces in it never become a link (`_literal`). An address that the mail server refuses
for good is told by the signal `address_refused`, in the transaction that ends the letter.
"""

import logging
import re
import smtplib
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from email.mime.image import MIMEImage
from email.mime.text import MIMEText
from email.utils import formataddr, parseaddr
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import Context, Engine
from django.utils import timezone, translation

from events import association, bell, leases
from events.models import Event, Message
from events.signals import address_refused

logger = logging.getLogger(__name__)

KEEP_TRYING = timedelta(hours=72)
#: Why a letter is withheld, in codes that pages put into words (`events.registration.outbox`).
TOO_LATE, NOT_NEEDED, ADDRESS = "too_late", "not_needed", "address"
_WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 30)]
_LAST_WAIT = timedelta(hours=1)
#: One after the other in one text (RFC 5545 3.4); a message is about one entry.
_CALENDARS = re.compile(r"BEGIN:VCALENDAR\r?\n.*?^END:VCALENDAR(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\{\{link:([a-z_]+)\}\}")
_FILLED = re.compile(r"\{\{(?:link:([a-z_]+)|braces)\}\}")
_BRACES = "{{braces}}"
#: Refusals of ours, of our content, or of a full mailbox (RFC 3463): they say nothing against the address.
_NOT_THE_ADDRESS = re.compile(r"\b5\.(?:2\.[23]|3\.\d+|6\.\d+|7\.\d+)\b")

LinkMaker = Callable[[Message], str]
_links: dict[str, LinkMaker] = {}


class LetterRefusedError(Exception):
    """The letter can never be sent as it is."""


class LetterNotNeededError(Exception):
    """By now nobody needs the letter: it is withheld, and says so in the outbox."""


def register_link(purpose: str, maker: LinkMaker) -> None:
    """Name what `{{link:purpose}}` in a letter becomes at the moment of sending."""
    _links[purpose] = maker


def promise_message(
    letter: str,
    *,
    language: str,
    to_address: str,
    to_name: str = "",
    context: dict[str, Any] | None = None,
    event: Event | None = None,
    person_key: str = "",
    template: str = "",
    calendar: str = "",
    qr: str = "",
    due_at: datetime | None = None,
    useless_at: datetime | None = None,
    withheld: str = "",
) -> Message:
    """The letter of templates/mail/<letter>/ in the outbox, in the caller's transaction.

    ``template`` names another folder where several letters share one. ``calendar`` is an invitation that goes with
    it, ``qr`` what the QR code says that its HTML shows as ``cid:qr``. It leaves at ``due_at``, else at once, and not
    after ``useless_at``. ``withheld`` says why it is kept back until an officer sends it all the same.
    """
    parts = render_letter(template or letter, language, context or {})
    message = Message.objects.create(
        letter=letter,
        language=language,
        event=event,
        person_key=person_key,
        to_name=_one_line(to_name),
        to_address=to_address,
        subject=parts["subject"][:300],
        body_text=parts["text"],
        body_html=parts["html"],
        calendar=calendar,
        qr=qr,
        due_at=due_at or timezone.now(),
        useless_at=useless_at,
        state=Message.State.WITHHELD if withheld else Message.State.QUEUED,
        error=withheld,
        finished_at=timezone.now() if withheld else None,
        message_id=f"<{uuid.uuid4().hex}@{urlsplit(settings.BASE_URL).hostname}>",
    )
    if not withheld:
        transaction.on_commit(lambda: bell.ring("message", message.pk), robust=True)
    return message


def render_letter(template: str, language: str, context: dict[str, Any]) -> dict[str, str]:
    """Subject, text and html of a letter in a language, with its links still as ``{{link:purpose}}``."""
    with translation.override(language):
        subject = _one_line(_render(template, "subject.txt", context))
        body = {part: _render(template, f"body.{part}", _literal(context)) for part in ("txt", "html")}
    return {"subject": subject, "text": body["txt"].strip() + "\n", "html": body["html"].strip()}


def shown(body: str, link: str) -> str:
    """A body as people may read it who must not open its links: each of them is ``link``."""
    return _FILLED.sub(lambda found: link if found[1] else "{{", body)


def _literal(value: Any, name: str = "") -> Any:
    """A context whose texts can be no link, whatever somebody typed: only what is named a link may be one."""
    if isinstance(value, dict):
        return {key: _literal(each, str(key)) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_literal(each, name) for each in value]
    if not isinstance(value, str) or ("link" in name and _LINK.fullmatch(value)):
        return value
    return literal(value)


def literal(text: str) -> str:
    """What somebody typed, as the body of a letter keeps it: braces in it are no link."""
    return text.replace("{{", _BRACES)


def _one_line(text: str) -> str:
    """A line break in a header would begin another one."""
    return " ".join(text.split())


def _render(letter: str, part: str, context: dict[str, Any]) -> str:
    template = Engine.get_default().get_template(f"mail/{letter}/{part}")
    values = Context(context | {"base_url": settings.BASE_URL}, autoescape=part.endswith(".html"))
    return str(template.render(values))


def send_message(pk: int) -> None:
    """Send one letter, if it is still to be sent and nobody else is at it."""
    message = leases.claim(Message.objects.all(), pk, state=Message.State.SENDING)
    if message is None:
        return
    if message.useless_at and message.useless_at <= timezone.now():
        leases.finish(message, state=Message.State.WITHHELD, error=TOO_LATE)
        return
    try:
        with leases.held(message):
            _email(message).send()
    except LetterNotNeededError as error:
        leases.finish(message, state=Message.State.WITHHELD, error=str(error))
    except (LetterRefusedError, ValueError) as error:
        _fail(message, str(error))
    except (OSError, smtplib.SMTPException) as error:
        code, reason = _answer(error)
        if code >= 500 and isinstance(error, smtplib.SMTPRecipientsRefused):
            _refused(message, reason)
        elif code >= 500:
            _fail(message, reason)
        else:
            _try_again(message, reason)
    except Exception as error:  # whatever goes wrong with one letter must not keep the others waiting
        logger.exception("letter %s (%s) could not be made", message.pk, message.letter)
        _try_again(message, f"{type(error).__name__}: {error}")
    else:
        leases.finish(message, state=Message.State.SENT)


def _email(message: Message) -> EmailMultiAlternatives:
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=_fill_links(message, message.body_text),
        from_email=_sender(message.language),
        reply_to=_answers_to(message),
        to=[formataddr((message.to_name, message.to_address))],
        headers={
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
    )
    if message.body_html:
        email.attach_alternative(_fill_links(message, message.body_html), "text/html")
    for place, calendar in enumerate(_CALENDARS.findall(message.calendar), start=1):
        method = "CANCEL" if "METHOD:CANCEL" in calendar else "REQUEST"
        if place == 1:
            email.attach_alternative(calendar, f"text/calendar; method={method}")
        else:
            email.attach(_calendar_file(calendar, method, place))
    if message.qr:
        email.attach(_picture(message.qr))
    return email


def _sender(language: str) -> str:
    """The association by its name in the letter's language, where it has one, at the address that operators chose."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((_one_line(association.name_in(language)) or name, address))


def _answers_to(message: Message) -> list[str]:
    """Whom an answer reaches: the people who run the event, else the association. The sender reads nothing."""
    if message.event_id is None:
        return []
    contacts = Event.objects.filter(pk=message.event_id).values_list("contact_email", flat=True)
    return [address for address in [*contacts, association.email()] if address][:1]


def _calendar_file(calendar: str, method: str, place: int) -> MIMEText:
    """A further calendar object: mail programs take the first from the letter itself, and each other as a file."""
    part = MIMEText(calendar, "calendar", "utf-8")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename=f"{place}.ics")
    return part


def _picture(text: str) -> MIMEImage:
    """A QR code as a picture that mail programs show without asking anybody."""
    png = BytesIO()
    segno.make(text, error="m", micro=False).save(png, kind="png", scale=6, border=4)
    picture = MIMEImage(png.getvalue(), "png")
    picture.add_header("Content-ID", "<qr>")
    picture.add_header("Content-Disposition", "inline", filename="qr.png")
    return picture


def _fill_links(message: Message, body: str) -> str:
    def link(match: re.Match[str]) -> str:
        if match[1] is None:
            return "{{"
        maker = _links.get(match[1])
        if maker is None:
            raise LetterRefusedError(f"Nothing here makes links of the purpose {match[1]!r}.")
        return maker(message)

    return _FILLED.sub(link, body)


def _answer(error: Exception) -> tuple[int, str]:
    """What the server said of this address or this letter (RFC 5321 4.2.1), 5xx being for good.

    Anything else counts as "later": a refused log-in or sender is the operator's to mend, and the letter waits.
    """
    code: int
    text: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = min(error.recipients.values())
    elif isinstance(error, smtplib.SMTPDataError):
        code, text = error.smtp_code, error.smtp_error
    else:
        return 0, f"{type(error).__name__}: {error}"
    return int(code), f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"


def _try_again(message: Message, error: str) -> None:
    # An old letter that an officer sends again, or that nobody could try meanwhile, gets the first tries all the same.
    first = message.attempts <= len(_WAITS)
    if not first and timezone.now() - message.created_at >= KEEP_TRYING:
        _fail(message, error)
        return
    wait = _WAITS[message.attempts - 1] if first else _LAST_WAIT
    leases.give_back(message, state=Message.State.QUEUED, error=error, after=wait)


def _refused(message: Message, reason: str) -> None:
    """The letter has failed, and where that is the address's own fault, whoever keeps the address is told."""
    with transaction.atomic():
        _fail(message, reason)
        if not _NOT_THE_ADDRESS.search(reason):
            address_refused.send(sender=Message, address=message.to_address, reason=reason)


def _fail(message: Message, error: str) -> None:
    logger.warning("letter %s (%s) cannot be sent", message.pk, message.letter)
    leases.finish(message, state=Message.State.FAILED, error=error)
