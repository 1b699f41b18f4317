"""What is said to editors about a page's content: while they write, and again when it is public. Never a refusal."""

import itertools
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page

from cms.models import BodyPage, NewsPage
from cms.models.body import numbered
from cms.translating.lagging import Lag, compared_pages, lag_of
from events.labels import sentence

#: No element has it, so whatever is asked for it fails.
_NEVER = {
    "id": "never",
    "evaluate": "has-descendant-evaluate",
    "options": {"selector": "koepru-nothing", "passForModal": False},
}


class ContentChecker(ContentCheckerItem):
    """Wagtail's rules and ours, run on what the preview shows."""

    axe_run_only = [
        *ContentCheckerItem.axe_run_only,
        "image-alt",
        "picture-undescribed",
        "other-language",
    ]
    axe_custom_checks = [*ContentCheckerItem.axe_custom_checks, _NEVER]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "empty-meta-description": {
            "error_name": gettext_lazy("There is no lead"),
            "help_text": gettext_lazy("One or two sentences, which lists and search engines show"),
        },
        "image-alt": {
            "error_name": gettext_lazy("A picture has no description"),
            "help_text": gettext_lazy("Say what it shows to whoever cannot see it"),
        },
        "picture-undescribed": {
            "error_name": gettext_lazy("The picture on top has no description"),
            "help_text": gettext_lazy("Right only if it decorates; else say what it shows"),
        },
    }

    def __init__(self, page: Page | None, *, in_editor: bool = False) -> None:
        super().__init__(in_editor=in_editor)
        lag = other_language(page)
        self.lag = sentence(lag.words) if lag else ""

    def get_axe_custom_rules(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Whether the other language lacks is known here and not on the page: its rule is there only where it does."""
        return [
            *self.axe_custom_rules,
            {
                "id": "picture-undescribed",
                "impact": "moderate",
                "selector": "figure.opening img",
                "tags": ["best-practice"],
                "any": ["non-empty-alt"],
                "enabled": True,
            },
            {
                "id": "other-language",
                "impact": "moderate",
                "selector": "h1",
                "tags": ["best-practice"],
                "any": ["never"],
                "enabled": bool(self.lag),
            },
        ]

    def get_axe_run_only(self, request: HttpRequest) -> list[str]:
        # A rule that is named here runs, enabled or not.
        return [rule for rule in self.axe_run_only if self.lag or rule != "other-language"]

    def get_axe_messages(self, request: HttpRequest) -> dict[str, dict[str, Any]]:
        told = {"error_name": self.lag, "help_text": _("Both languages should say the same")}
        return {**self.axe_messages, "other-language": told}


def use_our_checker(items: list[Any], page: Page | None) -> None:
    """Put ours in the place of Wagtail's, wherever that stands."""
    items[:] = [
        ContentChecker(page, in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


def remarks(page: Page) -> Iterator[str]:
    """What a published page still lacks, a sentence each."""
    if not page.search_description:
        yield _("There is no lead: lists and search engines have nothing to say of it.")
    if isinstance(page, NewsPage) and page.picture and not page.picture_alt:
        yield _("The picture on top has no description, as if it only decorated.")
    if isinstance(page, BodyPage) and _leaves_out_a_level(page):
        yield _("A heading leaves out a level: screen readers lose the way.")
    lag = other_language(page)
    if lag:
        yield _("The other language: %(lag)s.") % {"lag": lag.words}


def _leaves_out_a_level(page: BodyPage) -> bool:
    levels = [1, *(int(heading["level"][1]) for heading in numbered(page.body))]
    return any(below > above + 1 for above, below in itertools.pairwise(levels))


def other_language(page: Page | None) -> Lag | None:
    """What this page lacks in its other language, public or not; nothing for one that was never saved."""
    if page is None or page.pk is None:
        return None
    compared = compared_pages(Page.objects.filter(pk=page.pk)).select_related("locale").first()
    return lag_of(compared) if compared else None
