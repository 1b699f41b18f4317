"""Turkish: gather what the source says, merge it into the catalogues, check them, compile them. Python alone.

    python tools/messages.py update [FILE.po ...] | check | compile

Files named after `update` are translations made elsewhere: they fill what our own catalogue lacks.
Beside it stand the catalogues of what installed packages say and their own Turkish lacks (tools/borrowed.py).
"""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tools import borrowed  # noqa: E402 - found only from the project's folder
from tools.catalogue import (  # noqa: E402
    empty as _empty,
)
from tools.catalogue import (  # noqa: E402
    entries,
    flaws,
    gathered,
    header,
    ids,
    key,
    keys,
    python,
    read,
    texts,
    written,
)

PO = ROOT / "locale" / "tr" / "LC_MESSAGES" / "django.po"
_HEADER = header("Köprü in Turkish.")
PACKAGES = ("cms", "events", "delegations")
# Texts marked by another name than those known would not be found, and nobody would miss them.
_ALIAS = re.compile(rb"gettext(?:_lazy|_noop)? as (?!_\b)\w+")


def _sources() -> Iterator[tuple[str, bytes]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), python(path)
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.is_file():
            yield path.relative_to(ROOT).as_posix(), python(path)


def extracted() -> Catalog:
    """Every text that the source marks for translation."""
    return gathered(_sources())


def _filled(paths: Sequence[Path]) -> Catalog:
    """The catalogue, its gaps filled from other files."""
    catalog = read(PO)
    for path in paths:
        for message in entries(read(path)):
            known = catalog.get(message.id, message.context)
            if any(texts(message)) and (known is None or not all(texts(known))):
                catalog.delete(message.id, message.context)
                comments, flags = message.user_comments, message.flags & {"fuzzy"}
                catalog.add(message.id, message.string, context=message.context, user_comments=comments, flags=flags)
    return catalog


def merged(others: Sequence[Path] = ()) -> Catalog:
    """The source's texts with the catalogue's translations; nothing guessed, nothing obsolete kept."""
    old, catalog = _filled(others), _empty()
    for message in sorted(entries(extracted()), key=lambda m: (m.locations[0], ids(m))):
        known = old.get(message.id, message.context)
        string = known.string if known and isinstance(known.id, tuple) == isinstance(message.id, tuple) else None
        files = sorted({(name, 0) for name, _line in message.locations})
        comments = known.user_comments if known else []
        flags = {flag for flag in (known.flags if known else ()) if flag == "fuzzy"}
        catalog.add(message.id, string, locations=files, context=message.context, user_comments=comments, flags=flags)
    return catalog


def _written(catalog: Catalog) -> bytes:
    return written(catalog, _HEADER)


def problems() -> list[str]:
    """What a Turkish reader would meet in English, or broken, in what we say ourselves."""
    new = merged()
    said = keys(new)
    gone = [f"not in the source: {ids(m)[0]!r}" for m in entries(read(PO)) if key(m) not in said]
    hidden = [f"hidden by a name of its own: {name}" for name, source in _sources() if _ALIAS.search(source)]
    return flaws(new) + gone + hidden


def compile_catalogues() -> None:
    """Write the files that Django reads."""
    for path in sorted((ROOT / "locale").rglob("*.po")):
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path))


def main(command: str = "", *others: str) -> int:
    if command == "update":
        PO.write_bytes(_written(merged([Path(name) for name in others])))
        borrowed.update()
    elif command == "compile":
        compile_catalogues()
    elif command == "check":
        found = problems() + borrowed.problems()
        sys.stdout.write("".join(f"{line}\n" for line in found))
        return 1 if found else 0
    else:
        sys.stderr.write(__doc__ or "")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
