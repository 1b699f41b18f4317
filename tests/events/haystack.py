"""Search everything that is stored: each column of each table, each file, whatever it is packed in."""

import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from pypdf import PdfReader


def tables_holding(words: Iterable[str]) -> set[str]:
    """Tables (as ``table.column``) where one of the words stands, in the open or packed."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    if holds(value, words):
                        found.add(f"{table}.{name}")
    return found


def files_holding(words: Iterable[str]) -> set[str]:
    """Files under MEDIA_ROOT and PRIVATE_ROOT, and the ledger, where one of the words stands."""
    roots = (settings.MEDIA_ROOT, settings.PRIVATE_ROOT)
    paths = [path for root in roots for path in Path(root).rglob("*") if path.is_file()]
    paths += [path for path in [Path(settings.ERASURE_LEDGER)] if path.exists()]
    return {str(path) for path in paths if holds(path.read_bytes(), words) or holds(str(path), words)}


def holds(value: Any, words: Iterable[str]) -> bool:
    """Whether a stored value tells one of the words in any form that we store texts in."""
    wanted = [form for word in words for form in (word, json.dumps(word)[1:-1])]
    return any(form in text for text in _readings(value) for form in wanted)


def _readings(value: Any) -> Iterator[str]:
    if isinstance(value, memoryview):
        value = bytes(value)
    if not isinstance(value, bytes):
        yield str(value)
        return
    for plain in (value, *_unpacked(value)):
        yield plain.decode("utf-8", "replace")
        if plain.startswith(b"%PDF"):
            yield " ".join(page.extract_text() for page in PdfReader(io.BytesIO(plain)).pages)


def _unpacked(value: bytes) -> Iterator[bytes]:
    if value[:2] == b"\x1f\x8b":
        yield gzip.decompress(value)
    elif value[:1] == b"\x78":
        try:
            yield zlib.decompress(value)
        except zlib.error:
            return
