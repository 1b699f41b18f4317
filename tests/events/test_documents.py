"""The printed programme: what stands in it, in which language, and whether everybody can read it."""

import datetime as dt
import io
import itertools
import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pikepdf
import pypdf
import pytest

from events.documents import hyphens, store
from events.documents.booklet import Booklet
from events.documents.paper import order_of
from events.documents.process import Order, SettingFailedError, set_in_child
from events.models import Contribution, Event, ProgrammeRelease, Room, Session, Venue
from events.programme import open_programme
from events.release import cancel_event, release_programme
from tests.factories import (
    ContributionFactory,
    EventFactory,
    PersonFactory,
    RoomFactory,
    SessionFactory,
    TrackFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum() -> Event:
    """A forum at Işıklar: two parallel sessions, an untimed one, one in German only, people with foreign letters."""
    venue = VenueFactory(name_tr="Çınaraltı Kongre Merkezi", name_en="Çınaraltı Congress Centre", step_free=True)
    event = EventFactory(slug="iklim-forumu", title_tr="Işıklar İklim Forumu", title_en="Climate Forum", venue=venue)
    linden = RoomFactory(venue=venue, name_tr="Salon Ihlamur", name_en="Linden Room", capacity=120)
    oleaster = RoomFactory(venue=venue, name_tr="Salon İğde", name_en="Oleaster Room")
    track = TrackFactory(event=event, name_tr="Dirençli Kent", name_en="Resilient City")
    shade = SessionFactory(
        event=event,
        confirmed=True,
        position=1,
        title_tr="Sıcak hava dalgaları",
        title_en="Heatwaves",
        abstract_tr="Gölge ve ağaç: mahallelerde serinlik.",
        abstract_en="Shade and trees.",
        room=linden,
        track=track,
    )
    SessionFactory(event=event, confirmed=True, position=2, title_tr="Kreş hizmeti", title_en="", room=oleaster)
    SessionFactory(event=event, confirmed=True, position=3, untimed=True, title_tr="Kapanış", title_en="Closing")
    SessionFactory(
        event=event,
        confirmed=True,
        position=4,
        start=dt.time(11),
        end=dt.time(12),
        title_tr="",
        title_en="",
        title_other="Wasser in der Stadt",
        other_language="de",
    )
    for name, family in (("Ayşe Örnek", "Örnek"), ("Łucja Przykład", "Przykład"), ("Søren Işıkoğlu", "Işıkoğlu")):
        ContributionFactory(session=shade, person=PersonFactory(name=name, family_name=family))
    return event


def _release(event: Event) -> ProgrammeRelease:
    release = release_programme(event=event)
    assert release is not None
    return release


def _pages(pdf: bytes) -> list[str]:
    return [unicodedata.normalize("NFKC", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def _text(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(_pages(pdf)))


def test_every_title_person_and_time_is_in_the_text_layer_with_its_letters(forum: Event) -> None:
    text = _text(store.make_pdf(_release(forum), "tr"))
    for words in (
        "Işıklar İklim Forumu",
        "10 Haziran 2027 Perşembe",
        "09:00–10:00 Salon Ihlamur Sıcak hava dalgaları",
        "Gölge ve ağaç",
        "Salon İğde Kreş hizmeti",
        "11:00–12:00",
        "Wasser in der Stadt",
        "Ayşe Örnek, Belediye Başkanı, Çınarlı Belediyesi; Łucja Przykład",
        "Søren Işıkoğlu",
        "Çınaraltı Kongre Merkezi",
        f"/e/{forum.code}",
    ):
        assert words in text
    assert "\u0307" not in text


def test_the_index_is_in_the_order_of_the_turkish_alphabet_with_true_page_numbers(forum: Event) -> None:
    pages = _pages(store.make_pdf(_release(forum), "tr"))
    index = re.sub(r"\s+", " ", pages[3])
    assert re.findall(r"\w+oğlu, Søren|Örnek, Ayşe|Przykład, Łucja", index) == [
        "Işıkoğlu, Søren",
        "Örnek, Ayşe",
        "Przykład, Łucja",
    ]
    assert re.findall(r"10 Haz 09:00\s*(\d+)", index) == ["3", "3", "3"]
    assert "Sıcak hava dalgaları" in pages[2]


def test_texts_missing_in_a_language_are_marked_and_tagged_with_their_own(forum: Event) -> None:
    release = _release(forum)
    html = order_of(Booklet(open_programme(release), "en", address="https://kopru.example/e/x")).html
    assert '<span lang="tr">Kreş hizmeti</span> <span class="mark">Turkish</span>' in html
    assert '<span lang="de">Wasser in der Stadt</span> <span class="mark">German</span>' in html
    assert _languages(store.make_pdf(release, "en")) >= {"tr", "de"}


def test_side_by_side_has_both_languages_session_by_session(forum: Event) -> None:
    pdf = store.make_pdf(_release(forum), "tr-en")
    text = _text(pdf)
    for words in ("Işıklar İklim Forumu", "Climate Forum", "Thursday 10 June 2027", "10 Haziran 2027 Perşembe"):
        assert words in text
    assert text.index("Sıcak hava dalgaları") < text.index("Heatwaves") < text.index("Kreş hizmeti")
    assert "en" in _languages(pdf)


def test_side_by_side_the_columns_stay_where_they_are_at_a_short_change(forum: Event) -> None:
    SessionFactory(
        event=forum, confirmed=True, start=dt.time(8), end=dt.time(9), kind="break", title_tr="Ara", title_en="Tea"
    )
    _release(forum)
    Session.objects.filter(title_tr="Ara").update(start=dt.time(8, 15))
    words = _left_edges(store.make_pdf(_release(forum), "tr-en"), page=2)
    assert words["Tea"] == words["Heatwaves"] == words["Closing"]


def _left_edges(pdf: bytes, *, page: int) -> dict[str, int]:
    """Where each piece of text of a page begins, in points from its left."""
    found: dict[str, int] = {}

    def note(text: str, _cm: object, matrix: list[float], _font: object, _size: object) -> None:
        if text.strip():
            found.setdefault(text.strip(), round(matrix[4]))

    pypdf.PdfReader(io.BytesIO(pdf)).pages[page].extract_text(visitor_text=note)
    return found


def test_the_table_of_rooms_has_a_column_only_for_what_is_known(forum: Event) -> None:
    def told() -> tuple[list[str], str]:
        html = order_of(Booklet(open_programme(_release(forum)), "en", address="https://kopru.example/e/x")).html
        venues = html[html.index('class="venues"') :]
        return re.findall(r"<th[^>]*><span[^>]*>([^<]*)", venues), re.sub("<[^>]+>+", " ", venues)

    Venue.objects.update(step_free=None)
    assert told()[0] == ["Room", "Places in the room"]
    Room.objects.filter(name_en="Oleaster Room").update(step_free=False, capacity=None)
    Room.objects.filter(name_en="Linden Room").update(capacity=None)
    headers, text = told()
    assert headers == ["Room", "Step-free access"]
    assert re.findall(r"(Linden|Oleaster) Room +([^ ]+)", text) == [("Linden", "–"), ("Oleaster", "no")]


def _languages(pdf: bytes) -> set[str]:
    """Every language that the structure tree names."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = (item.get("/Lang") for item in document.objects if isinstance(item, pikepdf.Dictionary))
        return {str(language) for language in found if language is not None}


def test_an_untimed_session_says_that_its_time_is_to_come(forum: Event) -> None:
    text = _text(store.make_pdf(_release(forum), "en"))
    assert "Time to be announced Closing" in text


def test_the_same_release_gives_the_same_bytes(forum: Event) -> None:
    release = _release(forum)
    assert store.make_pdf(release, "tr") == store.make_pdf(release, "tr")


def test_what_changed_says_what_it_was(forum: Event) -> None:
    _release(forum)
    moved = Session.objects.get(title_tr="Sıcak hava dalgaları")
    moved.start, moved.end, moved.room = dt.time(14), dt.time(15), None
    moved.save()
    Contribution.objects.filter(person__name="Łucja Przykład").delete()
    Session.objects.filter(title_tr="Kreş hizmeti").update(status=Session.Status.CANCELLED)
    text = _text(store.make_pdf(_release(forum), "en"))
    assert "Release 2" in text
    assert "Changed since the previous release" in text
    assert "Time: 09:00–10:00 → 14:00–15:00" in text
    assert "Place: Linden Room → —" in text
    assert "People: Łucja Przykład" in text
    assert "Kreş hizmeti Turkish Cancelled" in text


def test_a_cancelled_event_says_so_on_its_cover(forum: Event) -> None:
    _release(forum)
    release = cancel_event(event=forum)
    assert release is not None
    assert _pages(store.make_pdf(release, "en"))[0].startswith("This event is cancelled")


@pytest.mark.parametrize("form", ["tr", "en", "tr-en"])
def test_two_checkers_of_pdf_ua_find_no_error(forum: Event, form: str, tmp_path: Path) -> None:
    _release(forum)
    Session.objects.filter(title_tr="Kapanış").update(title_en="Closing words")
    file = tmp_path / "programme.pdf"
    file.write_bytes(store.make_pdf(_release(forum), form))
    tools = Path(sys.executable).parent
    report = tmp_path / "report.json"
    outloud = subprocess.run([tools / "outloud", file, "--json", report], capture_output=True, text=True, check=False)
    assert outloud.returncode == 0, outloud.stdout
    assert json.loads(report.read_text())
    pdfua = subprocess.run([tools / "pdfua", "check", file], capture_output=True, text=True, check=False)
    assert "errors=0" in pdfua.stdout


def test_the_document_has_title_bookmarks_and_its_language(forum: Event) -> None:
    reader = pypdf.PdfReader(io.BytesIO(store.make_pdf(_release(forum), "en")))
    assert reader.metadata is not None
    assert reader.metadata.title == "Climate Forum – Programme"
    assert reader.root_object["/Lang"] == "en"
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert titles == ["Climate Forum", "Contents", "Thursday 10 June 2027", "People", "Places"]


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "booklet:other.svg", "data:image/svg+xml,<svg/>"]
)
def test_nothing_but_listed_files_is_read(address: str) -> None:
    html = f'<html lang="tr"><meta charset="utf-8"><title>Ad</title><img src="{address}" alt="resim">'
    with pytest.raises(SettingFailedError) as failure:
        set_in_child(Order(html=html))
    assert failure.value.code == "failed"


def test_a_document_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(SettingFailedError) as failure:
        set_in_child(Order(html="<html lang=tr><title>Ad</title>"), wall_seconds=0.01)
    assert failure.value.code == "time"


@pytest.mark.parametrize(
    ("word", "divided"),
    [
        ("İstanbul", "İs-tan-bul"),
        ("elektrik", "e-lekt-rik"),
        ("kooperatif", "ko-o-pe-ra-tif"),
        ("Işıklar", "I-şık-lar"),
        ("saat", "sa-at"),
        ("Türkçe", "Türk-çe"),
        ("Ankara'ya", "An-ka-ra'ya"),
        ("12", "12"),
    ],
)
def test_turkish_words_are_divided_as_they_are_spoken(word: str, divided: str) -> None:
    places = (0, *hyphens.breaks(word), len(word))
    assert "-".join(word[start:end] for start, end in itertools.pairwise(places)) == divided
