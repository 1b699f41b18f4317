"""Files that people upload as answers."""

import datetime as dt
import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.sealing import seal, unseal

from .questions import Answer, Question

#: A file of a form that nobody sent is kept for so long.
KEEP_DRAFTS = dt.timedelta(days=1)


class UploadQuerySet(models.QuerySet["Upload"]):
    def forgotten(self) -> "UploadQuerySet":
        """Files of forms that nobody sent in time."""
        return self.exclude(draft="").filter(made_at__lt=timezone.now() - KEEP_DRAFTS)


class Upload(models.Model):
    """One file: of an answer, or of a form that is not sent yet (``draft`` says of which).

    ``name`` is the made-up one under which it is stored (``events.uploads``); what the person called it is sealed.
    """

    KINDS = (("pdf", "PDF"), ("jpeg", "JPEG"), ("png", "PNG"))

    name = models.CharField(max_length=40, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="uploads")
    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, null=True, related_name="upload")
    draft = models.CharField(max_length=64, blank=True, editable=False)
    kind = models.CharField(max_length=4, choices=KINDS)
    size = models.PositiveIntegerField()
    told = models.TextField(editable=False)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        constraints = [
            models.UniqueConstraint(fields=["question", "draft"], condition=~Q(draft=""), name="upload_once_a_draft"),
            models.CheckConstraint(
                condition=Q(draft="", answer__isnull=False) | (~Q(draft="") & Q(answer=None)),
                name="upload_answers_or_waits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def tell(self, called: str) -> None:
        """Put what the person called it into its place; it is not saved yet."""
        self.told = seal(json.dumps(called, ensure_ascii=False))

    @property
    def value(self) -> dict[str, Any]:
        """The file as an answer is kept."""
        return {"file": self.name, "name": json.loads(unseal(self.told)), "kind": self.kind, "size": self.size}
