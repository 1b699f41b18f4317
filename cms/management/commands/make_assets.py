"""Make the web fonts from the whole ones, the icons, and the stylesheet that says where in a timetable a session stands.

What it writes is committed: it is run again only when a font or a limit below changes.
"""

from pathlib import Path
from typing import Any

import fontpkg_source_sans_3
import fontpkg_source_serif_4
from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools.subset import Options, Subsetter, save_font
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from cms import icons
from events.views.timetable import LONGEST, MOST_LANES, MOST_ROWS, STEP

STATIC = Path(settings.BASE_DIR) / "static"
#: Latin, Latin-1, Latin Extended A, B and Additional, combining marks, punctuation, currencies (₺), arrows, minus.
LETTERS = [
    (0x20, 0x7E),
    (0xA0, 0x24F),
    (0x2B0, 0x2DD),
    (0x300, 0x33F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x203A),
    (0x20A0, 0x20BF),
    (0x2116, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2215),
]
#: `locl` keeps the dot of the Turkish i, `tnum` puts times in columns.
FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "tnum", "lnum", "case"]
SANS, SERIF = Path(fontpkg_source_sans_3.ROOT), Path(fontpkg_source_serif_4.ROOT)
FONTS: list[tuple[str, Path, dict[str, Any]]] = [
    ("source-sans-3", SANS / "files" / "SourceSans3[wght].ttf", {"wght": (400, 700)}),
    ("source-sans-3-italic", SANS / "files" / "SourceSans3-Italic[wght].ttf", {"wght": 400}),
    ("source-serif-4", SERIF / "files" / "SourceSerif4[opsz,wght].ttf", {"wght": (400, 700), "opsz": 24}),
]
LICENCES = [("source-sans-3", SANS / "LICENSE"), ("source-serif-4", SERIF / "LICENSE")]


class Command(BaseCommand):
    help = "Make the subset web fonts, the icons and css/places.css under static/."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, source, limits in FONTS:
            target = STATIC / "fonts" / f"{name}.woff2"
            make_font(source, target, limits)
            self.stdout.write(f"{target.name} {target.stat().st_size}")
        for name, source in LICENCES:
            (STATIC / "fonts" / f"{name}.OFL.txt").write_text(source.read_text())
        (STATIC / "css" / "places.css").write_text(places())
        make_icons()


def make_font(source: Path, target: Path, limits: dict[str, Any]) -> None:
    """Cut a variable font down to the letters and weights that pages use."""
    options = Options(flavor="woff2", layout_features=FEATURES, drop_tables=["DSIG"])
    font = TTFont(source, lazy=False, recalcTimestamp=False)
    cutter = Subsetter(options)
    cutter.populate(unicodes=[code for first, last in LETTERS for code in range(first, last + 1)])
    cutter.subset(font)
    font = instantiateVariableFont(font, limits, inplace=True)
    save_font(font, str(target), options)


def make_icons() -> None:
    """Draw the icons; those in `root` are served where browsers ask for them unasked."""
    (STATIC / "root").mkdir(exist_ok=True)
    (STATIC / "root" / "favicon.ico").write_bytes(icons.ico())
    (STATIC / "root" / "apple-touch-icon.png").write_bytes(icons.png(180, part=0.7))
    (STATIC / "img" / "icon-192.png").write_bytes(icons.png(192, part=0.7, corner=0.18))
    (STATIC / "img" / "icon-512.png").write_bytes(icons.png(512, part=0.7, corner=0.18))
    # The launcher cuts this one to its own shape: only the middle four fifths are sure to be seen.
    (STATIC / "img" / "icon-maskable.png").write_bytes(icons.png(512, part=0.56))


def places() -> str:
    """Rows, columns and heights as classes: the strict policy allows no style attribute."""
    rules = {
        "r": ("grid-row-start:{}", range(1, MOST_ROWS + 1)),
        "re": ("grid-row-end:{}", range(2, MOST_ROWS + 2)),
        "c": ("grid-column-start:{}", range(2, MOST_LANES + 2)),
        "ce": ("grid-column-end:{}", range(3, MOST_LANES + 3)),
    }
    lines = ["/* Written by `manage.py make_assets`: where a session stands in the timetable of a wide screen. */"]
    for letter, (rule, numbers) in rules.items():
        lines.append("".join(f".{letter}{n}{{{rule.format(n)}}}" for n in numbers))
    lines.append("".join(f".m{n}{{--minutes:{n * STEP}}}" for n in range(1, LONGEST // STEP + 1)))
    lines.append("".join(f".lanes-{n}{{--lanes:{n}}}" for n in range(1, MOST_LANES + 1)))
    return "\n".join(lines) + "\n"
