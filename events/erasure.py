"""Erase a person for good: the one permitted change to history (KVKK art. 7, GDPR art. 17).

Releases name people by key, and what a key stands for is beside them; so erasing overwrites rows and drops
what was rendered from them. What stays is a row without content that history points at, and a ledger of keyed
hashes, in the database and in a file beside it, by which a restored backup is cleaned again.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.log_actions import registry as logs
from wagtail.models import ModelLogEntry, ReferenceIndex

from events import ledger as written
from events import mail, permissions
from events.jobs import promise_job
from events.models import (
    AcceptedWarning,
    Contribution,
    ErasureRecord,
    Event,
    HostComment,
    Job,
    Message,
    Person,
    PlannedRelease,
    Position,
    ProgrammeAct,
    ProgrammeImport,
    ProgrammeRelease,
    PublicEvent,
    Registration,
    RegistrationGroup,
    ReleasedPerson,
    Rendering,
    Session,
    Suggestion,
)
from events.signals import person_erased
from events.striking import names as stands
from events.striking import spellings, struck
from events.turkish import fold

_BLANK = {
    "name": "",
    "family_name": "",
    "languages": [],
    "email": "",
    "phone": "",
    "address_tr": "",
    "address_en": "",
    "biography_tr": "",
    "biography_en": "",
    "ref": "",
    "translated_from": {},
}


def erase_person(*, person: Person, by: permissions.Permitted | None = None) -> ErasureRecord:
    """Erase a person everywhere: directory, programmes, every release, renderings, letters and the log.

    In one transaction; listeners to ``person_erased`` erase in the same stroke. Raises ValidationError for
    somebody who was erased before. Current programmes are printed again without the person.
    """
    permissions.require(permissions.may_erase(by))
    with transaction.atomic():
        _keep_others_out(person)
        person = Person.objects.select_for_update().get(pk=person.pk)
        if person.erased_at:
            raise ValidationError(_("This person was erased before."))
        record = _erase(person)
        log(instance=person, action="events.erase", user=by)
    return record


def reapply_erasures(ledger: Path | None = None) -> int:
    """Erase again whom a restored backup brought back; gives their number. ``ledger`` is the file to read."""
    known, erased = written.known(ledger), 0
    for person in Person.objects.kept().iterator():
        if known.intersection(written.hashes(person.key)):
            erase_person(person=person)
            erased += 1
    return erased


def _keep_others_out(person: Person) -> None:
    """Wait for releases and forms that are at work on the person's sessions: they would write what they read before.

    Locked in the order in which they lock, events first.
    """
    naming = Q(sessions__contributions__person=person) | Q(releases__people__key=person.key)
    for rows in (
        Event.objects.filter(pk__in=Event.objects.filter(naming).values("pk")),
        Session.objects.filter(pk__in=Contribution.objects.filter(person=person).values("session")),
    ):
        list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def _erase(person: Person) -> ErasureRecord:
    words, email, called = _words(person), person.email, person.name
    report = {
        "positions": Position.objects.filter(person=person).count(),
        "contributions": Contribution.objects.filter(person=person).count(),
        "releases": ReleasedPerson.objects.filter(key=person.key).count(),
    }
    _erase_log(person, words)
    _erase_letters(person, words)
    _erase_remarks(person, words)
    _drop_uploads(words)
    _leave_programmes(person, words)
    _leave_releases(person, words)
    for name, value in _BLANK.items():
        setattr(person, name, value)
    person.erased_at = timezone.now()
    person.version += 1
    person.save()
    content_type = ContentType.objects.get_for_model(Person)
    pk = str(person.pk)
    ReferenceIndex.objects.filter(
        Q(content_type=content_type, object_id=pk) | Q(to_content_type=content_type, to_object_id=pk)
    ).delete()
    person_erased.send(sender=Person, person=person, email=email, name=called)
    return written.write_down(person.key, erased_at=person.erased_at, report=report)


def _words(person: Person) -> list[str]:
    """What the person is found by in free text: e-mail and name, the names of earlier days too; the longest first."""
    released = ReleasedPerson.objects.filter(Q(key=person.key) | Q(person=person)).values_list("name", flat=True)
    logged = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Person), object_id=str(person.pk)
    ).values_list("label", flat=True)
    words = {person.name, person.email, *released, *logged} - {""}
    words = {form for word in words for form in ({word} if "@" in word else spellings(word))}
    words |= {mail.literal(word) for word in words}
    return sorted(words | {escape(word) for word in words}, key=len, reverse=True)


def _leave_programmes(person: Person, words: list[str]) -> None:
    """Take the person out of working programmes; forms that are open notice by the version, desks by the time."""
    noted = _strike(Session.objects.all(), words, "host_notes")
    named = Session.objects.filter(Q(contributions__person=person) | Q(pk__in=noted))
    named.update(version=F("version") + 1, updated_at=timezone.now())
    Contribution.objects.filter(person=person).delete()
    acts = ProgrammeAct.objects.all()
    naming = [act.pk for act in acts.iterator() if act.names(person.pk) or _told(act.rows, words)]
    acts.filter(pk__in=naming).delete()
    Position.objects.filter(person=person).delete()


def _leave_releases(person: Person, words: list[str]) -> None:
    """Overwrite what every release shows of the person, and drop all that was rendered with it."""
    shown = ReleasedPerson.objects.filter(Q(key=person.key) | Q(person=person))
    releases = {*shown.values_list("release_id", flat=True)}
    releases |= _strike(ProgrammeRelease.objects.all(), words, "note_tr", "note_en")
    _strike(PlannedRelease.objects.all(), words, "note_tr", "note_en", "refused")
    # In this order: whoever renders meanwhile looks at these rows before storing what they told.
    shown.update(name="", sort_key="", positions=[], biography_tr="", biography_en="", erased=True)
    Rendering.objects.filter(release__in=releases).delete()
    for release in PublicEvent.objects.filter(release__in=releases).values_list("release_id", flat=True):
        for language in ("tr", "en", "tr-en"):
            promise_job("render_programme", release=release, language=language)


def _erase_letters(person: Person, words: list[str]) -> None:
    """Letters to the person lose all content and are not sent; other letters and jobs lose what names them."""
    own = Q(person_key=person.key)
    if person.email:
        at_address = Q(person_key__iexact=person.email) | Q(to_address__iexact=person.email)
        if _shares_address(person):
            named = Message.objects.filter(at_address).exclude(to_name="").values_list("pk", "to_name")
            at_address = Q(pk__in=[pk for pk, name in named if fold(name).split() == fold(person.name).split()])
        own |= at_address
    letters = Message.objects.filter(pk__in=list(Message.objects.filter(own).values_list("pk", flat=True)))
    letters.exclude(state=Message.State.SENT).delete()
    blank = {"subject": "", "body_text": "", "body_html": "", "calendar": "", "error": ""}
    letters.update(**blank, qr="", person_key="", to_name="", to_address="")
    kept = (*blank, "to_name")
    sent = _naming(Message.objects.filter(state=Message.State.SENT), words, *kept)
    Message.objects.filter(pk__in=sent).update(**blank, to_name="")
    Job.objects.filter(pk__in=_naming(Job.objects.all(), words, "error")).update(error="")
    # Whoever waits for a letter gets the rest.
    _strike(Message.objects.all(), words, *kept)


def _shares_address(person: Person) -> bool:
    """Whether somebody else has the address too, as in an office: letters to the others stay."""
    called = fold(person.name).split()
    rows = (Person.objects.kept(), Registration.objects.kept(), RegistrationGroup.objects.kept())
    names = (each for held in rows for each in held.filter(email__iexact=person.email).values_list("name", flat=True))
    return any(fold(name).split() != called for name in names)


def _drop_uploads(words: list[str]) -> None:
    """Files that wait to be imported go, whatever is packed in them; of imports that were done the counts stay."""
    ProgrammeImport.objects.exclude(stage=ProgrammeImport.Stage.DONE).delete()
    ProgrammeImport.objects.update(outcome={}, data=b"")
    called = {f" {fold(word)} " for word in words if fold(word)}
    names = ProgrammeImport.objects.values_list("pk", "name")
    # In names of files hyphens stand for spaces, and letters without their marks.
    files = [pk for pk, name in names if any(each in f" {fold(name)} " for each in called)]
    files += _naming(ProgrammeImport.objects.all(), words, "name")
    ProgrammeImport.objects.filter(pk__in=files).update(name="–")


def _erase_remarks(person: Person, words: list[str]) -> None:
    """What was said of warnings about the person goes, and what a machine suggested; elsewhere the name does.

    That is where officers wrote of others, and hosts of working programmes.
    """
    AcceptedWarning.objects.filter(keys__contains=person.key).delete()
    _strike(AcceptedWarning.objects.all(), words, "note")
    _strike(HostComment.objects.all(), words, "name", "text", "about")
    Suggestion.objects.filter(pk__in=_naming(Suggestion.objects.all(), words, "text")).delete()


def _strike(rows: QuerySet[Any], words: Iterable[str], *names: str) -> set[int]:
    """Take the person's name out of columns of these rows; gives the numbers of those that had it."""
    found = set()
    for word in words:
        for row in rows.filter(_holding(word, *names)).only(*names):
            told = {name: struck(getattr(row, name), word, endings=True) for name in names}
            if any(told[name] != getattr(row, name) for name in names):
                rows.filter(pk=row.pk).update(**told)
                found.add(row.pk)
    return found


def _naming(rows: QuerySet[Any], words: Iterable[str], *names: str) -> set[int]:
    """The numbers of rows where the person's name stands in one of these columns."""
    return {
        pk
        for word in words
        for pk, *texts in rows.filter(_holding(word, *names)).values_list("pk", *names)
        if any(stands(text, word, endings=True) for text in texts)
    }


def _holding(word: str, *names: str) -> Q:
    # Addresses are the same in letters of either case; names come in every spelling.
    lookup = "icontains" if "@" in word else "contains"
    found = Q()
    for name in names:
        found |= Q(**{f"{name}__{lookup}": word})
    return found


def _erase_log(person: Person, words: list[str]) -> None:
    """Blank the labels and details in Wagtail's log: of the person, of what hung on it, and wherever it is named."""
    own = Q()
    for model, ids in (
        (Person, [person.pk]),
        (Position, Position.objects.filter(person=person).values_list("pk", flat=True)),
        (Contribution, Contribution.objects.filter(person=person).values_list("pk", flat=True)),
    ):
        content_type = ContentType.objects.get_for_model(model)
        own |= Q(content_type=content_type, object_id__in=[str(pk) for pk in ids])
    for entries in logs.get_log_entry_models():
        if issubclass(entries, ModelLogEntry):
            entries.objects.filter(own).update(label="", data={})
        labelled = _naming(entries.objects.all(), words, "label")
        entries.objects.filter(pk__in=labelled).update(label="")
        named = [pk for pk, data in entries.objects.exclude(data={}).values_list("pk", "data") if _told(data, words)]
        entries.objects.filter(pk__in=named).update(data={})


def _told(data: Any, words: Iterable[str]) -> bool:
    """Whether the person's name stands anywhere in what was kept as JSON."""
    return any(stands(text, word, endings=True) for text in _texts(data) for word in words)


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from (text for pair in data.items() for each in pair for text in _texts(each))
    elif isinstance(data, list):
        yield from (text for each in data for text in _texts(each))
