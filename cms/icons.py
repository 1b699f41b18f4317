"""The mark as icons: white on sea, drawn from the same curves as ``templates/components/mark.html``."""

from io import BytesIO

from PIL import Image, ImageDraw

SEA, WHITE = "#0A5A73", "#FFFFFF"
#: The mark stands in a box of 40 × 24: the arc as two curves, its deck, three hangers.
CURVES = [((2, 21), (8, 7), (14, 3), (20, 3)), ((20, 3), (26, 3), (32, 7), (38, 21))]
LINES = [((1, 21), (39, 21), 2.25), ((11, 10), (11, 21), 1.25), ((20, 3), (20, 21), 1.25), ((29, 10), (29, 21), 1.25)]
ARC = 2.25
_FINE = 8  # drawn so many times larger, then made smaller: that smooths edges
_STEPS = 40
Point = tuple[float, float]


def png(size: int, *, part: float = 0.75, corner: float = 0.0) -> bytes:
    """A square of so many pixels; the mark takes ``part`` of its width, corners are round by ``corner`` of it."""
    made = BytesIO()
    picture(size, part=part, corner=corner).quantize(64).save(made, "PNG", optimize=True)
    return made.getvalue()


def ico() -> bytes:
    """What browsers ask for at ``/favicon.ico``, in the three sizes that they show."""
    made = BytesIO()
    largest, *others = [picture(size, part=0.84, corner=0.18) for size in (48, 32, 16)]
    largest.save(made, "ICO", sizes=[(48, 48), (32, 32), (16, 16)], append_images=others)
    return made.getvalue()


def picture(size: int, *, part: float, corner: float) -> Image.Image:
    """The icon as pixels. Small ones have bolder lines: half a pixel is not seen."""
    large = size * _FINE
    image = Image.new("RGBA", (large, large), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, large - 1, large - 1), radius=large * corner, fill=SEA)
    scale = large * part / 40
    left, top = large * (1 - part) / 2, large / 2 - 12 * scale
    bolder = max(1.0, 1.3 * 40 / (size * part) / ARC)
    for curve in CURVES:
        _stroke(pen, [_moved(point, scale, left, top) for point in _along(curve)], ARC * bolder * scale)
    for start, end, width in LINES:
        ends = [_moved(start, scale, left, top), _moved(end, scale, left, top)]
        _stroke(pen, ends, width * bolder * scale)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _along(curve: tuple[Point, Point, Point, Point]) -> list[Point]:
    """Points on a cubic curve."""
    return [_at(curve, step / _STEPS) for step in range(_STEPS + 1)]


def _at(curve: tuple[Point, Point, Point, Point], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    x, y = (sum(weight * point[axis] for weight, point in zip(weights, curve, strict=True)) for axis in (0, 1))
    return x, y


def _moved(point: Point, scale: float, left: float, top: float) -> Point:
    return left + point[0] * scale, top + point[1] * scale


def _stroke(pen: ImageDraw.ImageDraw, points: list[Point], width: float) -> None:
    """A line with round ends and joints."""
    pen.line(points, fill=WHITE, width=round(width))
    for x, y in points:
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=WHITE)
