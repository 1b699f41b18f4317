"""The sections of a home page: each once, each over the whole width, in whatever order."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from events import labels
from events.models import LineOfWork, Organisation

from . import groups, samples
from .emphasis import CallToActionBlock
from .events import SampledBlock, UpcomingEventsBlock
from .links import SitePageBlock, page_address
from .members import counted_up, figures_context
from .text import TextBlock


class LineBlock(blocks.StructBlock):
    line = blocks.ChoiceBlock(
        label=_("Line of work"),
        choices=[(str(code), label) for code, label in LineOfWork.choices],
        search_index=False,
    )
    text = blocks.TextBlock(label=_("What is done there"), rows=3)
    page = SitePageBlock(label=_("Page"), required=False)

    class Meta:
        icon = "order"


class LinesBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    lines = blocks.ListBlock(LineBlock(label=_("Line of work")), label=_("Lines of work"), min_num=1, max_num=4)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        return {**context, "rows": [_line(each) for each in value["lines"]]}

    class Meta:
        label = _("Lines of work")
        icon = "order"
        group = groups.LAYOUT
        template = "cms/blocks/lines.html"
        description = _("What the association does, side by side.")
        preview_value = {
            "title": _("What we do"),
            "lines": [
                {"line": "1", "text": _("Cities meet and run programmes together."), "page": None},
                {"line": "3", "text": _("Members learn from one another’s practice."), "page": None},
            ],
        }


def _line(value: Any) -> dict[str, str]:
    code = int(value["line"])
    name = labels.sentence(labels.line_label(code))
    return {
        "number": str(code),
        "name": name,
        "text": value["text"],
        "path": page_address(value["page"]) if value["page"] else "",
    }


class NewsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120, help_text=_("Empty: “News”."))
    count = blocks.IntegerBlock(label=_("How many at most"), min_value=1, max_value=6, default=3)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        # Pages are built of blocks, so this block looks for news only when it is asked.
        from cms.models import NewsIndexPage, NewsPage  # noqa: PLC0415

        context: dict[str, Any] = super().get_context(value, parent_context)
        news = NewsPage.objects.readable().newest_first()[: value["count"] or 3]
        return {**context, "news": news, "index": NewsIndexPage.objects.readable().first()}

    class Meta:
        label = _("Latest news")
        icon = "doc-full-inverse"
        group = groups.TEXT
        template = "cms/blocks/news.html"
        description = _("The latest news of this language.")
        preview_value = {"title": "", "count": 3}


class FiguresBlock(SampledBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2)
    page = SitePageBlock(label=_("Page about the members"), required=False)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        day = timezone.localdate()
        found = counted_up(samples.members()) if context.get("sample") else Organisation.objects.represented(day)
        path = page_address(value["page"]) if value["page"] else ""
        return context | {"path": path, **figures_context(found, day)}

    class Meta:
        label = _("Members in figures")
        icon = "globe"
        group = groups.PEOPLE
        template = "cms/blocks/figures.html"
        description = _("How many members and how many people, counted today.")
        preview_value = {"title": _("Who stands behind us"), "text": "", "page": None}


class HomeBlock(blocks.StreamBlock):
    """What a home page is made of below its first screen."""

    upcoming_events = UpcomingEventsBlock()
    lines = LinesBlock()
    figures = FiguresBlock()
    news = NewsBlock()
    text = TextBlock()
    call_to_action = CallToActionBlock()

    class Meta:
        required = False
        block_counts = {
            name: {"max_num": 1} for name in ("upcoming_events", "lines", "figures", "news", "call_to_action")
        }
