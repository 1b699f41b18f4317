"""Write random keys to `.env` for those it has not got yet. Keys that are there stay: they open what they made."""

import base64
import os
import secrets
from pathlib import Path

ENV = Path(__file__).resolve().parent.parent / ".env"


def keys() -> dict[str, str]:
    """A fresh value for each secret of cms/settings.py."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "LINK_KEYS": secrets.token_urlsafe(32),
        "FIELD_ENCRYPTION_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }


def main() -> None:
    lines = ENV.read_text(encoding="utf-8").splitlines() if ENV.exists() else []
    there = {line.partition("=")[0].strip() for line in lines if line.partition("=")[2].strip()}
    missing = [f"{name}={value}" for name, value in keys().items() if name not in there]
    if missing:
        _put(lines + missing)


def _put(lines: list[str]) -> None:
    """In one step: a file that is half written would look as if it had no keys, and whoever reads it makes others."""
    there = ENV.resolve()
    new = there.with_name(f"{there.name}.{os.getpid()}")
    new.touch(mode=0o600)
    new.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    new.replace(there)


if __name__ == "__main__":
    main()
