"""The sizes and formats in which a picture is kept, and the making of them before the first reader comes.

Nine files of a large photograph take seconds. An editor who previews a page has waited for them already; for
all others a job makes them when the page is published.
"""

from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.images.models import AbstractImage, SourceImageIOError
from wagtail.models import Page

from events import jobs
from events.models import Job

KIND = "make_pictures"
#: The widths a picture is made in, the first for browsers that choose none themselves.
WIDTHS = (800, 480, 1200)
#: Formats that may be transparent or move: they fall back to a format that may, too.
_KEPT = {"png": "png", "gif": "png"}
#: The shapes to which pictures of news are cut: on their own page, and in lists.
OPENING, ROW = "16x9", "3x2"


def specs(image: AbstractImage, crop: str = "") -> list[str]:
    """What Wagtail has to make of a picture; ``crop`` is a shape such as ``3x2``, cut around its focal point."""
    fallback = _KEPT.get(image.filename.rsplit(".", 1)[-1].lower(), "jpeg")
    return [f"{_size(width, crop)}|format-{each}" for each in ("avif", "webp", fallback) for width in WIDTHS]


def promise_pictures(page: Page) -> None:
    """Have the pictures of a page made, in the transaction that publishes it."""
    if next(iter(_shown(page)), None):
        jobs.promise_job(KIND, page=page.pk)


def make_pictures(job: Job) -> dict[str, Any]:
    """The handler: whatever is there already is left as it is, and a picture whose file is lost is told of."""
    page = Page.objects.live().filter(pk=job.payload["page"]).first()
    there, lost = 0, []
    for image, crop in _shown(page.specific) if page else []:
        try:
            there += len(image.get_renditions(*specs(image, crop)))
        except SourceImageIOError:
            lost.append(image.pk)
    return {"files": there, "lost": lost}


def tell(rows: list[Job]) -> dict[int, jobs.About]:
    """For the jobs page: which page a job made pictures for, and how many files."""
    pages = Page.objects.in_bulk([job.payload.get("page") for job in rows])
    return {job.pk: _about(job, pages.get(job.payload.get("page"))) for job in rows}


def _about(job: Job, page: Page | None) -> jobs.About:
    files = job.result.get("files")
    made = ngettext("%(count)s file", "%(count)s files", files) % {"count": files} if files else ""
    if page is None:
        return jobs.About(outcome=made)
    return jobs.About(what=page.title, url=reverse("wagtailadmin_pages:edit", args=[page.pk]), outcome=made)


def _shown(page: Page) -> list[tuple[AbstractImage, str]]:
    pictures = getattr(page, "pictures", None)
    return list(pictures()) if pictures else []


def _size(width: int, crop: str) -> str:
    if not crop:
        return f"width-{width}"
    across, down = map(int, crop.split("x"))
    return f"fill-{width}x{round(width * down / across)}"
