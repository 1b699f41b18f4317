"""What a machine suggests: kept beside the texts, marked as such, never one of them until a person takes it."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.bilingual import digest_of
from events.jobs import JobRefusedError, promise_job
from events.machine import TranslatorAwayError, machine_name, translate
from events.models import Event, Job, Suggestion

from .keys import TextKey, gone
from .reading import TextTable

KIND = "suggest_texts"
#: So many texts go into one question; what came back is kept before the next.
_AT_ONCE = 20


def suggest_text(*, event: Event, by: User | None, key: TextKey) -> Suggestion:
    """Ask the machine for one text. Nothing is held while it answers."""
    _require(by)
    row = key.rows(event).first()
    if row is None:
        raise gone()
    source: str = getattr(row, key.other.column)
    if not source:
        raise ValidationError(_("There is nothing to translate: the other language is empty."))
    try:
        text = translate([source], key.other.language, key.language)[0]
    except TranslatorAwayError:
        raise ValidationError(
            _("The translation service did not answer. Nothing was changed; try again later.")
        ) from None
    return _keep(event, key, source, text)


def discard_suggestion(*, event: Event, by: User | None, key: TextKey) -> None:
    """Drop what the machine suggested for a text."""
    permissions.require(permissions.may_edit_programme(by))
    rows = Suggestion.objects.filter(event=event, row_kind=key.kind, row_id=key.row)
    rows.filter(name=key.name, language=key.language).delete()


def suggest_missing(*, event: Event, by: User | None) -> Job:
    """Promise a suggestion for every missing text that has none yet."""
    _require(by)
    with transaction.atomic():
        log(instance=event, action="events.suggest_texts", user=by)
        return promise_job(KIND, owner=by, event=event.pk, by=by.pk if by else None)


def run_suggestions(job: Job) -> dict[str, Any]:
    """What the job does; done twice it asks only for what is still missing.

    Whoever asked may have lost the right meanwhile, or the log-in: then nothing goes to a service outside.
    """
    asked_by_somebody_gone = job.owner is None and job.payload.get("by")
    if asked_by_somebody_gone or not permissions.may_edit_programme(job.owner):
        raise JobRefusedError("Whoever asked for suggestions may not edit programmes any more.")
    event = Event.objects.filter(pk=job.payload["event"]).first()
    if event is None:
        return {}
    made = 0
    for language in ("tr", "en"):
        wanted = _wanted(event, language)
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            other = part[0][0].other.language
            said = translate([source for _key, source in part], other, language)
            for (key, source), text in zip(part, said, strict=True):
                _keep(event, key, source, text)
            made += len(part)
    return {"suggested": made}


def _require(by: User | None) -> None:
    permissions.require(permissions.may_edit_programme(by))
    if not machine_name():
        raise ValidationError(_("No translation service is set up here."))


def _wanted(event: Event, language: str) -> list[tuple[TextKey, str]]:
    """Missing texts without a suggestion, each with what is to be translated."""
    found = []
    for pair in TextTable(event).pairs.values():
        cell, source = (pair.tr, pair.en) if language == "tr" else (pair.en, pair.tr)
        if cell.state == "missing" and cell.suggestion is None:
            found.append((cell.key, source.text))
    return found


def _keep(event: Event, key: TextKey, source: str, text: str) -> Suggestion:
    row, _made = Suggestion.objects.update_or_create(
        event=event,
        row_kind=key.kind,
        row_id=key.row,
        name=key.name,
        language=key.language,
        defaults={
            "text": text,
            "source": digest_of(source),
            "machine": machine_name()[:60],
            "made_at": timezone.now(),
        },
    )
    return row
