"""What Wagtail writes to editors and approvers: letters like all others, which wait where the mail server is away.

Wagtail would send them while somebody waits for the page, lose them where nobody answers, and end in an error where the
server refuses the log-in. Only the admin's notices come here: a letter with a new password never stands in a row
that officers can read; Django sends it at once.
"""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from wagtail.admin import mail as wagtail_mail
from wagtail.users.models import UserProfile

from events.bilingual import active_language
from events.mail import promise_message


class Outbox(BaseEmailBackend):
    """Takes what is sent and writes it as rows, each named by the language that its text was written in."""

    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for email in email_messages:
            for address in email.recipients():
                self._promise(email, address)
        return len(email_messages)

    def _promise(self, email: EmailMessage, address: str) -> None:
        language = _language_of(address)
        context: dict[str, Any] = {"subject": email.subject, "text": email.body, "language": language}
        promise_message("page_notice", language=language, to_address=address, context=context)


def _language_of(address: str) -> str:
    """As Wagtail chose it for the text: what that user prefers, else the language at work."""
    preferred = UserProfile.objects.filter(user__email=address).values_list("preferred_language", flat=True)
    return preferred.first() or active_language()


def promise_notices() -> None:
    """Let Wagtail's admin hand its letters to the outbox."""
    wagtail_mail.get_connection = Outbox
