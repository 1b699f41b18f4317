"""frab's schedule.xml, as frab, pretalx and others write it."""

from __future__ import annotations

from . import limits
from .conferences import MARKS, ConferenceReader, Person, Talk
from .guarded_xml import Attributes, Budget, Handler, Node, parse
from .rows import FileRefused, Reading

_KEPT_INSIDE = {"conference", "event"}


def read_xml(data: bytes) -> Reading:
    """Read a schedule.xml, or raise ``FileRefused``."""
    handler = _Schedule()
    parse((data,), handler, Budget())
    if handler.reader is None:
        raise FileRefused("no_conference")
    return handler.reader.reading


class _Schedule(Handler):
    """Keeps one ``event`` at a time; the days and rooms around it are remembered by name only."""

    def __init__(self) -> None:
        self.stack: list[Node] = []
        self.reader: ConferenceReader | None = None
        self.count = 0
        self.characters = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if len(self.stack) > limits.XML_DEPTH:
            raise FileRefused("too_deep")
        if not self.stack and name != "schedule":
            raise FileRefused("no_conference")
        node = Node(name, attributes)
        if any(above.name in _KEPT_INSIDE for above in self.stack[1:]):
            self.stack[-1].children.append(node)
        self.stack.append(node)

    def text(self, text: str) -> None:
        self.characters += len(text)
        if self.characters > limits.ALL_CHARACTERS:
            raise FileRefused("too_much_text")
        if self.stack:
            self.stack[-1].pieces.append(text)

    def end(self, name: str) -> None:
        node = self.stack.pop()
        path = [above.name for above in self.stack]
        if name == "conference" and path == ["schedule"]:
            self.reader = ConferenceReader("frab-xml", node.child_text("title"), node.child_text("time_zone_name"))
        elif name == "event" and path == ["schedule", "day", "room"]:
            self._add(node)

    def _add(self, node: Node) -> None:
        if self.reader is None:
            raise FileRefused("no_conference")
        self.count += 1
        fields = {child.name: child.text.strip() for child in node.children if not child.children}
        fields.update(node.attributes)
        day, room = self.stack[1].attributes.get("date", ""), self.stack[2].attributes.get("name", "").strip()
        self.reader.add(Talk(self.count, day, room, fields, _people(node)))


def _people(event: Node) -> list[Person]:
    persons = event.child("persons")
    people = []
    for person in persons.children if persons else ():
        mark = next((f"{name}:{value}" for name in MARKS if (value := person.attributes.get(name))), "")
        people.append(Person(mark, person.text.strip()))
    return people
