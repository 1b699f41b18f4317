"""Write random keys to `.env` for those it has not got yet. Keys that are there stay: they open what they made."""

import base64
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
    lines += [f"{name}={value}" for name, value in keys().items() if name not in there]
    ENV.touch(mode=0o600)
    ENV.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
