"""Draw the pictures of the demo's site: calm, in the colours of the page, a few strokes each.

``python tools/draw_demo.py`` writes ``demo/pictures/*.webp``; they are committed, so that a start need not draw them.
"""

import math
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent.parent / "demo" / "pictures"
WIDTH, HEIGHT, FINE = 1600, 900, 3
SAND, PAPER, LINE, WASH = "#F6F2EA", "#FFFFFF", "#DDD6C9", "#DCE8EC"
INK, SEA, MIST, AMBER = "#14212B", "#0A5A73", "#6F9FAF", "#E6C08E"

Points = list[tuple[float, float]]


class Sheet:
    """A sheet to draw on in pixels of the picture; it is drawn three times as large, for smooth edges."""

    def __init__(self, ground: str = SAND) -> None:
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), ground)
        self.pen = ImageDraw.Draw(self.image)

    def shape(self, points: Points, colour: str) -> None:
        self.pen.polygon([(x * FINE, y * FINE) for x, y in points], fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        self.pen.rectangle([each * FINE for each in (left, top, right, bottom)], fill=colour)

    def round(self, x: float, y: float, across: float, down: float, colour: str) -> None:
        self.pen.ellipse([each * FINE for each in (x - across, y - down, x + across, y + down)], fill=colour)

    def stroke(self, points: Points, colour: str, width: float) -> None:
        self.pen.line([(x * FINE, y * FINE) for x, y in points], fill=colour, width=round(width * FINE), joint="curve")

    def save(self, name: str) -> None:
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        small.save(FOLDER / name, "WEBP", quality=88, method=6)


def arc(left: float, right: float, foot: float, top: float) -> Points:
    """The line of the mark: from one bank up and down to the other."""
    steps = [step / 80 for step in range(81)]
    return [(left + (right - left) * step, foot - (foot - top) * math.sin(math.pi * step)) for step in steps]


def house(sheet: Sheet, left: float, foot: float, wide: float, tall: float, colour: str, roof: float = 0) -> None:
    """A house with its windows; ``roof`` is how high its gable rises, nothing for a flat one."""
    sheet.box(left, foot - tall, left + wide, foot, colour)
    if roof:
        sheet.shape([(left, foot - tall), (left + wide / 2, foot - tall - roof), (left + wide, foot - tall)], colour)
    for row in range(int(tall // 52)):
        for column in range(int(wide // 40)):
            x, y = left + 16 + column * 40, foot - tall + 18 + row * 52
            sheet.box(x, y, x + 14, y + 22, SAND)


def ripples(sheet: Sheet, lines: list[tuple[float, float, float]], colour: str = PAPER) -> None:
    for left, right, y in lines:
        sheet.stroke([(left, y), (right, y)], colour, 5)


def bridge() -> Sheet:
    """Two towns, one with flat roofs and a dome, one with gables, and the bridge between them."""
    sheet = Sheet()
    sheet.round(1130, 250, 62, 62, AMBER)
    for left, wide, tall in ((0, 150, 190), (150, 90, 280), (240, 130, 150)):
        house(sheet, left, 590, wide, tall, MIST)
    sheet.round(305, 440, 56, 56, MIST)
    for left, wide, tall, roof in ((1230, 100, 170, 60), (1330, 120, 220, 80), (1450, 150, 150, 70)):
        house(sheet, left, 590, wide, tall, MIST, roof)
    sheet.box(0, 640, WIDTH, HEIGHT, WASH)
    sheet.shape([(0, 585), (400, 585), (470, 650), (470, 690), (0, 690)], SEA)
    sheet.shape([(WIDTH, 585), (1200, 585), (1130, 650), (1130, 690), (WIDTH, 690)], SEA)
    curve = arc(380, 1220, 640, 330)
    for x, y in curve[8:73:8]:
        sheet.stroke([(x, y), (x, 588)], SEA, 7)
    sheet.stroke(curve, SEA, 16)
    sheet.stroke([(330, 588), (1270, 588)], INK, 16)
    ripples(sheet, [(520, 760, 730), (820, 1080, 765), (600, 900, 800), (240, 420, 770), (1190, 1400, 815)])
    return sheet


def tree(sheet: Sheet, x: float, foot: float, size: float, colour: str) -> None:
    sheet.stroke([(x, foot), (x, foot - size * 1.2)], INK, size * 0.09)
    sheet.round(x, foot - size * 1.55, size * 0.72, size * 0.78, colour)


def shade() -> Sheet:
    """A sunny way with a row of trees and what they are planted for."""
    sheet = Sheet()
    sheet.round(1390, 170, 70, 70, AMBER)
    for left, wide, tall in ((60, 170, 210), (260, 120, 300), (1120, 150, 230), (1300, 200, 170)):
        house(sheet, left, 560, wide, tall, LINE)
    sheet.box(0, 560, WIDTH, HEIGHT, PAPER)
    sheet.shape([(0, 690), (WIDTH, 640), (WIDTH, 820), (0, 870)], LINE)
    for place, (x, size) in enumerate(((150, 150), (440, 165), (730, 150), (1020, 170), (1310, 155), (1560, 150))):
        foot = 660 - place * 8
        sheet.round(x - 120, foot + 100, size * 1.15, size * 0.36, MIST)
        tree(sheet, x, foot, size, SEA if place % 2 else "#2C7A8F")
    sheet.box(560, 742, 690, 754, INK)
    for x in (575, 675):
        sheet.stroke([(x, 750), (x, 786)], INK, 8)
    return sheet


def crane(sheet: Sheet, x: float, foot: float, tall: float) -> None:
    top = foot - tall
    for left, right in ((x - 46, x - 14), (x + 46, x + 14)):
        sheet.stroke([(left, foot), (right, top + 70)], SEA, 12)
    sheet.stroke([(x - 38, foot - tall * 0.3), (x + 38, foot - tall * 0.3)], SEA, 9)
    sheet.box(x - 34, top + 40, x + 34, top + 92, SEA)
    sheet.stroke([(x - 110, top + 44), (x + 270, top - 90)], SEA, 12)
    sheet.stroke([(x, top + 50), (x, top - 60), (x + 270, top - 90)], SEA, 6)
    sheet.stroke([(x + 240, top - 80), (x + 240, top + 120)], INK, 4)
    sheet.box(x + 226, top + 120, x + 254, top + 146, INK)


def harbour() -> Sheet:
    """A quay where cranes still stand and houses have begun to."""
    sheet = Sheet()
    for place, (wide, tall, roof) in enumerate(((130, 180, 70), (110, 240, 60), (150, 160, 80), (120, 210, 70))):
        house(sheet, 930 + place * 160, 620, wide, tall, MIST if place % 2 else "#A9C4CD", roof)
    crane(sheet, 250, 620, 340)
    crane(sheet, 560, 620, 280)
    sheet.box(0, 620, WIDTH, 668, INK)
    sheet.box(0, 668, WIDTH, HEIGHT, WASH)
    sheet.shape([(980, 738), (1290, 738), (1245, 800), (1020, 800)], SEA)
    sheet.stroke([(1120, 740), (1120, 560)], INK, 8)
    sheet.shape([(1132, 572), (1132, 722), (1238, 722)], PAPER)
    ripples(sheet, [(120, 380, 730), (480, 720, 770), (760, 930, 830), (1330, 1530, 760), (250, 470, 835)])
    return sheet


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, draw in {"bridge": bridge, "shade": shade, "harbour": harbour}.items():
        draw().save(f"{name}.webp")


if __name__ == "__main__":
    main()
