"""Pictures are made before the first reader comes, once, and a lost one breaks nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client, TestCase
from wagtail.images.models import Rendition

from cms.models import NewsIndexPage, NewsPage, StandardPage
from cms.pictures import KIND
from events.jobs import run_job
from events.models import Job
from tests.cms.factories import block, makes_pictures, picture
from tests.cms.pages import published

pytestmark = [pytest.mark.django_db, makes_pictures]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def figure(image: int) -> dict[str, Any]:
    return block("image", {"picture": {"image": image, "alt_text": "K", "decorative": False}, "caption": ""})


def done() -> list[dict[str, Any]]:
    """Do the jobs that pages promised, and tell their results."""
    jobs = Job.objects.filter(kind=KIND).order_by("pk")
    for job in jobs:
        with TestCase.captureOnCommitCallbacks(execute=True):
            run_job(job.pk)
    return [job.result for job in jobs.all()]


def test_pictures_of_a_published_page_are_there_before_anybody_asks(client: Client) -> None:
    """Nine files of each: three widths in three formats; reading the page makes no more."""
    published(StandardPage(title="Biz", slug="biz", body=[figure(picture().pk), figure(picture().pk)]))
    assert done() == [{"files": 18, "lost": []}]
    made = set(Rendition.objects.values_list("image", "filter_spec"))
    assert client.get("/tr/biz/").status_code == 200
    assert (len(made), set(Rendition.objects.values_list("image", "filter_spec")) - made) == (18, set())


def test_news_has_its_picture_ready_for_its_page_and_for_lists(client: Client) -> None:
    index = published(NewsIndexPage(title="Haberler", slug="haberler"))
    published(NewsPage(title="Haber", picture=picture()), index)
    assert done() == [{"files": 18, "lost": []}]
    made = set(Rendition.objects.values_list("filter_spec", flat=True))
    for path in ("/tr/haberler/", "/tr/haberler/haber/"):
        client.get(path)
    assert set(Rendition.objects.values_list("filter_spec", flat=True)) - made == {"fill-1200x630|format-jpeg"}


def test_a_page_without_pictures_promises_nothing() -> None:
    published(StandardPage(title="Biz", body=[block("text", "<p>Söz</p>")]))
    assert done() == []


def test_a_page_that_went_meanwhile_is_no_failure() -> None:
    published(StandardPage(title="Biz", body=[figure(picture().pk)])).unpublish()
    assert done() == [{"files": 0, "lost": []}]


def test_a_picture_whose_file_is_lost_breaks_neither_page_nor_job(client: Client) -> None:
    image = picture()
    Path(image.file.path).unlink()
    published(StandardPage(title="Biz", slug="biz", body=[figure(image.pk), block("text", "<p>Söz</p>")]))
    assert done() == [{"files": 0, "lost": [image.pk]}]
    answer = client.get("/tr/biz/")
    assert (answer.status_code, "<p>Söz</p>" in answer.content.decode()) == (200, True)


def test_a_deleted_picture_leaves_the_page_whole(client: Client) -> None:
    image = picture()
    published(StandardPage(title="Biz", slug="biz", body=[figure(image.pk), block("text", "<p>Söz</p>")]))
    image.delete()
    html = client.get("/tr/biz/").content.decode()
    assert ["<p>Söz</p>" in html, "<picture" in html] == [True, False]
