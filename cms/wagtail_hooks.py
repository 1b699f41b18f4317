"""What the site adds to Wagtail's admin: the first page, screens, what is said to whoever writes pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms import viewsets
from cms.approving import tell_if_published, tell_what_is_left
from cms.checks import use_our_checker
from cms.contact.lists import OverdueDeleted
from cms.models import ContactMessage, ContactPage
from cms.panels import FailedPanel, LanguagesPanel, TextsPanel, UpcomingPanel, WaitingPanel
from cms.registration_panel import RegistrationsPanel
from cms.role_panels import DoorsPanel, ReportsPanel
from cms.second_factor import admin_urls as second_factor_urls
from cms.second_factor.rules import may_look_after
from cms.staff.viewsets import AssignRole
from cms.translating import urls as translating_urls
from cms.translating.following import kept_up
from cms.translating.notes import tell_translator
from events.permissions import Permitted

SECOND_FACTOR_ACTS = [
    ("set_up", gettext_lazy("Set up second factor"), gettext_lazy("Second factor set up")),
    ("new_codes", gettext_lazy("Make recovery codes"), gettext_lazy("New recovery codes made")),
    ("remove", gettext_lazy("Remove second factor"), gettext_lazy("Second factor removed")),
    ("reset", gettext_lazy("Reset second factor"), gettext_lazy("Second factor taken away by an administrator")),
    ("guard", gettext_lazy("Ask for a second factor"), gettext_lazy("Members need a second factor")),
    ("unguard", gettext_lazy("Ask for no second factor"), gettext_lazy("Members need no second factor")),
]


@hooks.register("construct_homepage_panels")
def add_panels(request: object, panels: list[object]) -> None:
    """Ours stand before Wagtail's own; but what waits for one's approval comes first: somebody else waits too."""
    for panel in panels:
        if isinstance(panel, WorkflowObjectsToModeratePanel):
            panel.order = RegistrationsPanel.order - 1
    ours = (
        DoorsPanel,
        ReportsPanel,
        RegistrationsPanel,
        UpcomingPanel,
        WaitingPanel,
        FailedPanel,
        LanguagesPanel,
        TextsPanel,
    )
    panels[:0] = [panel(request) for panel in ours]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    """Before wagtail-localize's own, of which two are answered with more care."""
    return [path("", include(translating_urls)), path("", include(second_factor_urls))]


# After Wagtail's own, which it takes the place of.
hooks.register("register_bulk_action", AssignRole, order=1)


@hooks.register("construct_wagtail_userbar")
def check_content(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """Our rules beside Wagtail's, in the editor and in previews."""
    use_our_checker(items, page)


@hooks.register("before_edit_page", order=-10)
def tell_about_the_translation(request: HttpRequest, page: Page) -> None:
    """Before wagtail-localize answers in Wagtail's place."""
    if request.method == "GET" and kept_up(page):
        tell_translator(request, page)


@hooks.register("after_publish_page")
def tell_who_published(request: HttpRequest, page: Page) -> None:
    """What the page still lacks."""
    tell_what_is_left(request, page)


@hooks.register("after_edit_page")
def tell_who_approved(request: HttpRequest, page: Page) -> None:
    """The same, where somebody edited a page and approved it at once."""
    if "action-workflow-action" in request.POST:
        tell_if_published(request, page)


@hooks.register("register_reports_menu_item")
def list_what_lags() -> MenuItem:
    """Beside Wagtail's own reports."""
    url = reverse("cms_translating:lagging")
    return MenuItem(
        gettext_lazy("Pages: the other language"), url, name="lagging", icon_name="wagtail-localize-language", order=900
    )


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[object]:
    """People on the site and what else only the site has."""
    return list(viewsets.viewsets)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """What the site does by itself, in the history of its pages."""
    actions.register_action("cms.delete_overdue")(OverdueDeleted)
    for act, label, message in SECOND_FACTOR_ACTS:
        actions.register_action(f"cms.second_factor.{act}", label, message)


@hooks.register("register_account_menu_item")
def offer_second_factor(request: HttpRequest) -> dict[str, Any]:
    """Under one's own account."""
    return {
        "url": reverse("second_factor_admin:own"),
        "label": _("Second factor"),
        "help_text": _("A code from your phone beside the password, and recovery codes."),
    }


class _StaffItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_look_after(request.user)


@hooks.register("register_settings_menu_item")
def list_staff() -> MenuItem:
    """Beside users and groups."""
    url = reverse("second_factor_admin:staff")
    return _StaffItem(gettext_lazy("Second factor"), url, name="second-factor", icon_name="lock", order=650)


@hooks.register("filter_form_submissions_for_user")
def forms_of(user: Permitted, pages: PageQuerySet) -> PageQuerySet:
    """Messages are personal data: who may read them is asked of the messages, not of the page."""
    return Page.objects.type(ContactPage) if user.has_perm("cms.view_contactmessage") else pages.none()


@hooks.register("before_delete_page")
def delete_messages_with_their_page(request: HttpRequest, page: Page) -> None:
    """The letters that told of them would stay."""
    if request.method == "POST":
        ContactMessage.objects.filter(page__in=page.get_descendants(inclusive=True)).delete()
