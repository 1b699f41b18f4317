"""The crawl hears what it listens for: a site that does everything wrong is told on, line by line."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from tests.crawl import crawl

pytestmark = pytest.mark.browser
PAGES = {
    "/": '<title>T</title><h1>A</h1><h1>B</h1><script>let here</script><img src="http://127.0.0.1:9/p.png" alt="">'
    '<a href="/next?a=1#there">N</a><a href="/next?a=2">N</a><a href="https://else.example/">E</a><a href="#no">I</a>',
    "/next": '<script src="/broken.js"></script><form><select name="s"><option value="">-<option value="v">V</select>',
    "/broken.js": "throw Error('thrown')",
}


class Careless(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path.partition("?")[0])
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/javascript" if self.path.endswith(".js") else "text/html")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write((body or "gone").encode())

    def log_message(self, *_args: object) -> None:
        """Not into the tests' output."""


@pytest.fixture
def careless() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Careless) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_everything_wrong_is_heard(browser: Browser, careless: str) -> None:
    found = crawl(browser, careless, ["/", "/gone/"])
    assert found.status == {"/": 200, "/gone/": 404, "/next?a=1": 200, "/next?s=v": 200}
    assert found.pages["/"] | {"links": [], "canonical": ""} == {
        "lang": "",
        "title": "T",
        "headings": ["A", "B"],
        "description": "",
        "robots": "",
        "canonical": "",
        "alternates": {},
        "links": [],
        "filters": [],
        "searches": [],
        "anchors": ["no"],
    }
    heard = {
        part
        for _where, what in found.said
        for part in ("CSP: script-src-elem inline", "CSP: img-src", "thrown", "404")
        if part in what
    }
    assert heard == {"CSP: script-src-elem inline", "CSP: img-src", "thrown", "404"}
