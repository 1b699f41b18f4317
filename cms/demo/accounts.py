"""Log-ins of the demo: one for each group and one for the administrator, with random passwords.

The passwords are kept in an ignored file, so that a second start can name them again.
"""

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

#: User name, and the group by whose rights it works; None is the administrator.
USERS: dict[str, str | None] = {
    "admin": None,
    "officer": "Programme officers",
    "registrar": "Registration officers",
    "checkin": "Check-in",
    "reports": "Report readers",
    "moderator": "Moderators",
    "editor": "Editors",
    "reader": "Readers",
}


@dataclass(frozen=True)
class Login:
    """A user of the demo; ``password`` is empty where somebody else made that user."""

    name: str
    password: str


def make_logins() -> list[Login]:
    """Make those log-ins that are missing. A user that is there already keeps its password."""
    path: Path = settings.VAR_DIR / "demo-logins.json"
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    present = set(get_user_model().objects.filter(username__in=USERS).values_list("username", flat=True))
    missing = USERS.keys() - present
    for name in missing:
        known[name] = secrets.token_urlsafe(9)
        _make_user(name, known[name])
    if missing:
        _keep(path, known)
    return [Login(name, known.get(name, "")) for name in USERS]


def _make_user(name: str, password: str) -> None:
    group = USERS[name]
    address = f"{name}@sample.example"
    if group is None:
        get_user_model().objects.create_superuser(name, address, password)
        return
    get_user_model().objects.create_user(name, address, password).groups.add(Group.objects.get(name=group))


def _keep(path: Path, passwords: dict[str, str]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(passwords, indent=1))
