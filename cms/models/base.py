"""What all pages of the site have in common: their head, their way up, what search compares."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page
from wagtail.search import index

from cms.heads import page_head
from events.turkish import fold

#: First parts of addresses that belong to events and members in both languages (docs/architecture.md).
RESERVED_SLUGS = {"etkinlikler", "events", "programlar", "programmes", "uye", "member"}
HOME_DEPTH = 2


def refuse_reserved(slug: str) -> None:
    """A page with such an address could never be reached."""
    if slug in RESERVED_SLUGS:
        raise ValidationError({"slug": _("“%(slug)s” is reserved. Choose another address.") % {"slug": slug}})


class SitePageForm(WagtailAdminPageForm):
    """Knows the page's place before the page has one."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.parent_page is not None and self.parent_page.depth == HOME_DEPTH:
            try:
                refuse_reserved(cleaned.get("slug", ""))
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned


class SitePage(Page):
    """A page of the public site; each language has its own, and they know each other as translations."""

    base_form_class = SitePageForm
    search_fields = [*Page.search_fields, index.SearchField("folded"), index.AutocompleteField("folded")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.depth == HOME_DEPTH + 1:
            refuse_reserved(self.slug)

    def folded(self) -> str:
        """All that is said here as search compares it: whatever ı, ş or İ somebody typed."""
        return fold(" ".join(self.search_texts()))

    def search_texts(self) -> Iterator[str]:
        """The texts by which this page is found."""
        yield self.title
        yield self.search_description

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"head": page_head(self)}
