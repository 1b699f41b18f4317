"""What packages say and their own Turkish lacks: found, kept apart, and dropped when no package lacks it any more."""

from pathlib import Path

import pytest

from tools import borrowed
from tools.catalogue import entries, ids, read, texts

HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""
ENGLISH = """\
msgid "Draft"
msgstr ""

msgid "%(n)s page"
msgid_plural "%(n)s pages"
msgstr[0] ""
msgstr[1] ""

msgctxt "month"
msgid "May"
msgstr ""

msgid "Locale"
msgstr ""

msgid "Said by both"
msgstr ""
"""
TURKISH = """\
msgid "Draft"
msgstr "Taslak"

#, fuzzy
msgid "%(n)s page"
msgid_plural "%(n)s pages"
msgstr[0] "%(n)s sayfa"
msgstr[1] "%(n)s sayfa"

msgid "May"
msgstr "Olabilir"

msgid "Locale"
msgstr "Yerel"
"""
OURS = """\
msgctxt "month"
msgid "May"
msgstr "Mayıs"

# Instead of:
msgid "Locale"
msgstr "Dil"

msgid "Draft"
msgstr "Karalama"
"""


@pytest.fixture(autouse=True)
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two installed packages: one with catalogues, one with nothing but its code."""
    files = {
        "lender_of_catalogues/__init__.py": "",
        "lender_of_catalogues/locale/en/LC_MESSAGES/django.po": HEADER + ENGLISH,
        "lender_of_catalogues/locale/en/LC_MESSAGES/djangojs.po": HEADER + 'msgid "Draft"\nmsgstr ""\n',
        "lender_of_catalogues/locale/tr/LC_MESSAGES/django.po": HEADER + TURKISH,
        "lender_of_code/__init__.py": 'gettext("Said by both")\ngettext("Draft")\n_("Only in code")\n',
        "lender_of_code/templates/a.html": '{% load i18n %}\n{% translate "Only in a template" %}\n',
        "lender_of_code/tests/test_a.py": '_("Only in its tests")\n',
        "ours/django.po": HEADER + OURS,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(borrowed, "FOLDER", tmp_path / "ours")
    monkeypatch.setattr(borrowed, "LENDERS", ("lender_of_catalogues", "lender_of_code"))
    return tmp_path


def test_what_a_turkish_editor_would_miss_is_told() -> None:
    assert borrowed.problems() == [
        "missing: '%(n)s page' (lender_of_catalogues)",
        "missing: 'Said by both' (lender_of_catalogues)",
        "missing: 'Only in code' (lender_of_code)",
        "missing: 'Only in a template' (lender_of_code)",
        "no package lacks it: 'Draft' (django)",
        "missing: 'Draft' (lender_of_catalogues)",
    ]


def test_update_keeps_our_translations_and_corrections_and_drops_the_rest(packages: Path) -> None:
    borrowed.update()
    once = (packages / "ours" / "django.po").read_bytes()
    borrowed.update()
    kept = [(ids(m), m.context, texts(m), m.user_comments) for m in entries(read(packages / "ours" / "django.po"))]
    assert (packages / "ours" / "django.po").read_bytes() == once
    assert kept == [
        (("%(n)s page", "%(n)s pages"), None, ("", ""), []),
        (("May",), "month", ("Mayıs",), []),
        (("Locale",), None, ("Dil",), ["Instead of: Yerel"]),
        (("Said by both",), None, ("",), []),
        (("Only in code",), None, ("",), []),
        (("Only in a template",), None, ("",), []),
    ]


def test_scripts_are_asked_for_apart_from_the_server(packages: Path) -> None:
    borrowed.update()
    assert [ids(m) for m in entries(read(packages / "ours" / "djangojs.po"))] == [("Draft",)]


def test_a_package_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(borrowed, "LENDERS", ("lender_of_nothing",))
    with pytest.raises(LookupError, match="lender_of_nothing is not installed"):
        borrowed.problems()
