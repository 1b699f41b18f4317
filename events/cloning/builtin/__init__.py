"""Templates that come with the program: one of each kind that is made most often, in both languages.

Each is a file beside this one: facts of the event, tracks, parties, and its days with their sessions. A session is
written as ``"09:30–10:15": {kind, tr, en, …}``; what is told of it beside its titles is optional.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from events.bilingual import Text, pick
from events.building.clock import minutes_of
from events.cloning.blueprint import Blueprint, Row

_FOLDER = Path(__file__).parent
#: Any day does: minutes are counted from its midnight.
_DAY = dt.date(2000, 1, 1)


@dataclass(frozen=True)
class BuiltIn:
    """A template of the program by its name, with what it is for."""

    key: str
    name_texts: dict[str, str]
    about_texts: dict[str, str]
    blueprint: Blueprint

    @property
    def name(self) -> Text:
        return pick(self.name_texts)

    @property
    def about(self) -> Text:
        return pick(self.about_texts)

    @property
    def kind(self) -> str:
        return str(self.blueprint.facts["kind"])


@cache
def builtin_templates() -> dict[str, BuiltIn]:
    """All of them by key, in the order of their files."""
    return {path.stem: _read(path) for path in sorted(_FOLDER.glob("*.yaml"))}


def _read(path: Path) -> BuiltIn:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    blueprint = Blueprint(facts=data["facts"], texts=data.get("texts", {}), days=len(data["days"]))
    blueprint.tracks = [{"position": place, **row} for place, row in enumerate(data.get("tracks", ()))]
    blueprint.parties = [{"position": place, **row} for place, row in enumerate(data.get("parties", ()))]
    for number, day in enumerate(data["days"]):
        blueprint.sessions += [_session(number, row) for row in day]
    for position, row in enumerate(blueprint.sessions):
        row["position"] = position
    return BuiltIn(path.stem, data["name"], data["about"], blueprint)


def _session(day: int, row: Row) -> Row:
    start, _dash, end = row["at"].partition("–")
    texts = {f"title_{each}": row[each] for each in ("tr", "en")}
    about: dict[str, str] = row.get("about", {})
    texts |= {f"abstract_{each}": text for each, text in about.items()}
    kept: dict[str, Any] = {
        name: row[name] for name in ("kind", "audience", "track", "parties", "interpretation") if name in row
    }
    return {"day": day, "from": _minutes(start), "to": _minutes(end), **texts, **kept}


def _minutes(clock: str) -> int | None:
    return minutes_of(_DAY, dt.time.fromisoformat(clock)) if clock else None
