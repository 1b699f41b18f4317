"""What came in by a contact page, with what the person had been told."""

import hashlib
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.forms.models import AbstractFormSubmission

from events.labels import language_name
from events.models import Message

from .contact import ContactPage


def digest(text: str) -> str:
    """By what two versions of a text are told apart."""
    return hashlib.sha256(text.encode()).hexdigest()


class ShownText(models.Model):
    """One version of a notice or a consent as it stood on a page; numbered by page, kind and language."""

    class Kind(models.TextChoices):
        NOTICE = "notice", gettext_lazy("information notice")
        CONSENT = "consent", gettext_lazy("explicit consent")

    page = models.ForeignKey(ContactPage, on_delete=models.CASCADE, related_name="shown_texts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    language = models.CharField(max_length=10)
    number = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    first_used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("text shown")
        verbose_name_plural = gettext_lazy("texts shown")
        ordering = ["page", "kind", "language", "number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "kind", "language", "digest"], name="shown_text_once"),
            models.UniqueConstraint(fields=["page", "kind", "language", "number"], name="shown_text_numbered"),
        ]

    def __str__(self) -> str:
        return _("version %(number)s, %(language)s") % {
            "number": self.number,
            "language": language_name(self.language),
        }

    @classmethod
    def of(cls, page: ContactPage, kind: str, text: str) -> "ShownText":
        """The version with this text, made if it is new. Call it in a transaction."""
        versions = cls.objects.filter(page=page, kind=kind, language=page.locale.language_code)
        ContactPage.objects.select_for_update().filter(pk=page.pk).values_list("pk").first()
        last = versions.aggregate(last=Max("number"))["last"] or 0
        known, _made = cls.objects.get_or_create(
            page=page,
            kind=kind,
            language=page.locale.language_code,
            digest=digest(text),
            defaults={"text": text, "number": last + 1},
        )
        return known


class ContactMessageQuerySet(models.QuerySet["ContactMessage"]):
    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete messages and the letters that told of them, sent or not; counts messages and all rows."""
        with transaction.atomic():
            keys = list(self.values_list("pk", flat=True))
            told = ContactMessage.letters.through.objects.filter(contactmessage__in=keys)
            letters = list(told.values_list("message", flat=True))
            deleted = super().delete()
            Message.objects.filter(pk__in=letters).delete()
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class ContactMessage(AbstractFormSubmission):
    """One message. ``once`` makes the same form, sent twice, one message."""

    form_data = models.JSONField(gettext_lazy("message"), encoder=DjangoJSONEncoder)
    email = models.CharField(gettext_lazy("e-mail"), max_length=254, blank=True, db_index=True)
    once = models.CharField(max_length=32, unique=True)
    notice = models.ForeignKey(ShownText, on_delete=models.RESTRICT, related_name="+")
    consent = models.ForeignKey(ShownText, on_delete=models.RESTRICT, null=True, related_name="+")
    shown_at = models.DateTimeField(gettext_lazy("form opened"))
    letters = models.ManyToManyField(Message, related_name="+")

    objects = ContactMessageQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("contact message")
        verbose_name_plural = gettext_lazy("contact messages")
        ordering = ["-submit_time", "-pk"]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"

    def get_data(self) -> dict[str, Any]:
        """The answers, and what the list tells beside them."""
        return {
            **super().get_data(),
            "language": self.notice.language,
            "consent_given": str(self.consent) if self.consent else _("no"),
            "notice_shown": str(self.notice),
        }
