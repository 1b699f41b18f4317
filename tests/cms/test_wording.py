"""The admin speaks the language of whoever reads it, also where Wagtail translates a text only once."""

import ast
import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.users.models import UserProfile

from tests.factories import UserFactory
from tools import borrowed, messages
from tools.catalogue import entries, ids, read, texts

READ = (
    "/admin/",
    "/admin/account/",
    "/admin/choose-page/",
    "/admin/collections/add/",
    "/admin/groups/new/",
    "/admin/images/chooser/",
    "/admin/images/multiple/add/",
    "/admin/pages/1/",
    "/admin/redirects/",
    "/admin/reports/site-history/",
    "/admin/sites/",
    "/admin/workflows/add/",
)
# The languages' own names, and what Wagtail says in its code without marking it for translation.
UNMARKED = {"English", "Türkçe", "Search", "Actions", "Locale", "None"}
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
    found = {path: sorted(_shown(client.get(path).content) & other) for path in READ}
    assert {path: words for path, words in found.items() if words} == {}


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
