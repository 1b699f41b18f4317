"""What a programme page says, as tests read it."""

import re
from html import unescape

from django.test import Client

from events.models import Event, Session
from events.release import release_programme

ENGLISH = "/en/events/forum/programme/"


def page(client: Client, path: str = ENGLISH, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert (answer.status_code, answer.cookies) == (200, {})
    return flat(answer.content.decode())


def flat(html: str) -> str:
    """On one line, and without blanks inside tags: how templates are laid out is nobody's business."""
    return re.sub(r"\s+(/?>)", r"\1", re.sub(r"\s+", " ", html))


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def sessions(html: str) -> dict[str, str]:
    """The HTML of each session by its anchor."""
    return dict(re.findall(r'<article class="[^"]*" id="s-(.*?)">(.*?)</article>', html, re.DOTALL))


def told(html: str, session: Session) -> str:
    """What the page says of one session, before its details."""
    return text(sessions(html)[session.key].partition("<details>")[0])


def released(event: Event) -> None:
    assert release_programme(event=event) is not None
