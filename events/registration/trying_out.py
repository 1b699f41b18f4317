"""A letter as a real person would read it, shown or sent to the officer alone: nothing of it opens anything."""

import copy
import datetime as dt
from dataclasses import dataclass
from typing import Any

import segno
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events import mail, permissions
from events.models import Event, Message, Registration, RegistrationSettings

from .letters import context_of
from .own_words import Words
from .places import public_event
from .wording import BUTTONS

#: Other words of the same letter, which has its button by the name it is sent under.
_SENT_AS = {
    "asked": "unverified",
    "group_asked": "group_unverified",
    "member": "confirmed",
    "substitute": "confirmed",
}
_SAMPLE = {"tr": "Ayşe Örnek", "en": "Ayşe Örnek"}


@dataclass(frozen=True)
class Shown:
    """A letter to look at; ``html`` is a whole page for a frame that runs nothing."""

    name: str
    language: str
    subject: str
    text: str
    html: str


def sample_person(event: Event, language: str) -> Registration:
    """Somebody made up, for an event to which nobody has registered."""
    return Registration(
        event=event, name=_SAMPLE[language], language=language, code="ornek23456", state=Registration.State.CONFIRMED
    )


def show_letter(settings: RegistrationSettings, registration: Registration, letter: str, words: Words) -> Shown:
    """The letter to this person in these words. Nothing is written and nothing leaves."""
    context = _context(settings, registration, letter, words)
    parts = mail.render_letter("registration", registration.language, context)
    code = segno.make(registration.code.upper(), error="m", micro=False).png_data_uri(scale=6, border=4)
    html = mail.shown(parts["html"], "#").replace("cid:qr", code)
    text = mail.shown(parts["text"], "…")
    return Shown(registration.name, registration.language, parts["subject"], text, html)


def content_of(message: Message) -> Shown:
    """What went out, without what its links open."""
    html = mail.shown(message.body_html, "#")
    if message.qr:
        code = segno.make(message.qr, error="m", micro=False).png_data_uri(scale=6, border=4)
        html = html.replace("cid:qr", code)
    text = mail.shown(message.body_text, "…")
    return Shown(message.to_name, message.language, message.subject, text, html)


def send_test(
    *, settings: RegistrationSettings, registration: Registration, letter: str, words: Words, by: Any
) -> Message:
    """Send it to the officer's own address, marked as a test; its links lead to the event's public page only."""
    permissions.require(permissions.may_set_up_registration(by) or permissions.may_manage_registrations(by))
    address = getattr(by, "email", "")
    if not address:
        raise ValidationError(_("Your account has no e-mail address. Enter one in your account settings first."))
    context = _context(settings, registration, letter, words)
    language = registration.language
    with translation.override(language):
        mark, code = _("Test"), _("TEST")
    context |= {"subject": f"[{mark}] {context['subject']}", "link": context["event_url"], "test": True}
    context |= {"code": code} if context["code"] else {}
    with transaction.atomic():
        return mail.promise_message(
            "registration_test",
            template="registration",
            language=language,
            to_address=address,
            to_name=by.get_full_name(),
            event=settings.event,
            context=context,
            qr=code if context["code"] else "",
        )


def _context(settings: RegistrationSettings, registration: Registration, letter: str, words: Words) -> dict[str, Any]:
    public = public_event(settings.event)
    if public is None:
        raise ValidationError(_("First release the event: letters say what is released."))
    person = copy.copy(registration)
    # Who is not in that state just now is shown as if.
    person.held_until = person.held_until or timezone.now() + dt.timedelta(hours=settings.offer_hours)
    person.waiting_number = person.waiting_number or 1
    with translation.override(person.language):
        sent_as = _SENT_AS.get(letter, letter)
        context = context_of(settings, public, person, sent_as, words)
        if letter.startswith("group_"):  # a contact's letter leads to the page of the group
            context["button"] = BUTTONS.get(sent_as, _("Open your group"))
        return context
