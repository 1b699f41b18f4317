"""The door to django-anymail: what the mail provider tells afterwards of letters that it took.

Letters leave by SMTP; the provider reports by its webhook what came back, what it refused and what was reported as
unwanted. The letter says so in the outbox, and whoever keeps the address is told (`address_refused`).
"""

from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone
from django.utils.module_loading import import_string

from events.models import Message
from events.signals import address_refused

_State = Message.State
#: Providers whose webhooks carry our secret; each by the view that reads what it says.
PROVIDERS = {
    "brevo": "brevo.BrevoTrackingWebhookView",
    "mailgun": "mailgun.MailgunTrackingWebhookView",
    "mailjet": "mailjet.MailjetTrackingWebhookView",
    "postmark": "postmark.PostmarkTrackingWebhookView",
    "sendgrid": "sendgrid.SendGridTrackingWebhookView",
    "sparkpost": "sparkpost.SparkPostTrackingWebhookView",
}
_STATES = {
    EventType.BOUNCED: _State.BOUNCED,
    EventType.COMPLAINED: _State.COMPLAINED,
    EventType.REJECTED: _State.REJECTED,
    EventType.FAILED: _State.FAILED,
}
#: These say nothing against the address: it was slow, or something about the letter or us was wrong.
_NOT_THE_ADDRESS = (RejectReason.TIMED_OUT, RejectReason.OTHER)
#: A letter that an officer sends anew, or that nobody sent yet, is not what came back.
_WENT_OUT = (_State.SENDING, _State.SENT, _State.BOUNCED, _State.COMPLAINED, _State.REJECTED)


def view_of(provider: str) -> Any:
    """The view that reads a provider's reports; None unless the operator named this provider and gave a secret."""
    if not settings.MAIL_WEBHOOK_SECRET or provider != settings.MAIL_PROVIDER or provider not in PROVIDERS:
        return None
    return import_string(f"anymail.webhooks.{PROVIDERS[provider]}").as_view()


@receiver(tracking)
def note_report(event: AnymailTrackingEvent, **kwargs: Any) -> None:
    """Write down what a provider tells of one letter; twice is once, and what is no news is nothing."""
    state = _STATES.get(event.event_type)
    address = (event.recipient or "").strip()
    if state is None or not address:
        return
    reason = " ".join((event.mta_response or event.description or str(event.reject_reason or "")).split())[:1000]
    with transaction.atomic():
        message = _message_of(event.message_id or "", address)
        if message is not None:
            rows = Message.objects.filter(pk=message.pk, state__in=_WENT_OUT)
            rows.update(state=state, error=reason, finished_at=timezone.now(), leased_until=None)
        if state != _State.FAILED and event.reject_reason not in _NOT_THE_ADDRESS:
            address_refused.send(sender=Message, address=address, reason=reason or str(state))


def _message_of(message_id: str, address: str) -> Message | None:
    """The letter by its Message-ID, which some providers replace by one of their own; else the last to this address."""
    rows = Message.objects.filter(to_address__iexact=address, state__in=_WENT_OUT).order_by("-finished_at", "-pk")
    bare = message_id.strip().strip("<>")
    named = rows.filter(message_id=f"<{bare}>").first() if bare else None
    return named or rows.filter(state__in=(_State.SENDING, _State.SENT)).first() or rows.first()
