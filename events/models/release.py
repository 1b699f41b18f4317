"""The release: one event, both languages, frozen and numbered; and what is rendered from it."""

import json
import uuid
import zlib
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.bilingual import Bilingual, BilingualModel

from .directory import Organisation, Person
from .event import DialogueProgramme, Event, LineOfWork

if TYPE_CHECKING:
    import datetime

Document = dict[str, Any]


#: What is large in a release, and what lists, polls and an event's home never need.
DOCUMENTS = ("public_document", "restricted_document", "public_delta")


class ReleaseQuerySet(models.QuerySet["ProgrammeRelease"]):
    def without_documents(self) -> "ReleaseQuerySet":
        """Defer the two documents: history lists and polls never need them."""
        return self.defer(*DOCUMENTS)


class ProgrammeRelease(BilingualModel):
    """A frozen, numbered version of an event's programme; see ``events.programme`` for the document's shape.

    ``public_document`` holds what everybody may see, ``restricted_document`` the sessions for participants and
    staff. Both are compressed and name people by key only. ``public_delta`` is the public document with only
    those sessions that differ from the release before, so that a renderer can mend what it rendered then; it
    is empty where more than sessions changed. ``fingerprint`` is the content's, for comparing.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="releases", verbose_name=_("event"))
    number = models.PositiveIntegerField(_("number"))
    public_document = models.BinaryField()
    restricted_document = models.BinaryField()
    public_delta = models.BinaryField(null=True)
    fingerprint = models.CharField(max_length=64)
    note_tr = models.CharField(_("note (Turkish)"), max_length=300, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=300, blank=True)
    released_at = models.DateTimeField(_("released"))
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("released by"),
    )

    note = Bilingual()
    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme release")
        verbose_name_plural = _("programme releases")
        ordering = ["event", "-number"]
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="release_number_once_an_event")]

    def __str__(self) -> str:
        return f"{self.event.slug} #{self.number}"

    def open_public(self) -> Document:
        """The part everybody may see."""
        return unpack(self.public_document)

    def open_delta(self) -> Document | None:
        """The public document with only the sessions that differ from the release before, if that tells all."""
        return unpack(self.public_delta) if self.public_delta else None

    def open_restricted(self) -> Document:
        """Sessions for participants and staff; ask ``events.permissions`` before opening it."""
        return unpack(self.restricted_document)


def pack(document: Document) -> bytes:
    """Compress a document; the same document gives the same bytes."""
    return zlib.compress(written(document), 6)


def written(content: Any) -> bytes:
    """Plain data as JSON in the one form that is compared and kept."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def unpack(packed: bytes | memoryview) -> Document:
    """Read a packed document back."""
    document: Document = json.loads(zlib.decompress(bytes(packed)))
    return document


class ReleasedPerson(models.Model):
    """A person as one release shows them. The document knows only ``key``, so that erasure reaches history.

    ``positions`` lists the distinct positions shown, each ``{"tr": …, "en": …}``; the document points into it
    by index. ``erased`` rows have everything else empty.
    """

    release = models.ForeignKey(ProgrammeRelease, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="released")
    key = models.CharField(max_length=12, db_index=True)
    name = models.CharField(max_length=200, blank=True)
    sort_key = models.CharField(max_length=400, blank=True)
    positions = models.JSONField(default=list)
    biography_tr = models.TextField(blank=True)
    biography_en = models.TextField(blank=True)
    erased = models.BooleanField(default=False)

    class Meta:
        ordering = ["release", "sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["release", "key"], name="released_person_once")]

    def __str__(self) -> str:
        return self.name or str(_("(erased)"))


class ProgrammeChange(models.Model):
    """One thing that changed from the release before: which session, how, and what it was and is now."""

    class Kind(models.TextChoices):
        ADDED = "added", _("added")
        MOVED = "moved", _("moved")
        RETITLED = "retitled", _("retitled")
        PEOPLE = "people", _("other people")
        EDITED = "edited", _("edited")
        CANCELLED = "cancelled", _("cancelled")
        RESTORED = "restored", _("restored")

    release = models.ForeignKey(ProgrammeRelease, on_delete=models.CASCADE, related_name="changes")
    session_key = models.CharField(max_length=12, db_index=True)
    audience = models.CharField(max_length=12)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["release", "pk"]

    def __str__(self) -> str:
        return f"{self.session_key}: {self.kind}"


class PublicEventQuerySet(models.QuerySet["PublicEvent"]):
    def visible(self) -> "PublicEventQuerySet":
        """Public and cancelled events; a withdrawn one is in no list."""
        return self.exclude(status=PublicEvent.Status.WITHDRAWN)

    def coming(self, today: "datetime.date") -> "PublicEventQuerySet":
        """Those that have not ended by that day, the nearest first; without dates they are coming, and stand last."""
        return self.exclude(ends_on__lt=today).order_by(models.F("starts_on").asc(nulls_last=True), "pk")


class PublicEvent(BilingualModel):
    """One row per event, rewritten by each release: what lists, filters, search and ``events.ics`` read.

    ``sequence`` and ``modified_at`` belong to the event's own calendar entry in ``events.ics``.
    """

    class Status(models.TextChoices):
        PUBLIC = "public", _("public")
        CANCELLED = "cancelled", _("cancelled")
        WITHDRAWN = "withdrawn", _("withdrawn")

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="public")
    release = models.OneToOneField(ProgrammeRelease, on_delete=models.PROTECT, related_name="current_of")
    slug = models.CharField(max_length=80, unique=True)
    code = models.CharField(max_length=8, unique=True)
    uid = models.UUIDField(default=uuid.uuid4)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PUBLIC)
    kind = models.CharField(max_length=20, choices=Event.Kind.choices)
    line_of_work = models.PositiveSmallIntegerField(choices=LineOfWork.choices)
    field = models.CharField(max_length=20, blank=True)
    dialogue_programme = models.ForeignKey(
        DialogueProgramme, on_delete=models.SET_NULL, null=True, related_name="public_events"
    )
    organisations = models.ManyToManyField(Organisation, related_name="public_events")
    title_tr = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    summary_tr = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    place_tr = models.CharField(max_length=500, blank=True)
    place_en = models.CharField(max_length=500, blank=True)
    starts_on = models.DateField(null=True, db_index=True)
    ends_on = models.DateField(null=True, db_index=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    time_zone = models.CharField(max_length=50)
    search_tr = models.TextField()
    search_en = models.TextField()
    sequence = models.PositiveIntegerField(default=0)
    modified_at = models.DateTimeField()

    title = Bilingual()
    summary = Bilingual()
    place = Bilingual()
    objects = PublicEventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return self.slug


class Rendering(models.Model):
    """Something rendered from a release (feed, page, PDF), kept per language.

    A row counts only while ``renderer`` and ``settings_hash`` match the running code and ``valid_until``
    (UTC) is not past; otherwise it is rendered anew, which touches no SEQUENCE and no DTSTAMP.
    """

    release = models.ForeignKey(ProgrammeRelease, on_delete=models.CASCADE, related_name="renderings")
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    renderer = models.CharField(max_length=20)
    settings_hash = models.CharField(max_length=16)
    body = models.BinaryField()
    gzip = models.BinaryField(null=True)
    etag = models.CharField(max_length=64)
    valid_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "kind", "language"], name="rendering_once_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.release_id} {self.kind} {self.language}"


class ErasureRecord(models.Model):
    """That somebody was erased, told by keyed hashes only; re-applied after a restore, kept three years.

    Regulation of 28 October 2017 (Official Gazette 30224): records of erasure are kept at least three years.
    """

    person_hash = models.CharField(max_length=64, unique=True)
    erased_at = models.DateTimeField()
    report = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.person_hash[:12]
