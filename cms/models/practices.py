"""Practices of municipalities: what the problem was, what was done, what came of it, at which cost."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PageQuerySet

from cms.blocks.text import FEATURES
from events.bilingual import Bilingual, BilingualModel
from events.models import LineOfWork, Organisation, Population
from events.models.base import DerivedModel
from events.turkish import sort_key

from .body import BodyPage, lead_panel
from .contact import check_addresses

if TYPE_CHECKING:
    from cms.practices.choice import Choice

CURRENCIES = [(code, code) for code in ("TRY", "EUR", "USD", "GBP", "CHF", "DKK", "NOK", "SEK")]


class Theme(DerivedModel, BilingualModel):  # type: ignore[django-manager-missing] # Wagtail has no types
    """What practices are about: climate, housing, participation."""

    name_tr = models.CharField(gettext_lazy("name (Turkish)"), max_length=80, unique=True)
    name_en = models.CharField(gettext_lazy("name (English)"), max_length=80, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, default="")

    name = Bilingual()
    derived = ("sort_key",)

    class Meta:
        verbose_name = gettext_lazy("theme of practices")
        verbose_name_plural = gettext_lazy("themes of practices")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return str(self.name)

    def derive(self) -> None:
        self.sort_key = sort_key(self.name_tr)[:200]


class PracticeIndexPage(BodyPage):
    """All practices: to be narrowed, and to be compared side by side."""

    parent_page_types = ["cms.HomePage", "cms.SectionIndexPage"]
    subpage_types = ["cms.PracticePage"]
    max_count_per_parent = 1
    template = "cms/practice_index_page.html"

    class Meta:
        verbose_name = gettext_lazy("list of practices")
        verbose_name_plural = gettext_lazy("lists of practices")

    def practices(self) -> PageQuerySet:
        """What the public reads, with municipality, theme and ``inhabitants``: the latest figure that is known."""
        year = timezone.localdate().year
        known = Population.objects.filter(organisation=models.OuterRef("organisation"), year__lte=year)
        return (
            PracticePage.objects.child_of(self)
            .live()
            .public()
            .select_related("organisation", "theme")
            .annotate(inhabitants=models.Subquery(known.order_by("-year").values("count")[:1]))
        )

    def choice(self, request: HttpRequest) -> "Choice":
        """What the reader ticked; asked for once a request, for Wagtail wants the template before the context."""
        from cms.practices.choice import asked_choice  # noqa: PLC0415 - it refers to this page

        if not hasattr(request, "practice_choice"):
            request.practice_choice = asked_choice(request, self)  # type: ignore[attr-defined]
        found: Choice = request.practice_choice  # type: ignore[attr-defined]
        return found

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return "cms/practice_comparison.html" if self.choice(request).complete else self.template

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.practices.lists import comparison_context, list_context  # noqa: PLC0415 - they refer to this page

        context = super().get_context(request, *args, **kwargs)
        choice = self.choice(request)
        tell = comparison_context if choice.complete else list_context
        return context | tell(request, self, choice, context["head"])


class PracticePage(BodyPage):
    """One practice of one municipality, told so that others can compare it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="practices", verbose_name=gettext_lazy("municipality")
    )
    year = models.PositiveSmallIntegerField(
        gettext_lazy("year"), validators=[MinValueValidator(1950), MaxValueValidator(2199)]
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, related_name="practices", verbose_name=gettext_lazy("theme")
    )
    line_of_work = models.PositiveSmallIntegerField(
        gettext_lazy("line of work"), choices=LineOfWork.choices, default=LineOfWork.SERVICES
    )
    problem = RichTextField(gettext_lazy("the problem"), features=FEATURES)
    action = RichTextField(gettext_lazy("what was done"), features=FEATURES)
    result = RichTextField(gettext_lazy("what came of it"), features=FEATURES)
    cost = models.DecimalField(
        gettext_lazy("cost"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(gettext_lazy("currency"), max_length=3, choices=CURRENCIES, default="EUR")
    reached = models.PositiveIntegerField(gettext_lazy("inhabitants reached"), null=True, blank=True)
    contact = models.CharField(
        gettext_lazy("contact"),
        max_length=120,
        blank=True,
        help_text=gettext_lazy("The unit to ask; a person's name only with that person's consent."),
    )
    contact_email = models.EmailField(gettext_lazy("e-mail"), blank=True, validators=[check_addresses])
    contact_phone = models.CharField(gettext_lazy("telephone"), max_length=40, blank=True)
    search_text = models.TextField(editable=False, default="")

    parent_page_types = ["cms.PracticeIndexPage"]
    subpage_types: list[str] = []
    template = "cms/practice_page.html"
    content_panels = [
        *BodyPage.content_panels[:1],
        lead_panel(),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("organisation"), FieldPanel("year")]),
                FieldRowPanel([FieldPanel("theme"), FieldPanel("line_of_work")]),
            ],
            heading=gettext_lazy("Whose and when"),
        ),
        MultiFieldPanel(
            [
                HelpPanel(content=gettext_lazy("A few sentences each: they stand side by side with those of others.")),
                FieldPanel("problem"),
                FieldPanel("action"),
                FieldPanel("result"),
            ],
            heading=gettext_lazy("The practice"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("cost"), FieldPanel("currency")]), FieldPanel("reached")],
            heading=gettext_lazy("Figures"),
        ),
        MultiFieldPanel(
            [FieldPanel("contact"), FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")])],
            heading=gettext_lazy("Whom to ask"),
        ),
        FieldPanel("body", heading=gettext_lazy("More, if there is")),
    ]

    class Meta:
        verbose_name = gettext_lazy("practice")
        verbose_name_plural = gettext_lazy("practices")

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.search_text = self.folded()
        return super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.reached == 0:
            raise ValidationError({"reached": _("Leave this empty where nobody was counted.")})

    def search_texts(self) -> Iterator[str]:
        yield from super().search_texts()
        yield from (strip_tags(text.replace("<", " <")) for text in (self.problem, self.action, self.result))
        yield from (self.organisation.name_tr, self.organisation.name_en, self.organisation.native_name)

    @property
    def cost_each(self) -> Decimal | None:
        """What it cost for each inhabitant it reached, in its currency."""
        return self.cost / self.reached if self.cost is not None and self.reached else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.practices.rows import facts  # noqa: PLC0415 - it refers to this page

        context = super().get_context(request, *args, **kwargs)
        index = self.get_parent().specific
        others = index.practices().filter(theme=self.theme_id).exclude(pk=self.pk)
        return {**context, "index": index, "facts": facts(self), "others": others.order_by("-year", "pk")[:3]}
