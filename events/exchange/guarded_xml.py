"""XML from outside, as a stream: no document type, no entities, bounded depth and number of elements.

Built on expat itself, because the file is read once and only a little of it is kept; a tree of a large
sheet would cost more than everything else an import does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NoReturn
from xml.parsers import expat

from . import limits
from .rows import FileRefused

Attributes = dict[str, str]


class Budget:
    """What one file may still use up, shared by all its parts."""

    def __init__(self) -> None:
        self.elements = limits.XML_ELEMENTS
        self.unpacked = limits.UNPACKED_BYTES

    def unpack(self, size: int) -> None:
        """Count bytes that came out of the archive."""
        self.unpacked -= size
        if self.unpacked < 0:
            raise FileRefused("unpacks_too_large", limit=limits.UNPACKED_BYTES // limits.MIB)


class Handler:
    """What a reader of one kind of document overrides; names come without their prefix."""

    def start(self, name: str, attributes: Attributes) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def parse(chunks: Iterable[bytes], handler: Handler, budget: Budget) -> None:
    """Feed the document to the handler, or raise ``FileRefused``."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.StartElementHandler = _counted(handler, budget)
    depth_down = handler.end
    parser.EndElementHandler = lambda name: depth_down(name.rpartition(":")[2])
    parser.CharacterDataHandler = handler.text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FileRefused("broken_xml", detail=str(error)[:120]) from error


def _refuse(*_: object) -> NoReturn:
    raise FileRefused("entities")


def _counted(handler: Handler, budget: Budget) -> Callable[[str, Attributes], None]:
    start = handler.start

    def counted(name: str, attributes: Attributes) -> None:
        budget.elements -= 1
        if budget.elements < 0:
            raise FileRefused("too_many_elements", limit=limits.XML_ELEMENTS)
        start(name.rpartition(":")[2], attributes)

    return counted


class Node:
    """One element with its text and children, for documents whose pieces are small."""

    __slots__ = ("attributes", "children", "name", "pieces")

    def __init__(self, name: str, attributes: Attributes) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Node] = []
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        """The text directly inside this element."""
        return "".join(self.pieces)

    def child(self, name: str) -> Node | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def child_text(self, name: str) -> str:
        """The text of the first child of that name, trimmed; empty without one."""
        child = self.child(name)
        return child.text.strip() if child else ""
