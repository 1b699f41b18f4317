"""Files on their way: kept while a form is filled in, bound to the answer when it is sent, deleted with it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.models import Answer, ChangeRequest, Question, Registration, Upload
from events.turkish import clean
from events.uploads import store
from events.uploads.process import clean_upload

#: What no row knows is left alone so long: its row may be on its way.
_STRAY = dt.timedelta(hours=1)
_LONGEST_NAME = 120
#: In the place of a form's number: what an open request for a change asks for.
REQUESTED = "request"


def keep_draft(*, question: Question, draft: str, data: bytes, called: str) -> Upload:
    """Keep a file until its form is sent, in the place of one that was chosen before.

    Raises ``FileNotTakenError``; then nothing is kept.
    """
    cleaned = clean_upload(data, megabytes=question.megabytes)
    upload = Upload(question=question, draft=draft, kind=cleaned.kind, size=len(cleaned.data))
    upload.tell(clean(called)[-_LONGEST_NAME:])
    upload.name = store.put(cleaned.data)
    try:
        with transaction.atomic():
            drop_uploads(Upload.objects.filter(question=question, draft=draft))
            upload.save()
    except BaseException:
        store.drop(upload.name)
        raise
    return upload


def own_draft(registration: Registration, once: str, user: int | None = None) -> str:
    """Where files wait on one form (``once``) of a registered person; an officer's wait apart, ``user`` by number."""
    return f"r{registration.pk}-{f'u{user}-' if user else ''}{once}"


def drop_own_drafts(registration: Registration, questions: QuerySet[Question] | None = None) -> None:
    """Delete what waits on any form of one person, or what waits there for these questions."""
    rows = Upload.objects.filter(draft__startswith=f"r{registration.pk}-")
    drop_uploads(rows if questions is None else rows.filter(question__in=questions))


def drafts_of(draft: str) -> dict[int, Upload]:
    """The files that wait on a form, by question."""
    return {row.question_id: row for row in Upload.objects.filter(draft=draft)} if draft else {}


def move_drafts(*, before: str, draft: str) -> None:
    """Let the files of a form wait on the one that took its place."""
    Upload.objects.exclude(draft="").filter(draft=before).update(draft=draft)


def drop_drafts(draft: str, question: Question | None = None) -> None:
    """Delete what waits on a form, or what waits there for one question."""
    rows = Upload.objects.exclude(draft="").filter(draft=draft)
    with transaction.atomic():
        drop_uploads(rows if question is None else rows.filter(question=question))


def drop_uploads(rows: QuerySet[Upload]) -> None:
    """Delete rows, and their files once that is certain."""
    found = dict(rows.values_list("pk", "name"))
    Upload.objects.filter(pk__in=found).delete()
    store.drop_on_commit(found.values())


def find_upload(question: Question, value: Any, registration: Registration) -> Upload:
    """The file that an answer names: one that waits for this question, or is this person's already."""
    name = value.get("file") if isinstance(value, dict) else None
    row = Upload.objects.select_related("answer").filter(name=name or "", question=question).first()
    if row is None or (row.answer is not None and row.answer.registration_id != registration.pk):
        raise ValidationError(
            _("The file for “%(question)s” is not there any more. Choose it again.") % {"question": question}
        )
    return row


def hold_requested(registration: Registration, wanted: Mapping[Question, Any]) -> None:
    """Keep the files that a request for a change names until it is decided, however long that takes."""
    draft = own_draft(registration, REQUESTED)
    for question, value in wanted.items():
        if question.kind != Question.Kind.FILE or not value:
            continue
        upload = find_upload(question, value, registration)
        if upload.answer is None and upload.draft != draft:
            drop_uploads(Upload.objects.filter(question=question, draft=draft))
            Upload.objects.filter(pk=upload.pk).update(draft=draft)


def bind(upload: Upload, answer: Answer) -> None:
    """From now on the file is this answer's; another that the answer had before is deleted."""
    drop_uploads(Upload.objects.filter(answer=answer).exclude(pk=upload.pk))
    upload.answer, upload.draft = answer, ""
    upload.save(update_fields=["answer", "draft"])


def forget_files() -> int:
    """Files of forms that nobody sent for a day, and files that no row knows; gives how many."""
    with transaction.atomic():
        asking = ChangeRequest.objects.filter(state=ChangeRequest.State.OPEN).select_related("registration")
        requested = [own_draft(each.registration, REQUESTED) for each in asking]
        forgotten = Upload.objects.forgotten().exclude(draft__in=requested)
        count = forgotten.count()
        drop_uploads(forgotten)
    known: Iterable[str] = Upload.objects.values_list("name", flat=True)
    for name in list(store.strays(known, _STRAY)):
        store.drop(name)
        count += 1
    return count
