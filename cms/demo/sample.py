"""The sample as it lies in the file: plain data, ids for references; its head says how to read it."""

import datetime as dt
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.conf import settings
from django.db.models import Model

from events.bilingual import BilingualModel

SAMPLE: Path = settings.BASE_DIR / "demo" / "sample.yaml"
Data = dict[str, Any]
M = TypeVar("M", bound=Model)


def read_sample(path: Path = SAMPLE) -> Data:
    """The sample as it lies in the file."""
    data: Data = read_file(path)
    return data


def read_file(path: Path) -> Any:
    """Read one of our files; whatever is wrong with it may raise. libyaml, where it is there, is ten times as fast."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - both are safe


def pair(name: str, texts: Data | None) -> dict[str, str]:
    """A text of the sample as the two columns of a row: ``{"title_tr": …, "title_en": …}``."""
    return {f"{name}_{language}": (texts or {}).get(language, "") for language in ("tr", "en")}


def make(model: type[M], **values: Any) -> M:
    """Make a row whose English counts as translated from its Turkish."""
    row = model(**values)
    if isinstance(row, BilingualModel):
        row.note_translations()
    row.save()
    return row


def date(value: str | None) -> dt.date | None:
    """A date of the sample, None where it names none."""
    return dt.date.fromisoformat(value) if value else None


def time(value: str | None) -> dt.time | None:
    """A time of day of the sample, None where it names none."""
    return dt.time.fromisoformat(value) if value else None
