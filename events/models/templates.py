"""Templates of events that officers made of their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.bilingual import Bilingual, BilingualModel

from .event import Event


class EventTemplate(BilingualModel):
    """An event without a date: what a new one begins with. ``blueprint`` is written by ``events.cloning``.

    It names no people, so that erasing one need not look here.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=Event.Kind.choices)
    name_tr = models.CharField(_("name (Turkish)"), max_length=200, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    blueprint = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    name = Bilingual()

    class Meta:
        verbose_name = _("template of events")
        verbose_name_plural = _("templates of events")
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return str(self.name)
