"""Links that open something without an account."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .base import new_key


class LinkQuerySet(models.QuerySet["Link"]):
    def open(self) -> "LinkQuerySet":
        """Links that open today: not revoked, not expired."""
        return self.filter(models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now()), revoked_at=None)


class Link(models.Model):
    """One link: what for, to which row, which generation, until when. Its key is stored nowhere.

    The key is computed from this row and a secret of the installation (``events.links``), so it can be shown again,
    and whoever steals the database opens nothing. What a link leads to has a ``GenericRelation`` to it, by which
    it goes with its row.
    """

    purpose = models.CharField(max_length=20)
    handle = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey()
    generation = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField(_("valid until"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "purpose"], name="link_once_a_purpose")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.handle}"

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > timezone.now())
