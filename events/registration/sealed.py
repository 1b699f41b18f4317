"""Sensitive answers and uploaded files under the key that counts."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

from events.models import Question, Upload
from events.sealing import SealedError, is_current, sealed_anew
from events.uploads import store

_AT_ONCE = 500


@dataclass
class Rotated:
    """How many answers and files were sealed anew, were under the first key already, and open with no key at all."""

    sealed: int = 0
    current: int = 0
    lost: int = 0


def seal_answers(question: Question) -> None:
    """Seal all answers to a question that has become sensitive."""
    for rows in (question.answers, question.group_answers):
        for row in rows.filter(sealed=""):
            row.write(row.value, sensitive=True)
            row.save(update_fields=["plain", "sealed"])
    for asked in question.requested_answers.filter(sealed=""):
        asked.write(*asked.value, sensitive=True)
        asked.save(update_fields=["plain", "sealed"])


def rotate() -> Rotated:
    """Seal every sensitive answer under the first key; one that somebody changes meanwhile is under it already."""
    done = Rotated()
    for model in sealed_models():
        _rotate(model, done)
    for name in Upload.objects.order_by("pk").values_list("name", flat=True).iterator(chunk_size=_AT_ONCE):
        _rotate_file(name, done)
    return done


def sealed_models() -> list[Any]:
    """Every table with a column ``sealed``, of whatever app: a new one needs not be named here."""
    models = apps.get_models()
    return [model for model in models if any(field.attname == "sealed" for field in model._meta.concrete_fields)]


def _rotate(model: Any, done: Rotated) -> None:
    """So many rows a transaction: one for each would take ten times as long, one for all would hold others up."""
    rows = model._default_manager.exclude(sealed="").order_by("pk")
    last = 0
    while part := list(rows.filter(pk__gt=last).values_list("pk", "sealed")[:_AT_ONCE]):
        with transaction.atomic():
            for pk, sealed in part:
                _seal_anew(model._default_manager.filter(pk=pk, sealed=sealed), sealed, done)
        last = part[-1][0]


def _seal_anew(row: QuerySet[Any], sealed: str, done: Rotated) -> None:
    if is_current(sealed):
        done.current += 1
        return
    try:
        done.sealed += row.update(sealed=sealed_anew(sealed))
    except SealedError:
        done.lost += 1


def _rotate_file(name: str, done: Rotated) -> None:
    """What people called a file is sealed beside it, and sealed anew with it."""
    try:
        anew = store.seal_anew(name)
        for pk, told in Upload.objects.filter(name=name).values_list("pk", "told"):
            if not is_current(told):
                Upload.objects.filter(pk=pk, told=told).update(told=sealed_anew(told))
                anew = True
    except FileNotFoundError:  # deleted meanwhile
        return
    except SealedError:
        done.lost += 1
        return
    if anew:
        done.sealed += 1
    else:
        done.current += 1
