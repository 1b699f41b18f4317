"""The admin's first page: what is coming, what waits to be released, what failed."""

from wagtail import hooks

from cms import viewsets
from cms.panels import FailedPanel, UpcomingPanel, WaitingPanel


@hooks.register("construct_homepage_panels")
def add_panels(request: object, panels: list[object]) -> None:
    """Ours stand before Wagtail's own."""
    panels[:0] = [UpcomingPanel(request), WaitingPanel(request), FailedPanel(request)]


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[object]:
    """People on the site and what else only the site has."""
    return list(viewsets.viewsets)
