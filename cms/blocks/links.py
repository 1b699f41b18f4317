"""Links: to a page of the site, which finds its own translation, or to an address elsewhere."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from cms.addresses import page_path
from events.bilingual import active_language


class SitePageBlock(blocks.PageChooserBlock):
    """A page; read together with its public translations, one question for all links of a page."""

    def bulk_to_python(self, values: Iterable[Any]) -> list[Page | None]:
        pages: list[Page | None] = super().bulk_to_python(list(values))
        keys = {page.translation_key for page in pages if page}
        found = Page.objects.live().filter(translation_key__in=keys).select_related("locale") if keys else []
        for page in filter(None, pages):
            page.versions = {
                each.locale.language_code: each for each in found if each.translation_key == page.translation_key
            }
        return pages


def page_address(page: Page) -> str:
    """The path of a page in the reader's language, else in the one it has; empty while nobody can read it."""
    versions = getattr(page, "versions", None)
    if versions is None:
        live = page.get_translations(inclusive=True).live().select_related("locale")
        versions = {each.locale.language_code: each for each in live}
    there = versions.get(active_language()) or next(iter(versions.values()), None)
    return page_path(there) if there else ""


_is_url = URLValidator(schemes=["http", "https"])


def validate_address(value: str) -> None:
    """A whole address, or a path on this site."""
    if value.startswith("/") and not value.startswith("//"):
        return
    try:
        _is_url(value)
    except ValidationError:
        raise ValidationError(
            _("Write a whole address such as https://sample.example/ or a path on this site such as /en/events/.")
        ) from None


class AddressBlock(blocks.URLBlock):
    """Like Wagtail's own, which knows no paths: the list of events is not a page."""

    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        super().__init__(required=required, help_text=help_text, **kwargs)
        self.field = forms.CharField(required=required, help_text=help_text, validators=[validate_address])


class LinkValue(blocks.StructValue):
    """Where a link leads."""

    @property
    def href(self) -> str:
        page = self.get("page")
        return page_address(page) if page else str(self.get("address") or "")

    @property
    def external(self) -> bool:
        """Whether it leaves this site."""
        return not self.get("page") and not str(self.get("address") or "").startswith("/")


class LinkBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=gettext_lazy("Text"), max_length=60)
    page = SitePageBlock(
        label=gettext_lazy("Page"),
        required=False,
        help_text=gettext_lazy("Its translation is found by itself."),
    )
    address = AddressBlock(
        label=gettext_lazy("Or an address"),
        required=False,
        help_text=gettext_lazy("Of another site, or a path on this one, such as /en/events/."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["address"]) and not self.is_deferred_validation:
            error = ValidationError(_("Choose a page or write an address: one of the two."))
            raise StructBlockValidationError(block_errors={"page": error})
        return cleaned

    class Meta:
        label = gettext_lazy("link")
        icon = "link"
        value_class = LinkValue
