"""What officers did to a working programme by hand, kept so that each can undo and redo their own acts."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.bilingual import pick

from .event import Event


class ProgrammeActQuerySet(models.QuerySet["ProgrammeAct"]):
    def undoable(self) -> "ProgrammeActQuerySet":
        """Acts that stand, the last one first."""
        return self.filter(undone_at=None).order_by("-pk")

    def redoable(self) -> "ProgrammeActQuerySet":
        """Acts that were undone, the one undone last first."""
        return self.exclude(undone_at=None).order_by("-undone_at", "pk")


class ProgrammeAct(models.Model):
    """One act of one officer. ``rows`` tells for each session its key, how it was and how it became.

    A row is ``{"key", "title", "before", "after", "was", "is", "people_of"}``: ``before`` is None for a session
    that the act made, ``was`` and ``is`` are the versions of the row before and after, ``people_of`` the key of
    the session whose people a copy took. People are named by number; an act that names somebody goes with them
    when they are erased.
    """

    class Kind(models.TextChoices):
        MOVE = "move", _("Move “%(title)s”")
        CREATE = "create", _("Add “%(title)s”")
        EDIT = "edit", _("Change “%(title)s”")
        SHIFT = "shift", _("Shift the rest of the day")
        COPY = "copy", _("Copy the day")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="acts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="programme_acts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    rows = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    done_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    objects = ProgrammeActQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["event", "user", "undone_at"], name="act_of_one_officer")]

    def __str__(self) -> str:
        title = pick(self.rows[0]["title"]) if self.rows else ""
        return str(self.Kind(self.kind).label) % {"title": title}

    def names(self, person: int) -> bool:
        """Whether a person stands in it, before or after."""
        states = (row[when] or {} for row in self.rows for when in ("before", "after"))
        return any(each[0] == person for state in states for each in state.get("people", ()))
