"""Sensitive answers under the key that counts."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from events.models import Answer, GroupAnswer, RequestedAnswer
from events.sealing import SealedError, is_current, sealed_anew

_AT_ONCE = 500


@dataclass
class Rotated:
    """How many answers were sealed anew, were under the first key already, and open with no key at all."""

    sealed: int = 0
    current: int = 0
    lost: int = 0


def rotate() -> Rotated:
    """Seal every sensitive answer under the first key; one that somebody changes meanwhile is under it already."""
    done = Rotated()
    for model in (Answer, GroupAnswer, RequestedAnswer):
        _rotate(model.objects.all(), done)
    return done


def _rotate(rows: QuerySet[Any], done: Rotated) -> None:
    sealed_rows = rows.exclude(sealed="").order_by("pk").values_list("pk", "sealed")
    for pk, sealed in sealed_rows.iterator(chunk_size=_AT_ONCE):
        if is_current(sealed):
            done.current += 1
            continue
        try:
            done.sealed += rows.filter(pk=pk, sealed=sealed).update(sealed=sealed_anew(sealed))
        except SealedError:
            done.lost += 1
