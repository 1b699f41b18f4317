"""The letter with a way to a new password, written when it leaves: no row holds the key to somebody's account."""

import smtplib
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from events.models import Job

from .forms import language_of

_TEMPLATES = "wagtailadmin/account/password_reset"


def send_job(job: Job) -> None:
    """To each of the accounts with the address that was typed; most often to one, or to none."""
    for user in get_user_model()._default_manager.filter(pk__in=job.payload["users"], is_active=True):
        try:
            _letter(user, job.payload["language"]).send()
        except (OSError, smtplib.SMTPException) as error:
            # What the server says names the address, and the job's page would show it.
            raise ConnectionError(f"The mail server did not take it: {type(error).__name__}") from None


def _letter(user: Any, asked_in: str) -> EmailMessage:
    key = {"uid": urlsafe_base64_encode(force_bytes(user.pk)), "token": default_token_generator.make_token(user)}
    with translation.override(language_of(user, asked_in)):
        subject = render_to_string(f"{_TEMPLATES}/email_subject.txt", {"user": user})
        body = render_to_string(f"{_TEMPLATES}/email.txt", {"user": user, **key})
    return EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[user.email])
