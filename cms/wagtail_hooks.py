"""The admin's first page: what is coming, what waits to be released, what failed."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms import viewsets
from cms.contact.lists import OverdueDeleted
from cms.models import ContactMessage, ContactPage
from cms.panels import FailedPanel, UpcomingPanel, WaitingPanel
from events.permissions import Permitted


@hooks.register("construct_homepage_panels")
def add_panels(request: object, panels: list[object]) -> None:
    """Ours stand before Wagtail's own."""
    panels[:0] = [UpcomingPanel(request), WaitingPanel(request), FailedPanel(request)]


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[object]:
    """People on the site and what else only the site has."""
    return list(viewsets.viewsets)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """What the site does by itself, in the history of its pages."""
    actions.register_action("cms.delete_overdue")(OverdueDeleted)


@hooks.register("filter_form_submissions_for_user")
def forms_of(user: Permitted, pages: PageQuerySet) -> PageQuerySet:
    """Messages are personal data: who may read them is asked of the messages, not of the page."""
    return Page.objects.type(ContactPage) if user.has_perm("cms.view_contactmessage") else pages.none()


@hooks.register("before_delete_page")
def delete_messages_with_their_page(request: HttpRequest, page: Page) -> None:
    """The letters that told of them would stay."""
    if request.method == "POST":
        ContactMessage.objects.filter(page__in=page.get_descendants(inclusive=True)).delete()
