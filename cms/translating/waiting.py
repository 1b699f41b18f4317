"""Every page that lacks its other language or is behind it, where the first page of the admin shows the first few."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.models import Page

from cms.translating.lagging import lag_of, lagging_pages, pages_of


class LaggingView(BaseListingView):
    """What somebody may write or publish of them, the last changed first."""

    page_title = _("Pages: the other language")
    header_icon = "wagtail-localize-language"
    verbose_name_plural = _("pages that lack their other language")
    index_url_name = "cms_translating:lagging"
    index_results_url_name = "cms_translating:lagging_results"
    paginate_by = 50
    columns = [
        TitleColumn("title", label=_("Title"), accessor="page.title", get_url=lambda lag: lag.url),
        Column("words", label=_("What is missing")),
        DateColumn("written", label=_("Updated"), accessor="page.written"),
    ]

    def get_queryset(self) -> Any:
        return lagging_pages(pages_of(self.request.user))

    def get_table(self, object_list: list[Page]) -> Any:
        lags = [lag_of(page) for page in object_list]
        return super().get_table([lag for lag in lags if lag])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, *super().get_breadcrumbs_items()]
