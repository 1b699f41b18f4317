"""What the association says of itself on every page: one row a site, texts in both languages."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, PreviewableMixin

from cms.frame import draw_frames, settle_frame
from events.bilingual import LANGUAGES, Bilingual, BilingualModel
from events.turkish import clean

PAGE = "wagtailcore.Page"
IMAGE = "wagtailimages.Image"
#: Columns of addresses elsewhere, and what each is called, which is a name in both languages.
SOCIAL = {
    "linkedin": "LinkedIn",
    "x": "X",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "youtube": "YouTube",
}
PHONE = RegexValidator(
    r"^\+?[0-9][0-9 ()/.-]{4,30}$", gettext_lazy("Write the number with its country code: +90 212 000 00 00.")
)
WAY = RegexValidator(
    r"^(https?://[^\s<>\"]+|/[^\s<>\"]*)$", gettext_lazy("Begin with https:// or, for this site, with /.")
)


def _page(label: Any, **named: Any) -> models.ForeignKey:
    return models.ForeignKey(
        PAGE, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=label, **named
    )


def _image(label: Any, help_text: Any) -> models.ForeignKey:
    return models.ForeignKey(
        IMAGE,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
        help_text=help_text,
    )


def _elsewhere(name: str) -> models.URLField:
    return models.URLField(SOCIAL[name], blank=True)


def pair(name: str) -> FieldRowPanel:
    """Both languages of a text side by side."""
    return FieldRowPanel([FieldPanel(f"{name}_{language}") for language in LANGUAGES])


@register_setting(icon="site", order=100)
class SiteSettings(  # type: ignore[django-manager-missing] # of links and notices: modelcluster has no types
    PreviewableMixin, ClusterableModel, BilingualModel, BaseSiteSetting
):
    """Name, logo, contact, legal pages, links and notices of the association."""

    LEGAL: ClassVar[tuple[str, ...]] = ("information_notice", "privacy", "accessibility", "imprint")

    name_tr = models.CharField(gettext_lazy("name (Turkish)"), max_length=120, blank=True)
    name_en = models.CharField(gettext_lazy("name (English)"), max_length=120, blank=True)
    short_name_tr = models.CharField(gettext_lazy("short name (Turkish)"), max_length=40, blank=True)
    short_name_en = models.CharField(gettext_lazy("short name (English)"), max_length=40, blank=True)
    tagline_tr = models.CharField(gettext_lazy("what it is for, in a sentence (Turkish)"), max_length=200, blank=True)
    tagline_en = models.CharField(gettext_lazy("what it is for, in a sentence (English)"), max_length=200, blank=True)
    logo = _image(
        gettext_lazy("logo"), gettext_lazy("Shown 56 pixels high. Without one, the mark of Köprü stands there.")
    )
    sharing_picture = _image(
        gettext_lazy("sharing picture"),
        gettext_lazy("Shown by messengers and networks for pages that have none of their own; 1200 × 630 pixels."),
    )

    address_tr = models.TextField(gettext_lazy("postal address (Turkish)"), max_length=300, blank=True)
    address_en = models.TextField(gettext_lazy("postal address (English)"), max_length=300, blank=True)
    email = models.EmailField(gettext_lazy("e-mail"), blank=True)
    phone = models.CharField(gettext_lazy("telephone"), max_length=32, blank=True, validators=[PHONE])
    security_email = models.EmailField(
        gettext_lazy("e-mail for security reports"),
        blank=True,
        help_text=gettext_lazy("Published in security.txt. Without one, the e-mail above is."),
    )
    linkedin = _elsewhere("linkedin")
    x = _elsewhere("x")
    bluesky = _elsewhere("bluesky")
    mastodon = _elsewhere("mastodon")
    instagram = _elsewhere("instagram")
    facebook = _elsewhere("facebook")
    youtube = _elsewhere("youtube")

    information_notice = _page(gettext_lazy("information notice on personal data"))
    privacy = _page(gettext_lazy("privacy"))
    accessibility = _page(gettext_lazy("accessibility statement"))
    imprint = _page(gettext_lazy("imprint"))

    name = Bilingual()
    short_name = Bilingual()
    tagline = Bilingual()
    address = Bilingual()

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [pair("name"), pair("short_name"), pair("tagline"), FieldPanel("logo"), FieldPanel("sharing_picture")],
                heading=gettext_lazy("Name"),
            ),
            ObjectList(
                [
                    pair("address"),
                    FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                    FieldPanel("security_email"),
                    MultiFieldPanel([FieldPanel(name) for name in SOCIAL], heading=gettext_lazy("Elsewhere")),
                ],
                heading=gettext_lazy("Contact"),
            ),
            ObjectList(
                [
                    HelpPanel(gettext_lazy("Choose a page in either language: its translation is found by itself.")),
                    *(FieldPanel(name) for name in LEGAL),
                ],
                heading=gettext_lazy("Legal"),
            ),
            ObjectList(
                [
                    HelpPanel(
                        gettext_lazy(
                            "Pages with “Show in menus” are in the menu by themselves. Add here what is elsewhere."
                        )
                    ),
                    InlinePanel("links", label=gettext_lazy("link"), heading=gettext_lazy("Further links")),
                ],
                heading=gettext_lazy("Menus"),
            ),
            ObjectList(
                [InlinePanel("notices", label=gettext_lazy("notice"), heading=gettext_lazy("Notices on every page"))],
                heading=gettext_lazy("Notices"),
            ),
        ]
    )

    class Meta:
        verbose_name = gettext_lazy("site settings")
        verbose_name_plural = gettext_lazy("site settings")

    def __str__(self) -> str:
        return str(self.name or self.site)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("tr", gettext_lazy("Turkish")), ("en", gettext_lazy("English"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """A page in the frame as it is typed, notices of another time included."""
        with translation.override(mode_name):
            frame = draw_frames(self).in_language(mode_name)
            context = {"frame": frame, "settings": self, "all_notices": frame.notices}
            return TemplateResponse(request, "cms/settings_preview.html", context).render()

    def social_addresses(self) -> Iterator[tuple[str, str]]:
        """Names and addresses of where else the association is found."""
        for name, label in SOCIAL.items():
            if getattr(self, name):
                yield label, getattr(self, name)

    def clean_fields(self, exclude: Any = None) -> None:
        for field in self._meta.concrete_fields:
            if isinstance(field, (models.CharField, models.TextField)) and not field.choices:
                value = getattr(self, field.attname)
                setattr(self, field.attname, clean(value, lines=isinstance(field, models.TextField)))
        super().clean_fields(exclude=exclude)

    def save(self, **kwargs: Any) -> None:
        """Every page shows it from the moment at which this is committed."""
        with transaction.atomic():
            self.note_translations(type(self).objects.filter(pk=self.pk).first())
            super().save(**kwargs)
            settle_frame()


class SiteLink(Orderable):
    """A link that editors add to a menu: to a page deeper in the tree, or elsewhere."""

    class Place(models.TextChoices):
        MAIN = "main", gettext_lazy("main menu")
        FOOTER = "footer", gettext_lazy("footer")

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="links")
    place = models.CharField(gettext_lazy("where"), max_length=10, choices=Place.choices, default=Place.FOOTER)
    title_tr = models.CharField(gettext_lazy("title (Turkish)"), max_length=60, blank=True)
    title_en = models.CharField(gettext_lazy("title (English)"), max_length=60, blank=True)
    page = _page(gettext_lazy("page"))
    address_tr = models.CharField(gettext_lazy("address (Turkish)"), max_length=300, blank=True, validators=[WAY])
    address_en = models.CharField(gettext_lazy("address (English)"), max_length=300, blank=True, validators=[WAY])

    title = Bilingual()
    address = Bilingual()
    panels = [FieldPanel("place"), pair("title"), FieldPanel("page"), pair("address")]

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("link")
        verbose_name_plural = gettext_lazy("links")

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.address):
            raise ValidationError(_("Choose a page or write an address: one of the two."))
        if not self.page_id and not self.title:
            raise ValidationError({"title_tr": _("Give the link a title.")})


class SiteNotice(Orderable):
    """A sentence above every page, from a moment until another."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="notices")
    text_tr = models.CharField(gettext_lazy("text (Turkish)"), max_length=300)
    text_en = models.CharField(gettext_lazy("text (English)"), max_length=300, blank=True)
    page = _page(gettext_lazy("page with more about it"))
    urgent = models.BooleanField(gettext_lazy("urgent"), default=False)
    starts_at = models.DateTimeField(gettext_lazy("from"), null=True, blank=True)
    ends_at = models.DateTimeField(gettext_lazy("until"), null=True, blank=True)

    text = Bilingual()
    panels = [
        pair("text"),
        FieldPanel("page"),
        FieldPanel("urgent"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = gettext_lazy("notice")
        verbose_name_plural = gettext_lazy("notices")

    def __str__(self) -> str:
        return str(self.text)

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end is before the start. Check both dates.")})
