"""What people are told and what they agree to: numbered versions, and who saw which."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from events.bilingual import pick, texts
from events.models import Event, Registration, Wording, WordingSeen, WordingVersion
from events.models.registration.wordings import digest


def version_of(wording: Wording, language: str) -> WordingVersion:
    """The version with today's text in this language, made where it is new. Call it in a transaction."""
    title, text = (str(pick(texts(wording, name), language)) for name in ("title", "text"))
    versions = WordingVersion.objects.filter(wording=wording, language=language)
    known = versions.filter(digest=digest(title, text)).first()
    if known:
        return known
    try:
        with transaction.atomic():
            number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
            return versions.create(
                wording=wording, language=language, number=number, title=title, text=text, digest=digest(title, text)
            )
    except IntegrityError:  # somebody else saw it first at the same moment
        return versions.get(digest=digest(title, text))


def note_seen(
    registration: Registration, shown: Iterable[Wording], agreed: Collection[str], shown_at: dt.datetime
) -> None:
    """Write down what this person was shown, and to which consents, by their keys, they agreed."""
    now = timezone.now()
    WordingSeen.objects.bulk_create(
        WordingSeen(
            registration=registration,
            version=version_of(wording, registration.language),
            shown_at=shown_at,
            agreed_at=now if wording.kind == Wording.Kind.CONSENT and wording.key in agreed else None,
        )
        for wording in shown
    )


def withdraw_consent(*, registration: Registration, seen: int) -> bool:
    """Take a consent back; False where none stands. What was agreed to, and when, stays written down."""
    with transaction.atomic():
        rows = WordingSeen.objects.filter(pk=seen, registration=registration, agreed_at__isnull=False)
        return bool(rows.filter(withdrawn_at=None).update(withdrawn_at=timezone.now()))


def give_consent(*, registration: Registration, wording: Wording) -> WordingSeen:
    """Agree to a consent later on: a row of its own, with the text as it stands today."""
    if wording.kind != Wording.Kind.CONSENT or wording.event_id != registration.event_id:
        raise ValidationError(_("There is nothing to agree to."))
    now = timezone.now()
    with transaction.atomic():
        Registration.objects.select_for_update().get(pk=registration.pk)
        given = WordingSeen.objects.filter(registration=registration, version__wording=wording)
        standing = given.filter(agreed_at__isnull=False, withdrawn_at=None).first()
        return standing or WordingSeen.objects.create(
            registration=registration,
            version=version_of(wording, registration.language),
            shown_at=now,
            agreed_at=now,
        )


def wordings_of(event: Event | int) -> list[Wording]:
    """The notice, then the consents, of an event."""
    pk = event if isinstance(event, int) else event.pk
    return list(Wording.objects.filter(event=pk).order_by("-kind", "position", "pk"))


def fingerprint(wordings: Iterable[Wording], language: str) -> str:
    """By what one notices that the texts changed while somebody was writing."""
    told = [
        f"{each.key} {pick(texts(each, 'title'), language)} {pick(texts(each, 'text'), language)}" for each in wordings
    ]
    return digest(language, "\n".join(told))[:32]
