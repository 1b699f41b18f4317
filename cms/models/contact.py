"""The contact page: a form that editors build, with a notice, a consent where one is asked for, and an end."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.forms import WagtailAdminFormPageForm
from wagtail.contrib.forms.models import AbstractFormField, FormMixin
from wagtail.fields import RichTextField
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.blocks.text import FEATURES
from cms.contact.builder import ContactFormBuilder
from events.forms.public import wrong_with_address
from events.turkish import slug

from .base import SitePageForm
from .body import BodyPage

#: What editors may ask. Hidden fields, links and moments are nothing to ask a visitor for.
KINDS = [
    ("singleline", gettext_lazy("one line")),
    ("multiline", gettext_lazy("several lines")),
    ("email", gettext_lazy("e-mail address")),
    ("phone", gettext_lazy("telephone")),
    ("number", gettext_lazy("number")),
    ("date", gettext_lazy("day")),
    ("dropdown", gettext_lazy("one of a list")),
    ("radio", gettext_lazy("one of a few, all in sight")),
    ("checkboxes", gettext_lazy("any of several")),
    ("checkbox", gettext_lazy("a tick")),
]
LONGEST_RETENTION = 1825


def check_addresses(text: str) -> None:
    """Each line one e-mail address that letters reach."""
    for address in text.split():
        if wrong_with_address(address):
            raise ValidationError(_("%(address)s is no e-mail address.") % {"address": address})


class ContactPageForm(WagtailAdminFormPageForm, SitePageForm):
    """No two fields of one name, and a place that is free."""


class ContactPage(FormMixin, BodyPage):
    """A form; what is written there reaches the recipients and is deleted after its days."""

    base_form_class = ContactPageForm
    form_builder = ContactFormBuilder
    template = "cms/contact_page.html"
    landing_page_template = "cms/contact_page_sent.html"
    parent_page_types = ["cms.HomePage", "cms.SectionIndexPage"]
    subpage_types: list[str] = []

    recipients = models.TextField(
        gettext_lazy("recipients"),
        validators=[check_addresses],
        help_text=gettext_lazy("Who gets each message as a letter: e-mail addresses, one a line."),
    )
    retention_days = models.PositiveSmallIntegerField(
        gettext_lazy("days kept"),
        default=180,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_RETENTION)],
        help_text=gettext_lazy("Messages and the letters with them are deleted for good after so many days."),
    )
    notice = RichTextField(
        gettext_lazy("information notice"),
        features=FEATURES,
        help_text=gettext_lazy(
            "Who is responsible, what for and on which ground the data are used, who gets them, how long they are kept, "
            "and which rights people have (KVKK art. 10, GDPR art. 13). It is shown, not agreed to."
        ),
    )
    consent = RichTextField(
        gettext_lazy("explicit consent"),
        features=["bold", "italic", "link", "document-link"],
        blank=True,
        help_text=gettext_lazy(
            "Only where consent is the ground for something, such as a newsletter: one definite subject. It is a tick of its own, "
            "off at first, and never a condition for sending."
        ),
    )
    thanks = RichTextField(
        gettext_lazy("thanks"), features=FEATURES, blank=True, help_text=gettext_lazy("What is said once it was sent.")
    )

    content_panels = [
        *BodyPage.content_panels,
        InlinePanel("form_fields", heading=gettext_lazy("Fields"), label=gettext_lazy("field"), min_num=1),
        MultiFieldPanel(
            [
                HelpPanel(
                    content=gettext_lazy(
                        "With each message the site keeps the very text that was on the page, its version, language and time."
                    )
                ),
                FieldPanel("notice"),
                FieldPanel("consent"),
            ],
            heading=gettext_lazy("Personal data"),
        ),
        MultiFieldPanel(
            [FieldPanel("recipients"), FieldPanel("retention_days"), FieldPanel("thanks")],
            heading=gettext_lazy("What happens to a message"),
        ),
    ]
    override_translatable_fields = [
        *BodyPage.override_translatable_fields,
        SynchronizedField("recipients"),
        SynchronizedField("retention_days", overridable=False),
        TranslatableField("form_fields"),
    ]

    class Meta:
        verbose_name = gettext_lazy("contact page")
        verbose_name_plural = gettext_lazy("contact pages")

    def get_submission_class(self) -> type[models.Model]:
        from .messages import ContactMessage  # noqa: PLC0415 - it refers to this page

        return ContactMessage

    def get_submissions(self) -> Any:
        """Those of both languages: it is one form."""
        rows = self.get_submission_class()._default_manager
        return rows.filter(page__translation_key=self.translation_key).select_related(
            "page__locale", "notice", "consent"
        )

    def get_data_fields(self) -> list[tuple[str, Any]]:
        found: list[tuple[str, Any]] = super().get_data_fields()
        told = [
            ("language", _("Language")),
            ("consent_given", _("Explicit consent")),
            ("notice_shown", _("Notice shown")),
        ]
        return [*found, *told]

    def get_submissions_list_view_class(self) -> Any:
        from cms.contact.lists import MessagesView  # noqa: PLC0415 - the admin alone needs it

        return MessagesView

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        from cms.contact.views import answer  # noqa: PLC0415 - it refers to this page

        return answer(request, self)


class ContactField(TranslatableMixin, AbstractFormField):
    """One question. Its name in stored messages is the same in both languages."""

    page = ParentalKey(ContactPage, on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(gettext_lazy("kind of field"), max_length=16, choices=KINDS, default="singleline")

    override_translatable_fields = [
        SynchronizedField("clean_name", overridable=False),
        SynchronizedField("field_type", overridable=False),
        SynchronizedField("required", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta, AbstractFormField.Meta):
        pass

    def get_field_clean_name(self) -> str:
        """Readable: Wagtail's own would make ``adu0131nu0131z`` of ``Adınız``."""
        return slug(self.label, length=60).replace("-", "_") or "field"
