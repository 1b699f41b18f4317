"""Figures in words, and the map that is drawn of places."""

from decimal import Decimal

import pytest
from django.utils import translation

from cms.figures import exactly, people_words
from cms.places import Dot, Drawing, draw
from cms.templatetags.figures import figure
from events.models import Organisation


@pytest.mark.parametrize(
    ("count", "turkish", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (96_000, "96.000", "96,000"),
        (999_999, "999.999", "999,999"),
        (1_000_000, "1 milyon", "1 million"),
        (1_240_000, "1,2 milyon", "1.2 million"),
        (1_950_000, "2 milyon", "2 million"),
        (16_380_000, "16,4 milyon", "16.4 million"),
    ],
)
def test_people_are_told_as_one_says_it(count: int, turkish: str, english: str) -> None:
    said = {}
    for language in ("tr", "en"):
        with translation.override(language):
            said[language] = people_words(count)
    assert said == {"tr": turkish, "en": english}


def test_exactly_is_to_the_last_person() -> None:
    with translation.override("tr"):
        assert exactly(2_004_001) == "2.004.001"


@pytest.mark.parametrize(
    ("value", "turkish", "english"),
    [
        (None, "", ""),
        ("Çınarlı", "Çınarlı", "Çınarlı"),
        (Decimal("58.50"), "58,5", "58.5"),
        (Decimal(2026), "2026", "2026"),
        (Decimal("12500.00"), "12.500", "12,500"),
        (Decimal("-12500.25"), "-12.500,25", "-12,500.25"),
        (Decimal("0.00"), "0", "0"),
    ],
)
def test_numbers_of_tables_follow_the_language(value: Decimal | str | None, turkish: str, english: str) -> None:
    said = {}
    for language in ("tr", "en"):
        with translation.override(language):
            said[language] = figure(value)
    assert said == {"tr": turkish, "en": english}


def town(name: str, north: float | None, east: float | None, people: int = 0) -> Organisation:
    found = Organisation(name_tr=f"{name} Belediyesi", city_tr=name, latitude=north, longitude=east)
    found.inhabitants = people  # type: ignore[attr-defined]
    return found


def drawn(*towns: Organisation) -> Drawing:
    with translation.override("tr"):
        drawing = draw(towns)
    assert drawing is not None
    return drawing


def dots(drawing: Drawing) -> dict[str, Dot]:
    return {dot.name: dot for dot in drawing.dots}


def test_north_is_up_and_east_is_right_and_the_area_tells_the_people() -> None:
    drawing = drawn(
        town("Çınarlı", 41.0, 29.1, 250_000), town("Özbağ", 37.1, 37.4, 0), town("Işıklar", 38.4, 27.1, 1_000_000)
    )
    found = dots(drawing)
    assert [dot.name for dot in drawing.dots] == ["Işıklar", "Çınarlı", "Özbağ"]
    assert found["Işıklar"].x < found["Çınarlı"].x < found["Özbağ"].x
    assert found["Çınarlı"].y < found["Işıklar"].y < found["Özbağ"].y
    assert {name: dot.radius for name, dot in found.items()} == {"Işıklar": 32, "Çınarlı": 16, "Özbağ": 6}
    assert all(0 < dot.x < drawing.width and 0 < dot.y < drawing.height for dot in drawing.dots)


def test_the_outline_is_drawn_only_where_all_are_in_it() -> None:
    here, there = town("Çınarlı", 41.0, 29.1), town("Lindenau", 51.9, 13.1)
    assert drawn(here, town("Özbağ", 37.1, 37.4)).outline.startswith("M")
    assert drawn(here, there).outline == ""


def test_names_leave_one_another_room() -> None:
    """Of two towns side by side the larger keeps its name; a town by itself keeps it too."""
    drawing = drawn(
        town("Küçükköy", 41.01, 29.01, 1_000), town("Büyükkent", 41.0, 29.0, 900_000), town("Uzak", 37.1, 37.4, 500)
    )
    assert {name: dot.named for name, dot in dots(drawing).items()} == {
        "Büyükkent": "major",
        "Küçükköy": "",
        "Uzak": "major",
    }


def test_a_name_near_the_right_edge_stands_before_its_circle() -> None:
    found = dots(drawn(town("Batı", 40.0, 26.5), town("Doğu", 40.0, 44.0)))
    assert [found[name].before for name in ("Batı", "Doğu")] == [False, True]
    assert found["Doğu"].name_x < found["Doğu"].x


@pytest.mark.parametrize(
    "towns",
    [[], [town("Bir", 41.0, 29.0)], [town("Bir", 41.0, 29.0), town("İki", None, 29.0)], [town("Bir", 41.0, 29.0)] * 2],
)
def test_one_place_is_no_map(towns: list[Organisation]) -> None:
    assert draw(towns) is None


def test_the_poles_can_be_drawn() -> None:
    assert len(drawn(town("Kuzey", 90, -180), town("Güney", -90, 180)).dots) == 2
