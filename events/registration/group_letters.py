"""A letter to some of those registered for an event, each in their own language: one confirmed act, one letter a person.

Addresses were given for this event, so a letter is about this event only (GDPR art. 5(1)(b), KVKK art. 4): it carries the
event's facts and the person's own link, and goes to nobody else.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions, progress
from events.bilingual import LANGUAGES
from events.jobs import promise_job
from events.models import Event, GroupLetter, GroupRecipient, Job, Registration
from events.models.registration.registrations import RegistrationQuerySet, State

from . import letters
from .deciding import held_row
from .own_words import Words
from .placeholders import ALWAYS, check
from .states import note

#: The name under which it stands in the outbox.
LETTER = "group"
ALLOWED = frozenset(ALWAYS)


def reachable(rows: RegistrationQuerySet, *, state: str) -> RegistrationQuerySet:
    """Of these, those who can be written to: an address that takes mail, and a registration that stands.

    Where a state is asked for, those in it, whichever it is. An address that nobody confirmed may be a stranger's.
    """
    found = rows.kept().exclude(email="").filter(address_refused_at=None)
    return found if state else found.active().exclude(state=State.UNVERIFIED)


def write_to_group(
    *,
    event: Event,
    once: str,
    recipients: Iterable[int],
    texts: Mapping[str, str],
    told: Mapping[str, Any],
    by: Any,
) -> GroupLetter:
    """Promise one letter to each of these. The same form sent twice is the same letter.

    ``texts`` are ``subject_tr``, ``subject_en``, ``text_tr``, ``text_en``; ``told`` says who they are, without names.
    """
    permissions.require(permissions.may_manage_registrations(by))
    with transaction.atomic():
        people = Registration.objects.kept().filter(event=event, pk__in=list(recipients))
        check_texts(texts, set(people.values_list("language", flat=True)))
        letter, made = GroupLetter.objects.get_or_create(
            once=once, defaults={"event": event, "told": dict(told), "written_by": by, **texts}
        )
        if not made:
            return letter
        keys = list(people.order_by("pk").values_list("pk", flat=True))
        GroupRecipient.objects.bulk_create(GroupRecipient(group_letter=letter, registration_id=key) for key in keys)
        log(instance=event, action="events.registration.write_group", user=by, data={"people": len(keys)})
        promise_job("group_letter", owner=by, event=event.pk, letter=letter.pk)
        return letter


def send_job(job: Job) -> dict[str, Any]:
    """Promise the letter to everybody who has not had it; twice promises nobody two."""
    letter = GroupLetter.objects.get(pk=job.payload["letter"])
    waiting = list(letter.recipients.filter(promised_at=None).order_by("pk").values_list("pk", flat=True))
    tell, told = progress.teller(job), 0
    for done, pk in enumerate(waiting, 1):
        told += _send(letter, pk)
        tell(done, len(waiting))
    return {"told": told}


def words_of(letter: GroupLetter, language: str) -> Words:
    """What somebody reads in this language."""
    return Words(getattr(letter, f"subject_{language}"), getattr(letter, f"text_{language}"))


def _send(letter: GroupLetter, pk: int) -> bool:
    with transaction.atomic():
        recipient = GroupRecipient.objects.select_related("registration").get(pk=pk)
        settings, row = held_row(recipient.registration)
        # Looked at again under the event's row: another process may have been here.
        mine = GroupRecipient.objects.filter(pk=pk, promised_at=None).update(promised_at=timezone.now())
        if not mine or row.erased_at:
            return False
        message = letters.write_words(settings, row, LETTER, words_of(letter, row.language))
        GroupRecipient.objects.filter(pk=pk).update(message=message)
        note(row, "group_letter", by=letter.written_by, data={"letter": letter.pk})
        return message is not None


def check_texts(texts: Mapping[str, str], languages: set[str]) -> None:
    """Refuse what nobody could read: no recipients, or no text in a language that one of them reads."""
    if not languages:
        raise ValidationError(_("There is nobody to write to."))
    problems: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for part in ("subject", "text"):
            name = f"{part}_{language}"
            try:
                check(texts.get(name, ""), set(ALLOWED), language)
            except ValidationError as error:
                problems[name] = error.messages
            if language in languages and not texts.get(name, "").strip():
                problems[name] = [_("Write it in this language too: some of them read it.")]
    if problems:
        raise ValidationError(problems)
