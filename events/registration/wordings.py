"""What people are told and what they agree to: numbered versions, and who saw which."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from events.bilingual import pick, texts
from events.models import Event, Question, Registration, RequestedAnswer, Wording, WordingSeen, WordingVersion
from events.models.registration.wordings import digest

from . import details
from .answering import delete_answers
from .consents import standing, tied_answers
from .deciding import held_row
from .states import note, tell_change
from .uploading import drop_own_drafts


def version_of(wording: Wording, language: str) -> WordingVersion:
    """The version with today's text in this language, made where it is new. Call it in a transaction."""
    title, text = (str(pick(texts(wording, name), language)) for name in ("title", "text"))
    versions = WordingVersion.objects.filter(wording=wording, language=language)
    known = next(iter(versions.order_by().filter(digest=digest(title, text))), None)
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


@dataclass(frozen=True)
class Withdrawn:
    """A consent that was taken back, and the questions whose answers went with it."""

    answers: tuple[Question, ...] = ()


def withdraw_consent(*, registration: Registration, seen: int) -> Withdrawn | None:
    """Take a consent back, and delete at once the answers that it allowed; None where none stands.

    What was agreed to, and when, stays written down.
    """
    with transaction.atomic():
        _settings, row = held_row(registration)
        found = _standing(row).filter(pk=seen).select_related("version__wording").first()
        if found is None:
            return None
        gone = end_consent(row, found.version.wording)
        row.version += 1
        row.save()
        details.refresh(row)
        note(row, "withdraw", data={"deleted": sorted(each.key for each in gone)})
        tell_change(row)
        return Withdrawn(tuple(gone))


def end_consent(registration: Registration, wording: Wording) -> list[Question]:
    """Take a consent back where it stands; gives the questions whose answers went. The event's row must be held."""
    if not _standing(registration).filter(version__wording=wording).update(withdrawn_at=timezone.now()):
        return []
    rows = list(tied_answers(registration, wording).select_related("question").order_by("question__position", "pk"))
    delete_answers(rows)
    RequestedAnswer.objects.filter(request__registration=registration, question__consent=wording).delete()
    drop_own_drafts(registration, Question.objects.filter(consent=wording))
    return [row.question for row in rows]


def give_consent(*, registration: Registration, wording: Wording, language: str = "") -> WordingSeen:
    """Agree to a consent later on: a row of its own, with the text of ``wording``.

    ``language`` is that of the page on which it was read; without one, that of the person's letters.
    """
    if wording.kind != Wording.Kind.CONSENT or wording.event_id != registration.event_id:
        raise ValidationError(_("There is nothing to agree to."))
    now = timezone.now()
    with transaction.atomic():
        if not Registration.objects.select_for_update().get(pk=registration.pk).is_active:
            raise ValidationError(_("This registration has ended: there is nothing to agree to any more."))
        standing = _standing(registration).filter(version__wording=wording).first()
        return standing or WordingSeen.objects.create(
            registration=registration,
            version=version_of(wording, language or registration.language),
            shown_at=now,
            agreed_at=now,
        )


def set_consents(registration: Registration, wanted: Mapping[Wording, bool], *, language: str = "") -> list[str]:
    """Make consents stand as a form in ``language`` has them; gives the keys of those that changed.

    The event's row must be held.
    """
    given, changed = standing(registration), []
    for wording, agreed in wanted.items():
        if agreed == (wording.pk in given):
            continue
        if agreed:
            give_consent(registration=registration, wording=wording, language=language)
        else:
            end_consent(registration, wording)
        changed.append(wording.key)
    return changed


def _standing(registration: Registration) -> QuerySet[WordingSeen]:
    return WordingSeen.objects.filter(registration=registration, agreed_at__isnull=False, withdrawn_at=None)


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
