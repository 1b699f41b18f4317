"""Draw the pictures of the handbook anew: ``.venv/bin/python tools/draw_docs.py [NAME ...]``, all of them without a name.

Writes ``docs/img/NAME.png`` in English and ``NAME-tr.png`` in Turkish, from a site of its own that is gone afterwards.
Needs Debian's Chromium, and pdftoppm of its poppler-utils.
"""

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "img"
SUFFIXES = {"en": "", "tr": "-tr"}
#: So many colours are enough for a screen, and a third of the bytes.
COLOURS = 96
#: What phones and papers lie on.
TABLE = (226, 230, 234)

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tools import make_keys  # noqa: E402 - found only from the project's folder
from tools.handbook.site import Site  # noqa: E402


def prepare(site: Site) -> None:
    """The demo's content, and a week of work in it."""
    import django  # noqa: PLC0415 - the keys and the site's address must be there first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    from tools.handbook.rows import load  # noqa: PLC0415 - once Django is set up

    load()
    site.keep()


def shot(page: Page) -> Image.Image:
    """What stands in the window, when nothing moves any more."""
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished)).then(() => true)")
    return Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")


def side_by_side(images: list[Image.Image], width: int, height: int) -> Image.Image:
    """Phones or papers beside each other, with even gaps."""
    canvas = Image.new("RGB", (width, height), TABLE)
    gap = (width - sum(each.width for each in images)) // (len(images) + 1)
    left = gap
    for each in images:
        canvas.paste(each, (left, (height - each.height) // 2))
        left += each.width + gap
    return canvas


def save(drawn: Page | list[Page | Image.Image], path: Path, width: int, height: int) -> None:
    """A page, or several things in one picture, in few colours."""
    if isinstance(drawn, list):
        image = side_by_side([each if isinstance(each, Image.Image) else shot(each) for each in drawn], width, height)
    else:
        image = shot(drawn)
        image = image.crop((0, 0, image.width, height))
    few = image.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(path, "PNG", optimize=True)
    print(f"{path.name}: {path.stat().st_size // 1024} kB", flush=True)


def draw(site: Site, names: list[str]) -> None:
    from tools.handbook.album import PICTURES, WIDTH, Camera  # noqa: PLC0415 - once Django is set up

    wanted = names or list(PICTURES)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for language, suffix in SUFFIXES.items():
            with site.served():
                for name in wanted:
                    camera = Camera(site, browser, language)
                    save(PICTURES[name](camera), FOLDER / f"{name}{suffix}.png", WIDTH, camera.height)
                    camera.close()
        browser.close()


def main(names: list[str]) -> None:
    make_keys.main()
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder))
        prepare(site)
        draw(site, names)


if __name__ == "__main__":
    main(sys.argv[1:])
