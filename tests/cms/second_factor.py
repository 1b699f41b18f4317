"""Staff with an authenticator app, as a test needs them: the app is the algorithm of RFC 6238 itself."""

import base64
import hmac
import re
import struct
import time
from typing import Any

from django.test import Client

from cms.models.second_factor import new_secret
from cms.second_factor import set_up

PASSWORD = "gizli-kelime"


def shown(secret: str, steps: int = 0) -> str:
    """The six digits that an app shows for a secret now, or some steps of 30 seconds from now (RFC 4226, 5.3)."""
    key = base64.b32decode(secret.replace(" ", ""))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30 + steps), "sha1")
    at = digest[-1] & 15
    number: int = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def with_app(user: Any) -> tuple[str, list[str]]:
    """Give somebody an app; gives its secret and the recovery codes."""
    secret = new_secret()
    return secret, set_up(user=user, secret=secret, code=shown(secret, -1))[1]


def log_in(user: Any, client: Client | None = None, **data: str) -> Any:
    """The form of the log-in, with name and password; gives the client and the answer."""
    client = client or Client(headers={"accept-language": "en"})
    typed = {"username": user.username, "password": PASSWORD, "next": "/admin/", **data}
    return client, client.post("/admin/login/", typed)


def secret_on(html: str) -> str:
    found = re.search(r'door-secret"><code>([A-Z2-7 ]+)<', html)
    assert found, html
    return found[1]
