"""Wagtail's texts that are translated once, when a module is loaded, and would stay in the site's first language.

Each is put back as a lazy text when the app is ready, so that the admin speaks the language of whoever reads it.
Texts of forms that this site does not show (addresses of resized images) are left alone.
"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.collections import GroupCollectionManagementPermissionFormSet
from wagtail.admin.forms.workflows import WorkflowPageForm
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.contrib.redirects.views import IndexView as RedirectIndexView
from wagtail.documents.forms import GroupDocumentPermissionFormSet
from wagtail.forms import TaskStateCommentForm
from wagtail.images.forms import GroupImagePermissionFormSet, ImageInsertionForm
from wagtail.models import PAGE_PERMISSION_TYPES, Page
from wagtail.sites.views import IndexView as SiteIndexView
from wagtail.users.forms import PagePermissionsForm
from wagtail.utils.version import get_main_version
from wagtail_localize.models import LocaleSynchronization, StringTranslation
from wagtail_localize.views.report import TranslationsReportFilterSet

from events import labels
from events.bilingual import active_language

# The packages' catalogues have these texts: ours need not say them again.
_theirs = lazy(gettext, str)
_heading = lazy(lambda text: capfirst(gettext(text)), str)

_WHATS_NEW = "What's new in Wagtail %(version)s"

_TRANSLATED = {
    "tool": "Translated with {tool_name} on {date}",
    "machine": "Machine translated on {date}",
    "manual": "Translated manually on {date}",
    "": "Translated manually on {date}",
}

# Names of permissions as the groups' form shows them: without the model's name at their end.
PERMISSIONS = (gettext_noop("Can cancel or withdraw an"), gettext_noop("Can submit translations"))
# Names of models that their packages leave to Python, as the same form shows them.
MODELS = (gettext_noop("translation"),)
_OF_PAGES = {f"{code}_page": words for code, _short, words in PAGE_PERMISSION_TYPES}

_CHOOSER = {
    "choose_one_text": _theirs("Choose"),
    "choose_another_text": _theirs("Choose another"),
    "edit_item_text": _theirs("Edit"),
    "search_tab_label": _theirs("Search"),
    "create_action_label": _theirs("Create"),
}
_LABELS: tuple[tuple[Any, str, Any], ...] = (
    (LoginForm, "password", _theirs("Password")),
    (ImageInsertionForm, "format", _theirs("Format")),
    (ImageInsertionForm, "image_is_decorative", _theirs("Image is decorative")),
    (ImageInsertionForm, "alt_text", _theirs("Alt text")),
    (PagePermissionsForm, "page", _theirs("Page")),
    (WorkflowPageForm, "page", _theirs("Page")),
    (TaskStateCommentForm, "comment", _theirs("Comment")),
    (GroupCollectionManagementPermissionFormSet.form, "collection", _theirs("Collection")),
    (GroupDocumentPermissionFormSet.form, "collection", _theirs("Collection")),
    (GroupImagePermissionFormSet.form, "collection", _theirs("Collection")),
)
_COLLECTION_PERMISSIONS = [
    ("add_collection", _theirs("Add"), _theirs("Add collections")),
    ("change_collection", _theirs("Edit"), _theirs("Edit collections")),
    ("delete_collection", _theirs("Delete"), _theirs("Delete collections")),
]
_IMAGE_PERMISSIONS = [
    ("add_image", _theirs("Add"), _theirs("Add/edit images you own")),
    ("change_image", _theirs("Edit"), _theirs("Edit any image")),
    ("choose_image", _theirs("Choose"), _theirs("Select images in choosers")),
]
_REDIRECT_HEADINGS = {
    "old_path": _theirs("From"),
    "site": _theirs("Site"),
    "link": _theirs("To"),
    "get_is_permanent_display": _theirs("Type"),
}
# Wagtail makes these of the columns' names, and never translates them.
_SITE_COLUMNS = {"port": _heading("port"), "site_name": _heading("site name"), "root_page": _heading("root page")}


def translate_late() -> None:
    """Make each of these texts a lazy one, where it is kept."""
    for name, text in _CHOOSER.items():
        setattr(ChooserViewSet, name, text)
    for form, name, text in _LABELS:
        form.base_fields[name].label = text
    # The forms' own functions hold the same lists.
    GroupCollectionManagementPermissionFormSet.permission_types[:] = _COLLECTION_PERMISSIONS
    GroupImagePermissionFormSet.permission_types[:] = _IMAGE_PERMISSIONS
    _translate_redirects()
    _translate_languages()
    PagePermissionsForm.base_fields["permissions"].label_from_instance = lambda row: _OF_PAGES[row.codename]
    WagtailPaginator.items_count_label = property(_counted)
    # It counts pages and does not say so.
    SearchView.verbose_name_plural = Page._meta.verbose_name_plural
    StringTranslation.get_comment = _comment
    for column in SiteIndexView.columns:
        column.label = _SITE_COLUMNS.get(column.name, column.label)


def _counted(paginator: WagtailPaginator) -> str:
    """Turkish says “two page”, not “two pages”."""
    one = paginator.count == 1 or active_language() == "tr"
    return f"{paginator.count} {paginator.verbose_name if one else paginator.verbose_name_plural}"


def _comment(row: StringTranslation) -> str:
    """Who translated a text, and when: wagtail-localize writes its months in English."""
    words = _TRANSLATED["tool" if row.tool_name else row.translation_type]
    date = labels.date_words(timezone.localtime(row.updated_at).date(), weekday=False)
    return gettext(words).format(tool_name=row.tool_name, date=date)


def _translate_languages() -> None:
    """Labels that are made of the names of fields."""
    for name, label in (("source_locale", _("Translated from")), ("target_locale", _("Translated into"))):
        TranslationsReportFilterSet.base_filters[name].label = label
    LocaleSynchronization._meta.get_field("sync_from").verbose_name = _("follows")


def _translate_redirects() -> None:
    kind = RedirectsReportFilterSet.base_filters["is_permanent"]
    kind.label = _theirs("Type")
    kind.extra["choices"] = ((True, _theirs("Permanent")), (False, _theirs("Temporary")))
    kind.extra["empty_label"] = _theirs("All")
    RedirectIndexView.export_headings = _REDIRECT_HEADINGS


@hooks.register("construct_reports_menu")
def translate_reports(request: object, items: Iterable[Any]) -> None:
    """The menu keeps its items from the first reader on; one of them keeps that reader's language."""
    for item in items:
        if item.url == reverse("wagtail_localize:translations_report"):
            item.label = _theirs("Translations")


@hooks.register("construct_help_menu")
def translate_help(request: object, items: Iterable[Any]) -> None:
    """As with the reports: what is new in Wagtail is told in the language of whoever opens the menu."""
    for item in items:
        if item.name.startswith("whats-new-in-wagtail"):
            item.label = _whats_new()


_whats_new = lazy(
    lambda: gettext(_WHATS_NEW) % {"version": get_main_version(include_patch=False)},
    str,
)
