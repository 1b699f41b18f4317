"""A programme file on its way in: from the upload over the trial to the act.

The file lies here and not under the media, which a web server hands out: whoever may read this table may read
it, a backup that is restored brings no forgotten copies, and every process that does jobs can reach it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .event import Event
from .outbox import Job

#: How long an upload that nobody touches waits, and how long what an import did can be read.
WAITS, TOLD = timedelta(hours=24), timedelta(days=30)


def _soon() -> datetime:
    return timezone.now() + WAITS


class ProgrammeImportQuerySet(models.QuerySet["ProgrammeImport"]):
    def without_file(self) -> "ProgrammeImportQuerySet":
        """For lists and pages: neither the bytes nor row by row what they would do."""
        return self.defer("data", "outcome")

    def waiting(self) -> "ProgrammeImportQuerySet":
        """Begun and not yet done; what ran out is as good as gone."""
        return self.exclude(stage=ProgrammeImport.Stage.DONE).filter(expires_at__gt=timezone.now())

    def expired(self) -> "ProgrammeImportQuerySet":
        return self.filter(expires_at__lte=timezone.now())


class ProgrammeImport(models.Model):
    """One file for one event. ``data`` is emptied when it is imported; the row goes when ``expires_at`` is past.

    ``layout`` is how the officer says the table is to be read (sheet, header row, columns), empty where its own
    column names say it. ``outcome`` is what the last trial or the import found, in plain values, and ``digest`` its
    fingerprint: what was shown is what is done. ``problem`` is why the file cannot be read, as code and details.
    """

    class Stage(models.TextChoices):
        COLUMNS = "columns", _("columns to be matched")
        TRYING = "trying", _("being tried")
        TRIED = "tried", _("tried")
        IMPORTING = "importing", _("being imported")
        DONE = "done", _("imported")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="imports")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200)
    data = models.BinaryField(default=bytes)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    layout = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    outdated = models.BooleanField(default=False)
    problem = models.JSONField(default=dict)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(default=_soon, db_index=True)

    objects = ProgrammeImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class ColumnMatch(models.Model):
    """Which of our columns an officer saw in the columns of a table, remembered by the names of its columns."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="column_matches")
    headers = models.CharField(max_length=64, db_index=True)
    columns = models.JSONField(default=dict)
    language = models.CharField(max_length=2, default="tr")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "headers"], name="columns_matched_once")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.headers[:8]}"
