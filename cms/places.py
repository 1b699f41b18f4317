"""A map drawn from coordinates alone: no tiles, nobody else is asked for anything."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from events.models import Organisation

WIDTH = 1000
MARGIN = 60
#: Radii of circles; their area tells the number of inhabitants.
SMALLEST, LARGEST = 7, 34
#: So many names fit beside their circles before they cover one another.
NAMED = 12


@dataclass(frozen=True)
class Dot:
    """A place on the drawing, in its units; ``before`` where the name stands left of the circle."""

    name: str
    x: int
    y: int
    radius: int
    named: bool = False
    before: bool = False

    @property
    def name_x(self) -> int:
        return self.x - self.radius - 8 if self.before else self.x + self.radius + 8


@dataclass(frozen=True)
class Drawing:
    """Circles on a sheet of ``width`` by ``height``."""

    width: int
    height: int
    dots: list[Dot]


def draw(organisations: Sequence[Organisation]) -> Drawing | None:
    """Where the organisations are, the largest below the others; None with fewer than two places."""
    placed = [each for each in organisations if each.latitude is not None and each.longitude is not None]
    if len({(each.latitude, each.longitude) for each in placed}) < 2:
        return None
    flat = [_flat(each) for each in placed]
    west, east = min(x for x, _y in flat), max(x for x, _y in flat)
    north, south = min(y for _x, y in flat), max(y for _x, y in flat)
    scale = (WIDTH - 2 * MARGIN) / max(east - west, (south - north) * 1.2, 1e-6)
    height = round((south - north) * scale) + 2 * MARGIN
    aside = (WIDTH - 2 * MARGIN - (east - west) * scale) / 2
    largest = max((_people(each) for each in placed), default=0)
    order = sorted(range(len(placed)), key=lambda i: -_people(placed[i]))
    dots = []
    for rank, i in enumerate(order):
        x, y = round((flat[i][0] - west) * scale + MARGIN + aside), round((flat[i][1] - north) * scale + MARGIN)
        name = placed[i].city or placed[i].name
        dots.append(Dot(name, x, y, _radius(placed[i], largest), named=rank < NAMED, before=x > WIDTH * 0.7))
    return Drawing(WIDTH, height, dots)


def _flat(organisation: Organisation) -> tuple[float, float]:
    """Mercator: what people know from other maps, with north at the top."""
    latitude = max(-85.0, min(85.0, organisation.latitude or 0.0))
    return organisation.longitude or 0.0, -math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))


def _people(organisation: Organisation) -> int:
    return getattr(organisation, "inhabitants", None) or 0


def _radius(organisation: Organisation, largest: int) -> int:
    share = _people(organisation) / largest if largest else 0
    return max(SMALLEST, round(LARGEST * math.sqrt(share)))
