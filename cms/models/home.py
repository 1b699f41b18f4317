"""The first page of each language."""

from .base import SitePage


class HomePage(SitePage):
    """What a visitor meets first; the root of one language's pages."""

    parent_page_types = ["wagtailcore.Page"]
    template = "cms/home_page.html"
