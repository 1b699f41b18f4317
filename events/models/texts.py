"""Texts that nobody has written yet: what a machine suggests, until a person uses or drops it."""

from django.db import models
from django.utils import timezone

from .event import Event


class Suggestion(models.Model):
    """A machine's translation of one text. It is no text of the programme: nothing public ever reads it.

    ``row_kind``, ``row_id``, ``name`` and ``language`` say where it would go (``events.texts``), ``source`` is the
    digest of what was translated: where that has changed, the suggestion counts no more.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="suggestions")
    row_kind = models.CharField(max_length=10)
    row_id = models.PositiveBigIntegerField()
    name = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    text = models.TextField()
    source = models.CharField(max_length=20)
    machine = models.CharField(max_length=60)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "row_kind", "row_id", "name", "language"], name="suggestion_once_a_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.row_kind} {self.row_id} {self.name} {self.language}"
