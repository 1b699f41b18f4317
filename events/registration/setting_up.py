"""Verbs of the officer who sets registration up: questions in order, wordings, sessions to choose, copies."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.bilingual import LANGUAGES, pick, texts
from events.models import (
    ChangeRequest,
    Event,
    Question,
    RegistrationSettings,
    SeatedSession,
    SessionPlaces,
    Wording,
)
from events.models.registration.registrations import State

from . import details
from .answering import delete_answers
from .consents import uncovered
from .letters import tell_session_seats
from .own_words import copy_words
from .places import hold, pass_sessions_on
from .sealed import seal_answers
from .timings import copy_timings
from .uploading import drop_uploads


def move_question(*, question: Question, up: bool, by: Any = None) -> None:
    """One place up or down; a question never comes before one that its condition looks at."""
    permissions.require(permissions.may_set_up_registration(by))
    with transaction.atomic():
        Event.objects.select_for_update(of=("self",)).get(pk=question.event_id)
        rows = list(Question.objects.filter(event=question.event_id).order_by("position", "pk"))
        at = rows.index(question)
        to = at - 1 if up else at + 1
        if not 0 <= to < len(rows):
            return
        rows[at], rows[to] = rows[to], rows[at]
        if not _in_order(rows):
            raise ValidationError(_("A question stays behind those that its condition looks at."))
        for place, row in enumerate(rows):
            if row.position != place:
                Question.objects.filter(pk=row.pk).update(position=place)


def save_question(*, question: Question, by: Any = None) -> None:
    """Save a question as a form changed it; what is missing of whom may be something else from then on.

    What there are answers to keeps its kind and the choices that were chosen, and stays sensitive; where it becomes
    sensitive, they are sealed. What another question depends on keeps all that its condition looks at.
    """
    permissions.require(permissions.may_set_up_registration(by))
    with transaction.atomic():
        stored = Question.objects.select_for_update(of=("self",)).filter(pk=question.pk).first()
        if question.pk and stored is None:
            raise ValidationError(_("Somebody else deleted this question meanwhile, with all answers to it."))
        if stored and _is_answered(stored):
            _refuse_for_answers(stored, question)
        if stored:
            _refuse_for_dependents(stored, question)
        question.save()
        if stored and question.sensitive and not stored.sensitive:
            seal_answers(question)
        details.recount(question.event_id)


def _refuse_for_answers(stored: Question, question: Question) -> None:
    if stored.kind != question.kind:
        raise ValidationError(
            {"kind": _("There are answers to it, and they are of the kind that it had. Add another question.")}
        )
    if stored.sensitive and not question.sensitive:
        raise ValidationError(
            {"sensitive": _("There are answers to it that were given because they are kept encrypted. It stays so.")}
        )

    chosen = _chosen(stored) if stored.options else set()
    if gone := [each for each in _gone(stored, question) if each["key"] in chosen]:
        raise ValidationError(
            {
                "choices": _(
                    "“%(choice)s” was chosen already, so it stays. To give it other words, change one language and "
                    "save, then the other."
                )
                % {"choice": pick({language: gone[0].get(language, "") for language in LANGUAGES})}
            }
        )


def _refuse_for_dependents(stored: Question, question: Question) -> None:
    """What the condition of another question looks at: whether, when and of whom it is asked, and what can be said."""
    rows = Question.objects.filter(event=stored.event_id).exclude(pk=stored.pk)
    depending = [row for row in rows if stored.key in _looked_at(row)]
    if not depending:
        return
    later = question.stage != stored.stage and any(row.stage != question.stage for row in depending)
    names = {"kind": question.kind != stored.kind, "scope": question.scope != stored.scope, "stage": later}
    tests = [test for row in depending for test in row.condition["tests"] if test["question"] == stored.key]
    names["choices"] = bool({each["key"] for each in _gone(stored, question)} & {test.get("value") for test in tests})
    for name, is_another in names.items():
        if is_another:
            raise ValidationError(
                {name: _("Another question depends on the answers to this one. Change that one first.")}
            )


def _gone(stored: Question, question: Question) -> list[dict[str, str]]:
    """The choices that the question has no more."""
    keys = {each["key"] for each in question.options}
    return [each for each in stored.options if each["key"] not in keys]


def _chosen(question: Question) -> set[str]:
    """The choices, by key, that somebody chose, or asks for."""
    values = [row.value for rows in (question.answers, question.group_answers) for row in rows.all()]
    values += [value for row in question.requested_answers.all() for value in row.value]
    return {key for value in values for key in (value if isinstance(value, list) else [value]) if key}


def _is_answered(question: Question) -> bool:
    return any(rows.exists() for rows in (question.answers, question.group_answers, question.requested_answers))


def delete_question(*, question: Question, by: Any = None) -> None:
    """Delete a question with all answers to it; refused while another question depends on it."""
    permissions.require(permissions.may_set_up_registration(by))
    with transaction.atomic():
        _hold(question.event_id)  # whoever writes answers holds it too, and finds the question there or gone
        if not Question.objects.filter(pk=question.pk).exists():
            return
        rows = Question.objects.filter(event=question.event_id).exclude(pk=question.pk)
        if any(question.key in _looked_at(row) for row in rows):
            raise ValidationError(_("Another question depends on the answers to this one. Change that one first."))
        log(instance=question.event, action="events.registration.delete_question", user=by, data={"key": question.key})
        delete_answers(question.answers.all())
        drop_uploads(question.uploads.all())
        question.delete()
        details.recount(question.event_id)


def _hold(event: int) -> None:
    """Hold the event's row where there is one: questions can be written before it."""
    list(RegistrationSettings.objects.select_for_update(of=("self",)).filter(event=event))


def delete_uncovered(*, question: Question, by: Any = None) -> int:
    """Delete the answers to a question for which no consent stands; gives how many. Written into the event's history."""
    permissions.require(permissions.may_set_up_registration(by))
    with transaction.atomic():
        hold(question.event_id)
        rows = list(uncovered(question))
        delete_answers(rows)
        if rows:
            log(
                instance=question.event,
                action="events.registration.delete_uncovered",
                user=by,
                data={"key": question.key, "answers": len(rows)},
            )
        return len(rows)


def delete_wording(*, wording: Wording, by: Any = None) -> None:
    """Delete a notice or consent that nobody was shown yet; one that was shown is evidence."""
    permissions.require(permissions.may_set_up_registration(by))
    with transaction.atomic():
        if wording.versions.filter(Q(seen__isnull=False) | Q(groups__isnull=False)).exists():
            raise ValidationError(
                _("People were shown this text, so it stays. Change it instead: a new version begins.")
            )
        asking = [str(each) for each in wording.questions.order_by("position", "pk")]
        if asking:
            raise ValidationError(
                _("Questions need this consent: %(questions)s. Give them another legal basis first.")
                % {"questions": "; ".join(asking)}
            )
        wording.versions.all().delete()
        wording.delete()


def choose_places(*, event: Event, wanted: Mapping[int, int | None], by: Any = None) -> None:
    """Say which sessions are chosen when registering, with how many seats; ``wanted`` are seats by session."""
    permissions.require(permissions.may_set_up_registration(by))
    with transaction.atomic():
        settings = hold(event.pk)
        rows = {
            row.session_id: row for row in SessionPlaces.objects.filter(session__event=event).select_related("session")
        }
        for session, capacity in wanted.items():
            row = rows.pop(session, None) or SessionPlaces(session_id=session)
            if capacity is not None and capacity < row.taken:
                raise ValidationError(_("%(taken)d people have a seat in it.") % {"taken": row.taken})
            new, row.capacity = row.pk is None, capacity
            row.save()
            if new:
                _take_off_agendas(event, row.session.key)
            tell_session_seats(settings, pass_sessions_on(settings, [row]))
        for row in rows.values():
            SeatedSession.objects.filter(registration__event=event, key=row.session.key).delete()
            _note_gone(event, row)
            row.delete()


def _note_gone(event: Event, row: SessionPlaces) -> None:
    """Leave its title with those who asked for it: whoever decides on that reads what is not to be had any more."""
    asked = ChangeRequest.objects.filter(registration__event=event, state=ChangeRequest.State.OPEN)
    for request in asked.exclude(sessions={}):
        if row.pk in request.sessions["wanted"]:
            request.sessions.setdefault("gone", {})[str(row.pk)] = texts(row.session, "title")
            request.save(update_fields=["sessions"])


def _take_off_agendas(event: Event, key: str) -> None:
    """A session that everybody attended and that has to be chosen from now on: calendars strike it out."""
    SeatedSession.objects.bulk_create(
        (
            SeatedSession(registration=row, key=key, left_at=timezone.now())
            for row in event.registrations.filter(state=State.CONFIRMED)
        ),
        ignore_conflicts=True,
    )


def copy_form(*, source: Event, event: Event, by: Any = None) -> int:
    """Copy questions, notice, consents and own letters of another event; what this one has already stays.

    A question that is here word for word is not copied once more. Gives how many questions were.
    """
    permissions.require(permissions.may_set_up_registration(by))
    with transaction.atomic():
        consents = _copy_wordings(source, event)
        keys: dict[str, str] = {}
        here = {_words(row): row.key for row in event.questions.all()}
        last = event.questions.aggregate(last=Max("position"))["last"]
        place = first = 0 if last is None else last + 1
        for row in source.questions.order_by("position", "pk"):
            old = row.key
            if same := here.get(_words(row)):
                keys[old] = same
                continue
            row.pk, row.event, row.position, row.version = None, event, place, 1
            row.key = Question._meta.get_field("key").get_default()
            row.condition = _with_keys(row.condition, keys)
            row.consent = consents.get(row.consent_id or 0)
            row.save()
            keys[old] = row.key
            place += 1
        copy_words(source=source, event=event)
        copy_timings(source=source, event=event)
        details.recount(event.pk)
        return place - first


def _words(question: Question) -> tuple[Any, ...]:
    """By what two questions are the same: asked of the same people at the same time, in the same words."""
    choices = [(each["key"], each["tr"]) for each in question.options]
    return (question.kind, question.scope, question.stage, question.label_tr, question.label_en, repr(choices))


def _copy_wordings(source: Event, event: Event) -> dict[int, Wording]:
    """Gives what each of the other event's texts is here: a copy, or the same text that is there already."""
    own = {(each.kind, each.title_tr, each.text_tr): each for each in event.wordings.all()}
    has_notice = any(kind == Wording.Kind.NOTICE for kind, _title, _text in own)
    found: dict[int, Wording] = {}
    for wording in source.wordings.order_by("position", "pk"):
        same, old = own.get((wording.kind, wording.title_tr, wording.text_tr)), wording.pk
        if same is None and wording.kind == Wording.Kind.NOTICE and has_notice:
            continue
        if same is None:
            wording.pk, wording.event, wording.version = None, event, 1
            wording.key = Wording._meta.get_field("key").get_default()
            wording.save()
        found[old] = same or wording
    return found


def _with_keys(condition: dict[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    tests = [
        {**test, "question": keys[test["question"]]}
        for test in condition.get("tests") or []
        if test["question"] in keys
    ]
    return {**condition, "tests": tests} if tests else {}


def _looked_at(question: Question) -> set[str]:
    return {test["question"] for test in question.condition.get("tests") or []}


def _in_order(rows: list[Question]) -> bool:
    seen: set[str] = set()
    for row in rows:
        if _looked_at(row) - seen:
            return False
        seen.add(row.key)
    return True
