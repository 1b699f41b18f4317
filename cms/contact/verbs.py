"""What is done with messages: kept with the letters that tell of them, and deleted when their time is over."""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.heads import page_path
from cms.models.contact import ContactPage
from cms.models.messages import ContactMessage, ShownText
from events import addresses, mail
from events.models import Message

from .builder import ContactForm
from .seen import Seen

logger = logging.getLogger(__name__)


def keep_message(*, page: ContactPage, form: ContactForm, seen: Seen, consents: bool) -> ContactMessage:
    """Keep what was written with the texts that were shown, and promise a letter to each recipient.

    All in one transaction. A form that was sent twice is kept once; the message of the first time is given back.
    """
    with transaction.atomic():
        notice = ShownText.of(page, ShownText.Kind.NOTICE, page.notice)
        agreed = ShownText.of(page, ShownText.Kind.CONSENT, page.consent) if consents and page.consent else None
        message, new = ContactMessage.objects.get_or_create(
            once=seen.once,
            defaults={
                "page": page,
                "form_data": form.answers,
                "email": form.sender.lower(),
                "notice": notice,
                "consent": agreed,
                "shown_at": seen.at,
            },
        )
        if new:
            message.letters.set(_letters(page, form, message))
    return message


def _letters(page: ContactPage, form: ContactForm, message: ContactMessage) -> list[Message]:
    """One letter for each recipient, in the language of the page."""
    language = page.locale.language_code
    with translation.override(language):
        answers = [(field.label, told(form.cleaned_data.get(field.name))) for field in form.visible]
    context = {
        "page": page,
        "page_url": addresses.absolute(page_path(page)),
        "answers": answers,
        "consent": message.consent,
        "sender": form.sender,
        "days": page.retention_days,
    }
    return [
        mail.promise_message("contact_message", language=language, to_address=address, context=context)
        for address in dict.fromkeys(page.recipients.split())
    ]


def told(value: Any) -> str:
    """An answer in words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "–"
    if isinstance(value, dt.date):
        return date_format(value)
    return "–" if value in (None, "") else str(value)


def delete_overdue_messages() -> dict[int, int]:
    """Delete what was kept for the days of its page; gives how many of which page, and writes that in its history."""
    found: dict[int, int] = {}
    for page in ContactPage.objects.all():
        before = timezone.now() - dt.timedelta(days=page.retention_days)
        with transaction.atomic():
            _rows, deleted = ContactMessage.objects.filter(page=page, submit_time__lt=before).delete()
            count = deleted.get(ContactMessage._meta.label, 0)
            if count:
                found[page.pk] = count
                log(instance=page, action="cms.delete_overdue", data={"count": count})
    if found:
        logger.info("contact messages deleted after their time: %s", sum(found.values()))
    return found
