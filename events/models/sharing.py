"""A working programme shown to hosts by a secret link, and what they say of it."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _

from .event import Event
from .links import Link
from .programme import Session

#: What a link to a working programme is for.
DRAFT = "draft"


class ProgrammeShareQuerySet(models.QuerySet["ProgrammeShare"]):
    def linked(self) -> "ProgrammeShareQuerySet":
        """With their links, in one query more."""
        return self.prefetch_related("links")


class ProgrammeShare(models.Model):
    """One working programme for one host. The key stands in no row: it is made of the link whenever it is asked."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="shares")
    host = models.CharField(_("for whom"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=[("tr", _("Turkish")), ("en", _("English"))])
    may_comment = models.BooleanField(_("may comment"), default=True)
    drafts = models.BooleanField(_("sees drafts"), default=True)
    restricted = models.BooleanField(_("sees sessions that are not public"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    links = GenericRelation(Link)

    objects = ProgrammeShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared programme")
        verbose_name_plural = _("shared programmes")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.host

    @property
    def link(self) -> Link:
        return next(iter(self.links.all()))


class HostComment(models.Model):
    """What a host said of a working programme or of one session; goes with the share."""

    share = models.ForeignKey(ProgrammeShare, on_delete=models.CASCADE, related_name="comments")
    session = models.ForeignKey(Session, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    #: The session's title at that moment, for when the session is gone.
    about = models.CharField(_("about"), max_length=300, blank=True)
    name = models.CharField(_("name"), max_length=200)
    text = models.TextField(_("comment"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("comment of a host")
        verbose_name_plural = _("comments of hosts")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"
