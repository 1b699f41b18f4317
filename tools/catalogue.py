"""Catalogues of translations: gathered from code, read, compared, written. Python alone, no GNU gettext."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

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
_HEADER = """\
# {title}
msgid ""
msgstr ""
"Language: tr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""
# What must stand in a translation as it stands in the text: what is filled in, and tags.
_FIXED = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?[a-z]+\b")

Key = tuple[tuple[str, ...], str | None]


def empty() -> Catalog:
    """Read, not made: Babel would give Turkish one plural form, where Django's and Wagtail's Turkish has two."""
    return read_po(BytesIO(_HEADER.encode()), locale="tr")


def read(path: Path) -> Catalog:
    """The catalogue in a file; one without a single entry if there is no such file.

    The number of plural forms is what its header says: not every package's Turkish has the same.
    """
    if not path.is_file():
        return empty()
    with path.open("rb") as file:
        return read_po(file)


def header(title: str) -> bytes:
    """The first lines of a file: what is in it, and how Turkish counts."""
    return _HEADER.format(title=title).encode()


def written(catalog: Catalog, head: bytes) -> bytes:
    """The catalogue as a file that a diff can read: no line numbers, no dates."""
    out = BytesIO()
    write_po(out, catalog, width=110, include_lineno=False, omit_header=True)
    return head + out.getvalue().lstrip()


def python(path: Path) -> bytes:
    """A module, or a template as the Python that says the same texts."""
    if path.suffix == ".py":
        return path.read_bytes()
    code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # What is left of the template is no Python block: its indentation means nothing.
    return "\n".join(line.strip() for line in code.split("\n")).encode()


def gathered(sources: Iterable[tuple[str, bytes]]) -> Catalog:
    """Every text that the sources, each a name and its Python, mark for translation."""
    catalog = empty()
    for name, source in sources:
        for line, text, _comments, context in extract("python", BytesIO(source), KEYWORDS, options={}):
            catalog.add(text, locations=[(name, line)], context=context)
    return catalog


def entries(catalog: Catalog) -> Iterator[Message]:
    """The messages without the header."""
    return (message for message in catalog if message.id)


def ids(message: Message) -> tuple[str, ...]:
    """What is translated: one text, or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def texts(message: Message) -> tuple[str, ...]:
    """The translations: one, or one for each plural form."""
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)


def key(message: Message) -> Key:
    return ids(message), message.context


def keys(catalog: Catalog) -> set[Key]:
    return {key(message) for message in entries(catalog)}


def is_translated(message: Message) -> bool:
    """Whether Django would show this translation."""
    return all(texts(message)) and not message.fuzzy


def flaws(catalog: Catalog) -> list[str]:
    """What a reader would meet untranslated, or broken."""
    found = []
    for message in entries(catalog):
        name = repr(ids(message)[0])
        if not all(texts(message)):
            found.append(f"missing: {name} ({message.locations[0][0]})")
        elif message.fuzzy:
            found.append(f"fuzzy: {name}")
        elif any(_fixed(ids(message)[-1]) != _fixed(text) for text in texts(message)):
            found.append(f"other placeholders or tags: {name}")
        elif any(_edges(ids(message)[-1]) != _edges(text) for text in texts(message)):
            found.append(f"other spaces around it: {name}")
    return found


def _fixed(text: str) -> list[str]:
    return sorted(_FIXED.findall(text))


def _edges(text: str) -> tuple[bool, bool]:
    """Whether it begins and ends with a space: something is glued to it there."""
    return text[:1].isspace(), text[-1:].isspace()
