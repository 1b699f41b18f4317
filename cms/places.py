"""A map drawn from coordinates alone: no tiles, nobody else is asked for anything."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cms.outline import TURKIYE
from events.models import Organisation

WIDTH = 1000
MARGIN = 50
#: Radii of circles; their area tells the number of inhabitants.
SMALLEST, LARGEST, LARGEST_OF_MANY = 6, 32, 22
MANY = 20
#: Names beside the largest: so many at most, and the first of them also on a phone, in larger letters.
NAMED, NAMED_ON_PHONES = 14, 4
LETTER, LETTER_ON_PHONES = 22, 44

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Dot:
    """A place on the drawing; ``named`` is empty, ``minor`` (wide screens only) or ``major``."""

    name: str
    x: int
    y: int
    radius: int
    named: str = ""

    @property
    def before(self) -> bool:
        """Whether the name stands left of the circle."""
        return self.x > WIDTH * 0.68

    @property
    def name_x(self) -> int:
        return self.x - self.radius - 8 if self.before else self.x + self.radius + 8

    def box(self, letter: int) -> Box:
        """The room that the name takes: left, top, right, bottom."""
        wide = 0.52 * letter * len(self.name)
        left = self.name_x - wide if self.before else self.name_x
        return left, self.y - letter * 0.6, left + wide, self.y + letter * 0.6


@dataclass(frozen=True)
class Drawing:
    """Circles on a sheet of ``width`` by ``height``, the largest first; ``outline`` is a path or empty."""

    width: int
    height: int
    dots: list[Dot]
    outline: str = ""


class Sheet:
    """Where a longitude and a latitude come to lie (Mercator: what people know from other maps)."""

    def __init__(self, points: Iterable[Point]) -> None:
        flat = [_flat(*point) for point in points]
        self.west, self.north = min(x for x, _y in flat), min(y for _x, y in flat)
        across, down = max(x for x, _y in flat) - self.west, max(y for _x, y in flat) - self.north
        self.scale = (WIDTH - 2 * MARGIN) / max(across, down * 1.25, 1e-6)
        self.aside = (WIDTH - across * self.scale) / 2
        self.height = round(down * self.scale) + 2 * MARGIN

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        x, y = _flat(longitude, latitude)
        return round((x - self.west) * self.scale + self.aside), round((y - self.north) * self.scale + MARGIN)


def draw(organisations: Sequence[Organisation]) -> Drawing | None:
    """Where the organisations are, within the country's outline if all are in it; None with fewer than two places."""
    placed = [each for each in organisations if each.latitude is not None and each.longitude is not None]
    points = [_point(each) for each in placed]
    if len(set(points)) < 2:
        return None
    at_home = all(25.5 <= longitude <= 45 and 35.7 <= latitude <= 42.3 for longitude, latitude in points)
    sheet = Sheet(TURKIYE if at_home else points)
    largest = max(_people(each) for each in placed)
    full = LARGEST if len(placed) < MANY else LARGEST_OF_MANY
    order = sorted(placed, key=lambda each: -_people(each))
    dots = [
        Dot(each.city or each.name, *sheet.place(*_point(each)), _radius(_people(each), largest, full))
        for each in order
    ]
    return Drawing(WIDTH, sheet.height, _named(dots), _path(sheet) if at_home else "")


def _named(dots: list[Dot]) -> list[Dot]:
    """The same with names beside the largest, as far as these leave one another room."""
    taken: list[Box] = []
    found = []
    for rank, dot in enumerate(dots):
        letter = LETTER_ON_PHONES if rank < NAMED_ON_PHONES else LETTER
        box = dot.box(letter)
        free = rank < NAMED and not any(_overlap(box, other) for other in taken)
        if free:
            taken.append(box)
        named = ("major" if rank < NAMED_ON_PHONES else "minor") if free else ""
        found.append(Dot(dot.name, dot.x, dot.y, dot.radius, named))
    return found


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _path(sheet: Sheet) -> str:
    return "M" + " ".join(f"{x},{y}" for x, y in (sheet.place(*point) for point in TURKIYE)) + "Z"


def _point(organisation: Organisation) -> Point:
    return organisation.longitude or 0.0, organisation.latitude or 0.0


def _flat(longitude: float, latitude: float) -> Point:
    north = math.radians(max(-85.0, min(85.0, latitude)))
    return longitude, -math.degrees(math.log(math.tan(math.pi / 4 + north / 2)))


def _people(organisation: Organisation) -> int:
    return getattr(organisation, "inhabitants", None) or 0


def _radius(people: int, largest: int, full: int) -> int:
    return max(SMALLEST, round(full * math.sqrt(people / largest))) if largest else SMALLEST
