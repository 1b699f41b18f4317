"""Answers in the list of registrations: as columns, and to narrow it by.

Sealed answers are never among them: opening one is an act that is written down. Nor is what this officer may not read.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from events import permissions
from events.forms.registration.asked import choices_of, told
from events.models import Answer, Event, GroupAnswer, Question, Registration

#: More columns than these nobody reads on a screen; the export has all.
MOST_COLUMNS = 6
_YES_NO = (("1", True), ("0", False))


def readable(event: Event, user: Any) -> list[Question]:
    """The questions whose answers may stand in a list that this officer sees, in order."""
    rows = Question.objects.filter(event=event, sensitive=False).order_by("position", "pk")
    return [each for each in rows if permissions.may_read_answers(user, each.visible_to)]


def offered(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """What the list can be narrowed by: each question with a few answers, and these in words."""
    found = []
    for question in questions:
        values: Sequence[tuple[str, str]] = ()
        if question.kind in (Question.Kind.CHOICE, Question.Kind.CHOICES):
            values = choices_of(question)
        elif question.kind == Question.Kind.YES_NO:
            values = [("1", _("yes")), ("0", _("no"))]
        if values:
            options = [(f"{question.key}:{value}", label) for value, label in values]
            found.append({"label": question.label, "options": options})
    return found


def asked_answer(query: QueryDict, questions: Iterable[Question]) -> str:
    """``question:value`` as the address says, if it is among those offered; else nothing."""
    asked = query.get("answer", "")
    return asked if any(asked == value for each in offered(questions) for value, _label in each["options"]) else ""


def asked_columns(query: QueryDict, questions: Iterable[Question]) -> str:
    """The keys of the questions whose answers are to be seen, joined by commas."""
    keys = {key for part in query.getlist("columns")[:50] for key in part.split(",")}
    return ",".join([each.key for each in questions if each.key in keys][:MOST_COLUMNS])


def who_answered(rows: QuerySet[Registration], asked: str) -> QuerySet[Registration]:
    """Those who answered so, themselves or for their whole group."""
    key, _colon, value = asked.partition(":")
    # Compared here: SQLite cannot look into a list.
    own = Answer.objects.filter(question__key=key, sealed="").values_list("registration", "plain")
    groups = GroupAnswer.objects.filter(question__key=key, sealed="").values_list("group", "plain")
    said = Q(pk__in=[row for row, plain in own if _says(plain, value)])
    return rows.filter(said | Q(group__in=[row for row, plain in groups if _says(plain, value)]))


def _says(plain: Any, value: str) -> bool:
    if isinstance(plain, bool):
        return plain == dict(_YES_NO).get(value)
    return value in plain if isinstance(plain, list) else plain == value


def answer_words(asked: str) -> str:
    """``question: answer``, as a sentence about the filter has it."""
    key, _colon, value = asked.partition(":")
    question = Question.objects.filter(key=key).first()
    if question is None:
        return ""
    plain: Any = dict(_YES_NO)[value] if question.kind == Question.Kind.YES_NO else value
    return f"{question.label}: {told(question, plain)}"


def cells(row: Registration, questions: Sequence[Question]) -> list[str]:
    """The answers of one row in words; ``answers`` of the row and of its group are read before."""
    if not questions:
        return []
    found: dict[int, Any] = {each.question_id: each for each in row.answers.all()}
    if row.group:
        found |= {each.question_id: each for each in row.group.answers.all()}
    return [told(each, found[each.pk].value) if each.pk in found else "–" for each in questions]
