"""Who was erased, as keyed hashes: in the database and, beside it, in a file that no backup brings back.

A restored backup knows nobody who was erased after it was made; by the file they are erased again
(``reapply_erasures``). A hash tells nothing without ``LINK_KEYS``.
"""

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from events.models import ErasureRecord


def hashes(name: str) -> Iterator[str]:
    """What stands for a person or a registration: its keyed hash under each link key, the one that makes first."""
    for secret in settings.LINK_KEYS:
        yield hmac.new(secret.encode(), f"erasure:{name}".encode(), hashlib.sha256).hexdigest()


def write_down(name: str, *, erased_at: dt.datetime, report: dict[str, Any]) -> ErasureRecord:
    """Note in the caller's transaction that this was erased; the file has it once that commits."""
    record, _made = ErasureRecord.objects.update_or_create(
        person_hash=next(hashes(name)), defaults={"erased_at": erased_at, "report": report}
    )
    transaction.on_commit(lambda: _append(record))
    return record


def known(path: Path | None = None) -> set[str]:
    """All hashes of whom was erased, of the database and of the file."""
    path = path or Path(settings.ERASURE_LEDGER)
    lines = path.read_text("ascii").splitlines() if path.exists() else []
    return {
        *ErasureRecord.objects.values_list("person_hash", flat=True),
        *(line.split()[-1] for line in lines if line.strip()),
    }


def _append(record: ErasureRecord) -> None:
    path = Path(settings.ERASURE_LEDGER)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as ledger:
        ledger.write(f"{record.erased_at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ} {record.person_hash}\n")
