"""Where files of people are kept: outside what has an address, sealed, under names that say nothing.

They are deleted when the transaction that ends them is committed. What a process that died left behind is found
by ``strays`` and goes with the next sweep.
"""

import datetime as dt
import secrets
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils import timezone

from events.sealing import is_current_bytes, seal_bytes, unseal_bytes

from .refusals import FileNotTakenError


def private() -> Storage:
    """The storage that no address leads to."""
    return storages["private"]


def put(data: bytes) -> str:
    """Seal and keep; gives the made-up name. Raises :class:`FileNotTakenError` where there is no room."""
    name = secrets.token_hex(16)
    _write(name, seal_bytes(data))
    return name


def get(name: str) -> bytes:
    """What was kept. Raises FileNotFoundError, and ``SealedError`` where no key opens it."""
    with private().open(_path(name)) as file:
        return unseal_bytes(file.read())


def drop_on_commit(names: Iterable[str]) -> None:
    """Delete files once the transaction that ends them is certain."""
    for name in names:
        transaction.on_commit(partial(drop, name), robust=True)


def drop(name: str) -> None:
    """Delete a file; one that is gone already is none."""
    private().delete(_path(name))


def seal_anew(name: str) -> bool:
    """Seal a file under the first key; False where it is already. Raises ``SealedError`` where no key opens it."""
    with private().open(_path(name)) as file:
        sealed = file.read()
    if is_current_bytes(sealed):
        return False
    _write(name, seal_bytes(unseal_bytes(sealed)))
    return True


def strays(known: Iterable[str], age: dt.timedelta) -> Iterator[str]:
    """Names of files older than ``age`` that nobody knows."""
    names, before = set(known), timezone.now() - age
    storage = private()
    if not storage.exists(""):
        return
    for folder in storage.listdir("")[0]:
        for name in storage.listdir(folder)[1]:
            if name not in names and storage.get_modified_time(f"{folder}/{name}") < before:
                yield name


def _path(name: str) -> str:
    return f"{name[:2]}/{name}"


def _write(name: str, sealed: bytes) -> None:
    path, storage = _path(name), private()
    fresh = f"{path}.{secrets.token_hex(4)}"
    try:
        storage.save(fresh, ContentFile(sealed))
        _put_in_place(storage, fresh, path)
    except OSError as wrong:
        storage.delete(fresh)
        raise FileNotTakenError("no_room") from wrong


def _put_in_place(storage: Storage, fresh: str, path: str) -> None:
    """At once: a reader meets the old file or the new one."""
    Path(storage.path(fresh)).replace(storage.path(path))
