"""The admin speaks the language of whoever reads it, also where Wagtail translates a text only once."""

import ast
import datetime as dt
import json
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.core.exceptions import ImproperlyConfigured
from django.template import Engine
from django.template.loader import get_template
from django.test import Client
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from cms.corrections import CORRECTIONS, Loader
from tests.factories import UserFactory
from tests.marks import marked_catalogues, unmarked
from tools import borrowed, messages
from tools.catalogue import entries, ids, read, texts

READ = (
    "/admin/",
    "/admin/choose-page/",
    "/admin/collections/add/",
    "/admin/documents/",
    "/admin/groups/new/",
    "/admin/images/",
    "/admin/images/chooser/",
    "/admin/images/multiple/add/",
    "/admin/locales/",
    "/admin/localize/reports/translations/",
    "/admin/organisations/",
    "/admin/pages/1/",
    "/admin/pages/add/cms/contactpage/3/",
    "/admin/pages/3/edit/",
    "/admin/pages/search/",
    "/admin/people/",
    "/admin/redirects/",
    "/admin/reports/aging-pages/",
    "/admin/reports/locked/",
    "/admin/reports/site-history/",
    "/admin/reports/workflow/",
    "/admin/settings/cms/sitesettings/2/",
    "/admin/sites/",
    "/admin/translations/lagging/",
    "/admin/users/",
    "/admin/users/new/",
    "/admin/workflows/add/",
)
#: Here every zone of the world has its name.
ACCOUNT = "/admin/account/"
# The languages' own names, and a number of nothing that Wagtail hides.
UNMARKED = {"English", "Türkçe", "None"}
# Modules with texts that are translated when they are loaded: put right in cms/wording.py, or shown nowhere here.
ONCE = {
    "wagtail.admin.forms.collections": "put right",
    "wagtail.admin.viewsets.chooser": "put right",
    "wagtail.contrib.redirects.filters": "put right",
    "wagtail.contrib.redirects.views": "put right",
    "wagtail.contrib.styleguide.views": "not installed",
    "wagtail.forms": "put right",
    "wagtail.images.forms": "put right; its addresses of resized images are not served",
}


def _pairs() -> Iterator[tuple[str, str]]:
    """Whole texts of English and what they are in Turkish, ours and the packages'."""
    for package in reversed(borrowed.LENDERS):
        for message in borrowed.own(package, "django").values():
            yield ids(message)[0], texts(message)[0]
    for path in (borrowed.FOLDER / "django.po", messages.PO):
        for message in entries(read(path)):
            yield ids(message)[0], texts(message)[0]


PAIRS = {english: turkish for english, turkish in _pairs() if "%" not in english}


def _shown(html: bytes) -> set[str]:
    """What is read on a page: its texts, and those of its attributes that are shown or spoken."""
    page = BeautifulSoup(html, "html.parser")
    for hidden in page(["script", "style", "svg", "code"]):
        hidden.decompose()
    spoken = [
        tag[name] for tag in page(True) for name in ("title", "aria-label", "placeholder", "alt") if tag.get(name)
    ]
    return {" ".join(str(text).split()) for text in [*page.stripped_strings, *spoken]}


@pytest.mark.parametrize("language", ["tr", "en"])
def test_each_reader_is_spoken_to_in_one_language(language: str, db: None) -> None:
    """The administrator's browser asks for the other language: what she chose in her account counts."""
    administrator: Any = UserFactory(admin=True)
    UserProfile.objects.update_or_create(user=administrator, defaults={"preferred_language": language})
    client = Client(headers={"accept-language": "en" if language == "tr" else "tr"})
    client.force_login(administrator)
    right, wrong = (PAIRS.values(), PAIRS) if language == "tr" else (PAIRS, PAIRS.values())
    other = {text[:1].upper() + text[1:] for text in wrong} - {text[:1].upper() + text[1:] for text in right} - UNMARKED
    other -= set(Group.objects.values_list("name", flat=True))
    found = {path: sorted(_shown(client.get(path).content) & other) for path in (*READ, ACCOUNT)}
    assert {path: words for path, words in found.items() if words} == {}


#: What rows say in a site that nobody filled yet, names that are the same in every language, and keys.
ROWS = {
    "aylin",
    "Köprü",
    "AVIF",
    "GIF",
    "JPG",
    "JPEG",
    "PNG",
    "WEBP",
    "Onay",
    "Approval",
    "Wagtail",
    "localhost",
    "LinkedIn",
    "Bluesky",
    "Mastodon",
    "Instagram",
    "Facebook",
    "YouTube",
}
KEYS = re.compile(r"Esc|Ctrl \+.*")
#: What stands round a row's words: the attribute in which they are said, marks, the name of the software.
ROUND = re.compile(r"^[\w-]+ [\w-]+: |'|\s*\[$| ?- Köprü$")


def test_no_word_of_the_admin_is_hard_coded(db: None) -> None:
    """What the marked catalogues did not translate, and no row says."""
    with marked_catalogues():
        administrator: Any = UserFactory(admin=True, username="aylin")
        client = Client(headers={"accept-language": "tr"})
        pages = {path: client.get(path) for path in ("/admin/login/", "/admin/password_reset/")}
        client.force_login(administrator)
        pages |= {path: client.get(path) for path in READ}
    assert {path: page.status_code for path, page in pages.items() if page.status_code != 200} == {}
    groups = set(Group.objects.values_list("name", flat=True))
    found = {path: [word for word in _left(page) if word not in groups] for path, page in pages.items()}
    assert {path: words for path, words in found.items() if words} == {}


def _left(page: Any) -> list[str]:
    """Of a page, or of a window within one."""
    html = page.json().get("html", "") if page["Content-Type"] == "application/json" else page.content.decode()
    said = {ROUND.sub("", ROUND.sub("", word)) for word in unmarked(html, frozenset(UNMARKED))}
    # Of a translation that was cut, as “yes,no,maybe” is, a half has half of the mark.
    return sorted(word for word in said - ROWS - {""} if not KEYS.fullmatch(word) and "⟪" not in word)


@pytest.mark.parametrize("name", CORRECTIONS)
def test_what_is_corrected_is_still_said(name: str) -> None:
    """After an upgrade a correction may have nothing left to do: take it out."""
    template: Any = get_template(name)
    assert template.template.source


def test_a_correction_that_has_nothing_to_correct_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CORRECTIONS, "wagtailadmin/home.html", (("no such words", ""),))
    loader = Loader(Engine.get_default())
    origin = next(each for each in loader.get_template_sources("wagtailadmin/home.html") if Path(each.name).exists())
    with pytest.raises(ImproperlyConfigured, match="does not say 'no such words' any more"):
        loader.get_contents(origin)


def test_menus_do_not_keep_the_language_of_their_first_reader(db: None) -> None:
    said = {}
    for language in ("tr", "en"):
        reader: Any = UserFactory(admin=True)
        UserProfile.objects.update_or_create(user=reader, defaults={"preferred_language": language})
        client = Client()
        client.force_login(reader)
        page = client.get("/admin/").content.decode()
        words = ("Çeviriler", "Translations", "yenilikler", "new in Wagtail")
        said[language] = [word for word in words if json.dumps(word)[1:-1] in page]
    assert said == {"tr": ["Çeviriler", "yenilikler"], "en": ["Translations", "new in Wagtail"]}


def test_no_other_module_translates_a_text_when_it_is_loaded() -> None:
    """A new release of Wagtail may bring one: put it right in cms/wording.py, or say here why it is never shown."""
    assert {name for package in ("wagtail", "wagtail_localize") for name in _translating_once(package)} == set(ONCE)


def _translating_once(package: str) -> Iterator[str]:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder.parent).with_suffix("").parts
        if not {"test", "tests", "migrations", "project_template"}.intersection(parts):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = {alias.asname or alias.name for alias in _imported(tree) if alias.name in {"gettext", "ngettext"}}
            if names and _calls(tree, names):
                yield ".".join(parts)


def _imported(tree: ast.Module) -> Iterator[ast.alias]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            yield from node.names


def _calls(node: ast.AST, names: set[str]) -> bool:
    """Whether one of these functions is called outside of any function: as the module is loaded."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id in names:
            return True
        if _calls(child, names):
            return True
    return False


@pytest.mark.parametrize(
    ("language", "words"),
    [("tr", ["sayfalar: 2 içinden 1–2", "2 sayfa"]), ("en", ["1-2 of 2 pages", "2 pages"])],
)
def test_turkish_counts_one_by_one(language: str, words: list[str], db: None) -> None:
    """Two pages are “iki sayfa”; what is above them is called after the site."""
    client = Client(headers={"accept-language": language})
    client.force_login(UserFactory(moderator=True))
    html = " ".join(client.get("/admin/pages/1/").content.decode().split())
    assert [each for each in [*words, "Köprü"] if each not in html] == []
    assert "2 sayfalar" not in html
    assert "Root" not in html


@pytest.mark.usefixtures("standing_clock")
def test_how_long_ago_is_said_in_the_readers_language(db: None) -> None:
    with translation.override("tr"):
        assert naturaltime(timezone.now() - dt.timedelta(seconds=6)) == "6 saniye önce"
