"""A request for a change in words: what was beside what is wanted, for the person and for the officer."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.forms.registration.asked import told
from events.models import ChangeRequest, PublicEvent, Question
from events.registration.sessions import sessions_of


@dataclass(frozen=True)
class Row:
    """One thing that is to be another; ``closed`` where it is sensitive and was not opened."""

    label: str
    was: str = ""
    wanted: str = ""
    question: Question | None = None
    closed: bool = False


def request_rows(
    request: ChangeRequest, public: PublicEvent | None, language: str, *, opened: bool = True
) -> list[Row]:
    """What is asked, in the active language, which is ``language``. Sensitive answers only where they are ``opened``."""
    return [*_details(request), *_answers(request, opened=opened), *_sessions(request, public, language)]


def _details(request: ChangeRequest) -> list[Row]:
    labels = {
        "name": pgettext("of a person", "Name"),
        "organisation": _("Organisation"),
        "role": _("Position"),
        "phone": _("Telephone"),
        "language": _("Language"),
    }
    tongues = {"tr": _("Turkish"), "en": _("English")}
    return [
        Row(labels[name], *(tongues.get(each, each) if name == "language" else each or "–" for each in pair))
        for name, pair in request.details.items()
        if name in labels
    ]


def _answers(request: ChangeRequest, *, opened: bool) -> list[Row]:
    rows = []
    for each in request.answers.select_related("question").order_by("question__position", "question"):
        question = each.question
        if question.sensitive and not opened:
            rows.append(Row(str(question.label), question=question, closed=True))
        else:
            rows.append(Row(str(question.label), *(told(question, value) for value in each.value), question=question))
    return rows


def _sessions(request: ChangeRequest, public: PublicEvent | None, language: str) -> list[Row]:
    if not request.sessions or public is None:
        return []
    titles = {each.pk: f"{each.times}: {each.title}" for each in sessions_of(public, language)}
    was, wanted = (
        "\n".join(titles[pk] for pk in request.sessions[name] if pk in titles) or "–" for name in ("was", "wanted")
    )
    return [Row(_("Sessions"), was, wanted)]
