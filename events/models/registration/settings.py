"""How one event takes registrations, and how many seats of it are taken."""

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.bilingual import Bilingual, BilingualModel
from events.models.base import VersionedModel
from events.models.event import Event
from events.models.links import Link

#: More than that nobody reads through on one page.
LARGEST_GROUP = 100


class RegistrationSettings(BilingualModel, VersionedModel):
    """One row for each event that takes registrations, and the row that is locked whenever a seat changes hands.

    ``taken`` counts the registrations that hold a seat, ``last_waiting`` the numbers of the waiting list that were
    given out, ``keeps_seats`` says that free seats wait for a group that is too large for them.
    Only the verbs in ``events.registration`` write them, under the lock.
    """

    class Substitutes(models.TextChoices):
        NOBODY = "nobody", _("nobody")
        GROUPS = "groups", _("contacts of groups")
        EVERYBODY = "everybody", _("everybody who is registered")

    class Access(models.TextChoices):
        OPEN = "open", _("everybody")
        INVITATION = "invitation", _("who has the invitation link")

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="registration_settings")
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    changes_until = models.DateTimeField(
        _("changes until"),
        null=True,
        blank=True,
        help_text=_(
            "From then on what people change is a request that an officer decides on. Empty: until the event begins. "
            "Cancelling works at any time."
        ),
    )
    access = models.CharField(_("who may register"), max_length=12, choices=Access.choices, default=Access.OPEN)
    approval = models.BooleanField(
        _("an officer approves each registration"),
        default=False,
        help_text=_("A seat is then taken when it is approved; until then it holds none."),
    )
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True, help_text=_("Empty: as many as come."))
    waiting_list = models.BooleanField(_("waiting list when it is full"), default=True)
    quota = models.PositiveIntegerField(
        _("seats for one organisation at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to take an offered seat"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
    )
    days_kept = models.PositiveSmallIntegerField(
        _("days registrations are kept after the event"),
        default=180,
        validators=[MaxValueValidator(3650)],
    )
    groups = models.BooleanField(
        _("groups can register"),
        default=False,
        help_text=_("One contact registers several people of an organisation, on a form or by a spreadsheet."),
    )
    largest_group = models.PositiveSmallIntegerField(
        _("people in one group at most"),
        default=30,
        validators=[MinValueValidator(2), MaxValueValidator(LARGEST_GROUP)],
    )
    substitutes = models.CharField(
        _("who may name a substitute"), max_length=10, choices=Substitutes.choices, default=Substitutes.GROUPS
    )
    substitutes_until = models.DateTimeField(
        _("substitutes can be named until"),
        null=True,
        blank=True,
        help_text=_("Empty: until the event begins. Officers can name one at any time."),
    )
    intro_tr = models.TextField(_("introduction (Turkish)"), blank=True)
    intro_en = models.TextField(_("introduction (English)"), blank=True)
    thanks_tr = models.TextField(_("said to who is confirmed (Turkish)"), blank=True)
    thanks_en = models.TextField(_("said to who is confirmed (English)"), blank=True)
    taken = models.PositiveIntegerField(default=0, editable=False)
    last_waiting = models.PositiveIntegerField(default=0, editable=False)
    keeps_seats = models.BooleanField(default=False, editable=False)
    links = GenericRelation(Link)

    intro = Bilingual()
    thanks = Bilingual()

    class Meta:
        verbose_name = _("registration settings")
        verbose_name_plural = _("registration settings")
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="registration_never_oversold"
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="registration_closes_after_it_opens",
                violation_error_message=_("Registration closes before it opens. Check both times."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.event)

    def clean(self) -> None:
        if self.capacity is not None and self.capacity < self.taken:
            raise ValidationError(
                {
                    "capacity": _("%(taken)d people hold a seat. Cancel some registrations first.")
                    % {"taken": self.taken}
                }
            )

    @property
    def free(self) -> int | None:
        """Seats that nobody holds; None where their number has no limit."""
        return None if self.capacity is None else self.capacity - self.taken
