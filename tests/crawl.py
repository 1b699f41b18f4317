"""Through a site as a browser sees it: every link is followed, and what the browser had to complain of is kept."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from playwright.sync_api import Browser, Page

from tests.browser import new_page

#: What is asked for, but opened by no reader's browser as a page.
FILES = re.compile(
    r"\.(ics|pdf|xlsx|xml|json|txt|webmanifest|ico|png|jpg|webp|avif|svg|css|js|woff2)$|^/(files|media|e|healthz|readyz)\b"
)
TEXTS = re.compile(r"text/|application/([\w.]+\+)?xml\b|image/svg")
#: The browser itself says what the policy forbids.
REPORTS = (
    "addEventListener('securitypolicyviolation', e => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI}`));"
)
#: What the browser leaves behind when it goes on, such as an icon.
ABORTED = "net::ERR_ABORTED"
HEAD = """() => {
  const one = (what, name) => document.querySelector(what)?.getAttribute(name) ?? "";
  const all = (what, tell) => [...document.querySelectorAll(what)].map(tell);
  return {
    lang: document.documentElement.lang,
    title: document.title.trim(),
    headings: all("h1", each => each.innerText.trim()),
    description: one('meta[name="description"]', "content"),
    robots: one('meta[name="robots"]', "content"),
    canonical: one('link[rel="canonical"]', "href"),
    alternates: Object.fromEntries(all('link[rel="alternate"][hreflang]', each => [each.hreflang, each.href])),
    links: all("a[href], link[href], area[href]", each => each.href),
    filters: all('form[method="get"], form:not([method])', form => [...form.querySelectorAll("select[name]")]
      .map(each => [...each.options].find(option => option.value) && new URL(
        `?${each.name}=${encodeURIComponent([...each.options].find(option => option.value).value)}`,
        new URL(form.getAttribute("action") || "", location.href)).href)).flat().filter(Boolean),
    searches: all('form[role="search"]', form => new URL("?q=a", new URL(form.getAttribute("action"), location.href)).href),
    anchors: all('a[href^="#"]', each => each.getAttribute("href").slice(1))
      .filter(id => id && !document.getElementById(decodeURIComponent(id))),
  };
}"""


@dataclass
class Crawl:
    """All that was met: the status of each address, the head of each page, and each complaint with where it was made."""

    base: str
    status: dict[str, int] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    from_where: dict[str, str] = field(default_factory=dict)
    said: list[tuple[str, str]] = field(default_factory=list)
    bodies: dict[str, str] = field(default_factory=dict)

    def path(self, address: str) -> str:
        """An address of this site without its host."""
        return address.removeprefix(self.base)

    def ours(self, address: str) -> bool:
        return address.startswith(f"{self.base}/")


def crawl(browser: Browser, base: str, starts: list[str]) -> Crawl:
    """Follow every link of the site from where it starts. Of addresses that differ in the values of their query alone, one is followed."""
    found = Crawl(base)
    page = new_page(browser)
    page.add_init_script(REPORTS)
    _listen(page, found)
    waiting, seen = list(starts), {_same(path) for path in starts}
    while waiting:
        path = waiting.pop(0)
        for address in _open(page, found, path):
            there = found.path(urldefrag(urljoin(base + path, address))[0])
            if there.startswith("/") and _same(there) not in seen:
                seen.add(_same(there))
                found.from_where[there] = path
                waiting.append(there)
    page.context.close()
    return found


def _same(path: str) -> tuple[str, frozenset[str]]:
    parts = urlsplit(path)
    return parts.path, frozenset(name for name, _value in parse_qsl(parts.query))


def _listen(page: Page, found: Crawl) -> None:
    def say(what: str) -> None:
        found.said.append((found.path(page.url), what))

    page.on("console", lambda message: message.type in {"error", "warning"} and say(message.text))
    page.on("pageerror", lambda error: say(str(error)))
    page.on("request", lambda request: found.ours(request.url) or request.url.startswith("data:") or say(request.url))
    page.on("requestfailed", lambda request: request.failure == ABORTED or say(f"{request.url} {request.failure}"))
    page.on("response", lambda answer: answer.status >= 400 and say(f"{answer.url} {answer.status}"))


def _open(page: Page, found: Crawl, path: str) -> list[str]:
    """Go there; what of it leads on."""
    if FILES.search(urlsplit(path).path):
        answer = page.request.get(found.base + path)
        found.status[path] = answer.status
        if TEXTS.match(answer.headers["content-type"]):
            found.bodies[path] = answer.text()
        return []
    opened = page.goto(found.base + path, wait_until="load")
    found.status[path] = opened.status if opened else 0
    head: dict[str, Any] = page.evaluate(HEAD)
    found.pages[path] = head
    return [*head["links"], *head["filters"], *head["searches"]]
