"""A reader without script: forms are filled in and sent as a browser would."""

import datetime as dt
import re
from typing import Any

from django.test import Client

from events import addresses, mail
from events.links import key_of
from events.models import Event, Message, Registration
from events.registration.shown import Shown, shown_before

_HIDDEN = re.compile(r'name="x-shown" value="([^"]+)"')


def old_enough(seal: str) -> str:
    """The seal of a form that was read for a minute before it is sent."""
    shown = shown_before(seal)
    assert shown is not None
    return Shown(shown.at - dt.timedelta(minutes=1), shown.once, shown.texts).seal()


def path_of(event: Event, language: str = "en") -> str:
    return f"/en/events/{event.slug}/register/" if language == "en" else f"/tr/etkinlikler/{event.slug}/kayit/"


def seal_in(html: str) -> str:
    found = _HIDDEN.search(html)
    assert found, html
    return found[1]


def fill_in(client: Client, event: Event, *, language: str = "en", **typed: Any) -> Any:
    """Open the form, fill it in, send it; gives the answer."""
    return client.post(path_of(event, language), filled_in(client, event, language=language, **typed))


def filled_in(client: Client, event: Event, *, language: str = "en", **typed: Any) -> dict[str, Any]:
    """What is sent with the form."""
    seal = old_enough(seal_in(client.get(path_of(event, language)).content.decode()))
    return {"name": "Ayşe Örnek", "email": "ayse@sample.example", "x-shown": seal, **typed}


def key_sent(email: str) -> str:
    """The address with the key in the last letter to somebody."""
    message = Message.objects.filter(to_address=email).order_by("pk").last()
    assert message is not None
    return mail._fill_links(message, "{{link:registration}}").removeprefix("http://testserver")


def enter(client: Client, email: str) -> str:
    """Follow the link of the last letter; gives the address of the page without the key."""
    answer = client.get(key_sent(email))
    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    location: str = answer["Location"]
    assert client.get(location).status_code == 200
    return location


def new_address_key(row: Registration, language: str = "en") -> str:
    """The address with the key by which somebody's new e-mail address is confirmed."""
    key = key_of(row.links.get(purpose="address"))
    return addresses.open_new_address_path(row.event.slug, language, key)
