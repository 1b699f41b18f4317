"""A request for a change in words: what was beside what is wanted, for the person and for the officer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.forms.registration.asked import told
from events.models import ChangeRequest, Question
from events.registration.sessions import SessionOffered


@dataclass(frozen=True)
class Row:
    """One thing that is to be another; ``closed`` where it is sensitive and was not opened."""

    label: str
    was: str = ""
    wanted: str = ""
    question: Question | None = None
    closed: bool = False


def request_rows(request: ChangeRequest, sessions: Sequence[SessionOffered], *, opened: bool = True) -> list[Row]:
    """What is asked, in the active language; ``sessions`` are those of the event. Sensitive answers where ``opened``."""
    return [*_details(request), *_answers(request, opened=opened), *_sessions(request, sessions)]


def _details(request: ChangeRequest) -> list[Row]:
    labels = {
        "name": pgettext("of a person", "Name"),
        "organisation": _("Organisation"),
        "role": _("Position"),
        "phone": _("Telephone"),
        "language": _("Language"),
    }
    return [
        Row(labels[name], _detail(name, was), _detail(name, wanted))
        for name, (was, wanted) in request.details.items()
        if name in labels
    ]


def _detail(name: str, value: str) -> str:
    tongues = {"tr": _("Turkish"), "en": _("English")}
    return tongues.get(value, value) if name == "language" else value or "–"


def _answers(request: ChangeRequest, *, opened: bool) -> list[Row]:
    rows = []
    for each in sorted(request.answers.all(), key=lambda each: (each.question.position, each.question_id)):
        question = each.question
        if question.sensitive and not opened:
            rows.append(Row(str(question.label), question=question, closed=True))
        else:
            was, wanted = (told(question, value) for value in each.value)
            rows.append(Row(str(question.label), was, wanted, question=question))
    return rows


def _sessions(request: ChangeRequest, sessions: Sequence[SessionOffered]) -> list[Row]:
    if not request.sessions or not sessions:
        return []
    titles = {each.pk: f"{each.times}: {each.title}" for each in sessions}
    was, wanted = (
        "\n".join(titles[pk] for pk in request.sessions[name] if pk in titles) or "–" for name in ("was", "wanted")
    )
    return [Row(_("Sessions"), was, wanted)]
