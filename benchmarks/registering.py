"""Registering end to end: the form with its token, what is sent, the rows and the letter; beside the least view.

Both go through the whole of the site's middleware, as a server calls it, in this process: so many registrations a
second of CPU.
"""

import datetime as dt
import io
import re
from collections.abc import Iterator
from urllib.parse import urlencode

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

from benchmarks.measuring import Figure, cpu_of, interleaved
from events.models import Event, Message, Question, Registration, RegistrationSettings, Wording
from events.registration.shown import Shown, shown_before

ROUNDS, EACH = 9, 20
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_SHOWN = re.compile(r'name="x-shown" value="([^"]+)"')


class Reader:
    """A browser of its own for each registration: it keeps the cookie of the token, and nothing else."""

    def __init__(self) -> None:
        self.application, self.numbers = get_wsgi_application(), 0

    def register(self, path: str, keys: list[str]) -> float:
        """The CPU of so many registrations. What makes a form old enough to be sent is not counted."""
        opened: list[tuple[str, str, str]] = []
        spent = cpu_of(lambda: opened.extend(self._open(path) for _each in range(EACH)))
        forms = [(cookie, self._filled(token, shown, keys)) for cookie, token, shown in opened]
        return spent + cpu_of(lambda: [self._send(path, cookie, body) for cookie, body in forms])

    def _open(self, path: str) -> tuple[str, str, str]:
        status, headers, html = self._ask("GET", path)
        assert status.startswith("200"), (path, status)
        cookie = next(value.split(";")[0] for name, value in headers if name == "Set-Cookie")
        shown = _SHOWN.search(html)
        token = _TOKEN.search(html)
        assert token
        return cookie, token[1], shown[1] if shown else ""

    def _filled(self, token: str, seal: str, keys: list[str]) -> bytes:
        self.numbers += 1
        shown = shown_before(seal) if seal else None
        old = Shown(shown.at - dt.timedelta(minutes=1), shown.once, shown.texts).seal() if shown else ""
        person = {"name": f"Ayşe Örnek {self.numbers}", "email": f"kisi{self.numbers}@sample.example"}
        work = {"organisation": "Işıklar Belediyesi", "role": "Meclis Üyesi", "phone": "+90 000 000 00 00"}
        told = dict.fromkeys(keys, "Bir yanıt")
        return urlencode({"csrfmiddlewaretoken": token, "x-shown": old, **person, **work, **told}).encode()

    def _send(self, path: str, cookie: str, body: bytes) -> None:
        status, _headers, html = self._ask("POST", path, cookie, body)
        assert status.startswith("302"), (path, status, html[:3000])

    def _ask(
        self, method: str, path: str, cookie: str = "", body: bytes = b""
    ) -> tuple[str, list[tuple[str, str]], str]:
        answered: list[tuple[str, list[tuple[str, str]]]] = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "127.0.0.1:8000",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": cookie,
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
        }
        parts = self.application(environ, lambda status, headers, *_rest: answered.append((status, headers)))
        html = b"".join(parts).decode()
        parts.close()
        return *answered[0], html


def figures(slug: str) -> Iterator[Figure]:
    """One line: registrations a second of CPU beside the floor's."""
    event = _taking(slug)
    ours, floor = f"/tr/etkinlikler/{slug}/kayit/", f"/tr/etkinlikler/floor/{slug}/kayit/"
    keys = [f"q-{key}" for key in event.questions.values_list("key", flat=True)]
    reader = Reader()
    reader.register(ours, keys), reader.register(floor, ["first", "second"])
    _same_rows(reader, ours, keys, floor)
    spent, least = interleaved(
        ROUNDS, lambda: reader.register(ours, keys), lambda: reader.register(floor, ["first", "second"])
    )
    assert Registration.objects.count() == reader.numbers == Message.objects.count()
    # What others do on the machine only ever adds.
    ratio = min(least) / min(spent)
    detail = f"{EACH / min(spent):.0f} beside {EACH / min(least):.0f} a second of CPU"
    yield Figure("registering, a second of CPU, beside the least view", ratio, 0.4, at_most=False, detail=detail)


def _taking(slug: str) -> Event:
    """The event takes registrations without end, asks two questions and shows a notice."""
    event = Event.objects.get(slug=slug)
    RegistrationSettings.objects.create(event=event)
    for at, label in enumerate(("Beslenme", "Not")):
        Question.objects.create(event=event, position=at, label_tr=label, label_en=label, purpose_tr="Ölçüm")
    notice = Wording(event=event, kind=Wording.Kind.NOTICE, title_tr="Aydınlatma", text_tr="Metin. " * 200)
    notice.save()
    settings.RATE_LIMITS = False
    return event


def _same_rows(reader: Reader, ours: str, keys: list[str], floor: str) -> None:
    """Both leave as many rows in each table behind."""
    found = []
    for path, told in ((ours, keys), (floor, ["first", "second"])):
        before = _counts()
        reader.register(path, told)
        found.append({table: count - before[table] for table, count in _counts().items() if count != before[table]})
    assert found[0] == found[1], found


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {table: cursor.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}  # noqa: S608
