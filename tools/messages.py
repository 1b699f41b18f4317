"""Turkish: gather what the source says, merge it into the catalogue, check it, compile it. Python alone.

    python tools/messages.py update [FILE.po ...] | check | compile

Files named after `update` are translations made elsewhere: they fill what the catalogue lacks.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale" / "tr" / "LC_MESSAGES" / "django.po"
PACKAGES = ("cms", "events", "delegations")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# An entry with this comment is Wagtail's own text, which its Turkish lacks; our source does not say it.
BORROWED = "Wagtail"
_HEADER = """\
# Köprü in Turkish.
msgid ""
msgstr ""
"Language: tr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

""".encode()
# Texts marked by another name than those above would not be found, and nobody would miss them.
_ALIAS = re.compile(rb"gettext(?:_lazy|_noop)? as (?!_\b)\w+")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def _sources() -> Iterator[tuple[str, bytes]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT).as_posix(), path.read_bytes()
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.is_file():
            code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # What is left of the template is no Python block: its indentation means nothing.
            lines = "\n".join(line.strip() for line in code.split("\n"))
            yield path.relative_to(ROOT).as_posix(), lines.encode()


def _empty() -> Catalog:
    """Read, not made: Babel would give Turkish one plural form, where Django's and Wagtail's Turkish has two."""
    return read_po(BytesIO(_HEADER), locale="tr", domain="django")


def extracted() -> Catalog:
    """Every text that the source marks for translation."""
    catalog = _empty()
    for name, source in _sources():
        for line, text, _comments, context in extract("python", BytesIO(source), KEYWORDS, options={}):
            catalog.add(text, locations=[(name, line)], context=context)
    return catalog


def stored(path: Path | None = None) -> Catalog:
    """The catalogue as it is kept, or another file like it."""
    with (path or PO).open("rb") as file:
        return read_po(file, locale="tr", domain="django")


def _texts(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, tuple) else [str(message.string or "")]


def _ids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _is_borrowed(message: Message) -> bool:
    return any(BORROWED in comment for comment in message.user_comments)


def _filled(paths: Sequence[Path]) -> Catalog:
    """The catalogue, its gaps filled from other files."""
    catalog = stored()
    for path in paths:
        for message in stored(path):
            known = catalog.get(message.id, message.context) if message.id else message
            if message.id and any(_texts(message)) and (known is None or not all(_texts(known))):
                catalog.delete(message.id, message.context)
                comments, flags = message.user_comments, message.flags & {"fuzzy"}
                catalog.add(message.id, message.string, context=message.context, user_comments=comments, flags=flags)
    return catalog


def merged(others: Sequence[Path] = ()) -> Catalog:
    """The source's texts with the catalogue's translations; nothing guessed, nothing obsolete kept."""
    old, new = _filled(others), extracted()
    catalog = _empty()
    for message in sorted((m for m in new if m.id), key=lambda m: (m.locations[0], _ids(m))):
        known = old.get(message.id, message.context)
        string = known.string if known and isinstance(known.id, tuple) == isinstance(message.id, tuple) else None
        files = sorted({(name, 0) for name, _line in message.locations})
        comments = known.user_comments if known else []
        flags = {flag for flag in (known.flags if known else ()) if flag == "fuzzy"}
        catalog.add(message.id, string, locations=files, context=message.context, user_comments=comments, flags=flags)
    for message in old:
        if message.id and _is_borrowed(message) and (message.id, message.context) not in _keys(new):
            catalog.add(message.id, message.string, context=message.context, user_comments=message.user_comments)
    return catalog


def _keys(catalog: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in catalog}


def _written(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=110, include_lineno=False, omit_header=True)
    return _HEADER + out.getvalue().lstrip()


def problems() -> list[str]:
    """What a Turkish reader would meet in English, or broken."""
    found = []
    kept, said = stored(), _keys(merged())
    for message in merged():
        if not message.id:
            continue
        name = repr(_ids(message)[0])
        if not all(_texts(message)):
            found.append(f"missing: {name} ({message.locations[0][0] if message.locations else 'borrowed'})")
        elif message.fuzzy:
            found.append(f"fuzzy: {name}")
        elif any(set(_PLACEHOLDER.findall(_ids(message)[-1])) != set(_PLACEHOLDER.findall(t)) for t in _texts(message)):
            found.append(f"other placeholders: {name}")
    found += [f"not in the source: {_ids(m)[0]!r}" for m in kept if m.id and (m.id, m.context) not in said]
    found += [f"hidden by a name of its own: {name}" for name, source in _sources() if _ALIAS.search(source)]
    return found


def compile_catalogues() -> None:
    """Write the files that Django reads: ours, and beside it what Wagtail's scripts say (``djangojs.po``)."""
    for path in PO.parent.glob("*.po"):
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, stored(path))


def main(command: str = "", *others: str) -> int:
    if command == "update":
        PO.write_bytes(_written(merged([Path(name) for name in others])))
    elif command == "compile":
        compile_catalogues()
    elif command == "check":
        found = problems()
        sys.stdout.write("".join(f"{line}\n" for line in found))
        return 1 if found else 0
    else:
        sys.stderr.write(__doc__ or "")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
