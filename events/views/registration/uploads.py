"""Files of a public form: taken before the form is looked at, so that none has to be chosen again."""

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from events.forms.registration import ONCE, Files, remove_name
from events.limits import Limit
from events.models import Question, Registration
from events.registration.uploading import drafts_of, drop_drafts, keep_draft, own_draft
from events.uploads.refusals import FileNotTakenError

#: A municipality shares one address, and each of its people may send several.
LIMIT = Limit("upload", most=120, seconds=3600)


def take_files(
    request: HttpRequest, questions: Sequence[Question], *, draft: str, answers: Mapping[str, Any] | None = None
) -> Files:
    """Keep what was sent with a form for as long as it is filled in; ``answers`` has the files that are kept already.

    A file that is not taken leaves the one before it, and says why beside its field.
    """
    asking = [each for each in questions if each.kind == Question.Kind.FILE]
    files, waiting = Files(), drafts_of(draft) if asking else {}
    for question in asking:
        stored = waiting[question.pk].value if question.pk in waiting else (answers or {}).get(question.key)
        found = _take(request, question, draft, files) or (None if _removed(request, question, draft) else stored)
        if found:
            files.kept[question.key] = found
    return files


def kept_files(questions: Sequence[Question], answers: Mapping[str, Any]) -> Files:
    """What was answered with a file before, for a form that is opened."""
    asking = [each.key for each in questions if each.kind == Question.Kind.FILE]
    return Files(kept={key: answers[key] for key in asking if answers.get(key)})


def own_files(
    request: HttpRequest,
    registration: Registration,
    questions: Sequence[Question],
    answers: Mapping[str, Any],
    user: int | None = None,
) -> dict[str, Any]:
    """What a form of a registered person needs to ask for files: what is kept, and the number of the form.

    ``user`` is the officer who fills it in, by number.
    """
    once = once_of(request)
    if request.method != "POST":
        return {"once": once, "files": kept_files(questions, answers)}
    draft = own_draft(registration, once, user)
    return {"once": once, "files": take_files(request, questions, draft=draft, answers=answers)}


def once_of(request: HttpRequest) -> str:
    """The number of the form that was sent, else of a new one."""
    sent = request.POST.get(ONCE, "")
    return sent if re.fullmatch(r"[0-9a-f]{16}", sent) else secrets.token_hex(8)


def _take(request: HttpRequest, question: Question, draft: str, files: Files) -> dict[str, Any] | None:
    sent = request.FILES.get(f"q-{question.key}")
    if sent is None:
        return None
    try:
        if sent.size is not None and sent.size > question.megabytes * 1024 * 1024:
            raise FileNotTakenError("too_big", limit=question.megabytes)
        if LIMIT.wait(request):
            raise FileNotTakenError("often")
        kept = keep_draft(question=question, draft=draft, data=sent.read(), called=sent.name or "")
    except FileNotTakenError as refused:
        files.wrong[question.key] = refused.words
        return None
    return kept.value


def _removed(request: HttpRequest, question: Question, draft: str) -> bool:
    if not request.POST.get(remove_name(question)):
        return False
    drop_drafts(draft, question)
    return True
