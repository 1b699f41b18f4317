"""Editors read the admin in Turkish whole: what installed packages say in English and leave untranslated, we ship."""

import json
from collections.abc import Iterator
from gettext import NullTranslations

import pytest
from babel.messages.catalog import Message
from django.apps import apps
from django.conf import settings
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation.trans_real import DjangoTranslation
from django.views.i18n import JSONCatalog

from tools import borrowed, messages
from tools.catalogue import entries, ids, read

OURS = {"cms", "events", "delegations"}


def test_every_installed_app_is_asked_what_it_says() -> None:
    assert {app.name for app in apps.get_app_configs()} - OURS == set(borrowed.LENDERS) - {"django"}


def test_nothing_that_installed_packages_say_is_untranslated_fuzzy_or_broken() -> None:
    assert borrowed.problems() == []


def test_the_server_has_each_of_their_texts_in_turkish() -> None:
    known = set(_lookups(DjangoTranslation("tr")))
    said = [(package, m) for package in borrowed.LENDERS for m in entries(borrowed.said(package, "django"))]
    assert len(said) > 2_000
    assert [(package, message.id) for package, message in said if not _asked(message) & known] == []


def _lookups(translations: NullTranslations | None) -> Iterator[object]:
    """What is found in the catalogues, one behind another as Django and gettext ask them."""
    while translations is not None:
        yield from translations._catalog.keys()
        translations = translations._fallback


def _asked(message: Message) -> set[object]:
    """Where Django looks: a text is also found where it is the singular of another."""
    text = f"{message.context}\x04{ids(message)[0]}" if message.context else ids(message)[0]
    return {(text, 1)} if len(ids(message)) == 2 else {text, (text, 0)}


@pytest.mark.parametrize(
    "package",
    [name for name in borrowed.LENDERS if name in settings.INSTALLED_APPS and borrowed.said(name, "djangojs")],
)
def test_scripts_are_given_each_of_their_texts_in_turkish(package: str) -> None:
    with translation.override("tr"):
        answer = JSONCatalog.as_view(packages=[package])(RequestFactory().get("/"))
    given = json.loads(answer.content)["catalog"]
    said = {ids(message) for message in entries(borrowed.said(package, "djangojs"))}
    assert {text[0]: isinstance(given.get(text[0]), list) for text in said} == {
        text[0]: len(text) == 2 for text in said
    }
    assert [text for text in said if not all(given[text[0]])] == []


def test_our_own_words_win_over_corrections_and_those_over_the_packages() -> None:
    assert [path.relative_to(settings.BASE_DIR).as_posix() for path in settings.LOCALE_PATHS] == [
        "locale",
        "locale/packages",
    ]
    corrected = [m for m in entries(read(borrowed.FOLDER / "django.po")) if m.user_comments]
    ours = {ids(message) for message in entries(read(messages.PO))}
    with translation.override("tr"):
        assert [m.id for m in corrected if len(ids(m)) == 1 and ids(m) not in ours and gettext(m.id) != m.string] == []
    assert len(corrected) >= 5
