"""People whom one contact registers together for an organisation."""

from datetime import datetime

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.base import DerivedModel, DerivedQuerySet, VersionedModel, new_key
from events.models.directory import Organisation
from events.models.event import Event
from events.models.links import Link
from events.turkish import fold

from .questions import KeptAnswer, Question
from .registrations import ACTIVE, HELD, RegistrationQuerySet, State
from .wordings import WordingVersion


class GroupQuerySet(DerivedQuerySet["RegistrationGroup"]):
    def kept(self) -> "GroupQuerySet":
        """Groups whose contact is still known."""
        return self.filter(erased_at=None)

    def active(self) -> "GroupQuerySet":
        """Groups that are neither ended nor lapsed."""
        return self.filter(state__in=ACTIVE)

    def overdue(self, now: datetime) -> "GroupQuerySet":
        """Groups whose time to confirm or to take the offered seats is over."""
        return self.filter(state__in=HELD, held_until__lte=now)


class RegistrationGroup(DerivedModel, VersionedModel):
    """One contact, one organisation, and the registrations of its members (``Registration.group``).

    The group's state is that of all its active members: a group is seated, waits and is offered seats as a whole.
    Only the contact's address is confirmed; ``person_key`` is that address, once for an event. ``passed`` counts the
    seats that went to others who stood behind it in line (docs/decisions/0011-groups.md). ``left_out`` names who was
    not taken in because they are registered already: only the contact's own page, behind the link, shows it.
    """

    State = State

    class Source(models.TextChoices):
        SELF = "self", _("registered online")
        OFFICER = "officer", _("entered by an officer")

    event = models.ForeignKey(
        Event, on_delete=models.PROTECT, related_name="registration_groups", verbose_name=_("event")
    )
    code = models.CharField(_("code"), max_length=12, unique=True, default=new_key, editable=False)
    person_key = models.CharField(max_length=260, editable=False)
    name = models.CharField(_("contact"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="registration_groups",
        verbose_name=_("organisation in the directory"),
    )
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    organisation_key = models.CharField(max_length=220, blank=True, editable=False)
    language = models.CharField(
        _("language"), max_length=2, choices=[("tr", _("Turkish")), ("en", _("English"))], default="tr"
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.UNVERIFIED, editable=False)
    held_until = models.DateTimeField(_("held until"), null=True, editable=False)
    registered_at = models.DateTimeField(_("registered"), default=timezone.now, editable=False)
    verified_at = models.DateTimeField(_("address confirmed"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, editable=False)
    #: Since when, and why, mail to the contact comes back; a corrected address clears both.
    address_refused_at = models.DateTimeField(_("address takes no mail since"), null=True, editable=False)
    address_refused = models.CharField(max_length=300, blank=True, default="", db_default="", editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.SELF, editable=False)
    once = models.CharField(max_length=32, null=True, unique=True, editable=False)  # noqa: DJ001 - unique where it is
    passed = models.PositiveIntegerField(default=0, editable=False)
    left_out = models.JSONField(default=list, editable=False)
    told_as = models.CharField(max_length=32, blank=True, editable=False)
    notice = models.ForeignKey(
        WordingVersion, on_delete=models.PROTECT, null=True, related_name="groups", editable=False
    )
    notice_shown_at = models.DateTimeField(null=True, editable=False)
    search_text = models.TextField(editable=False, default="")
    links = GenericRelation(Link)

    derived = ("search_text", "organisation_key")
    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["event", "pk"]
        # Whoever may see registrations sees groups: there is no right of its own.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person_key"], condition=Q(state__in=ACTIVE), name="group_once_a_contact"
            ),
            models.CheckConstraint(
                condition=Q(state__in=HELD, held_until__isnull=False) | (~Q(state__in=HELD) & Q(held_until=None)),
                name="group_clock_by_state",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation_name or self.name or str(_("(erased)"))

    def derive(self) -> None:
        self.search_text = fold(f"{self.name} {self.organisation_name} {self.email} {self.code}")
        self.organisation_key = f"~{self.organisation_id}" if self.organisation_id else fold(self.organisation_name)

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def active_members(self) -> RegistrationQuerySet:
        """Members who are neither ended nor lapsed, in the order in which they were entered."""
        rows: RegistrationQuerySet = self.members.active().order_by("pk")
        return rows


class GroupAnswer(KeptAnswer):
    """What a group's contact answered to a question that is asked once of each group."""

    group = models.ForeignKey(RegistrationGroup, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="group_answers")

    class Meta:
        verbose_name = _("answer of a group")
        verbose_name_plural = _("answers of groups")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["group", "question"], name="group_answer_once_a_question"),
            models.CheckConstraint(condition=Q(sealed="") | Q(plain=None), name="group_answer_open_or_sealed"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.question_id}"
