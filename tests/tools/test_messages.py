"""The Turkish catalogue: what the source says is found, what it lacks is told."""

from gettext import GNUTranslations
from pathlib import Path

import pytest

from tools import borrowed, messages

SOURCE = """
from django.utils.translation import gettext as _, ngettext, pgettext
a = _("Plain")
b = _(
    "Two "
    "lines"
)
c = ngettext("%(n)s day", "%(n)s days", n)
d = pgettext("month", "May")
"""
TEMPLATE = """
{% load i18n %}
    {% translate "In a template" %} it's
{% blocktranslate trimmed count n=days %}
    One {{ n }} row
{% plural %}
    Many {{ n }} rows
{% endblocktranslate %}
"""
TURKISH = """
msgid ""
msgstr ""
"Language: tr\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Plain"
msgstr "Düz"

#, fuzzy
msgid "Two lines"
msgstr "İki satır"

msgid "%(n)s day"
msgid_plural "%(n)s days"
msgstr[0] "%(n)s gün"
msgstr[1] "%(gun)s gün"

msgid "Gone"
msgstr "Gitti"
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one module, one template and a catalogue with gaps."""
    for name, text in (("cms/a.py", SOURCE), ("templates/a.html", TEMPLATE), ("tr.po", TURKISH)):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "PO", tmp_path / "tr.po")
    monkeypatch.setattr(borrowed, "FOLDER", tmp_path / "locale" / "packages")
    monkeypatch.setattr(borrowed, "LENDERS", ())
    return tmp_path


def test_every_marked_text_is_found() -> None:
    assert {(message.id, message.context) for message in messages.extracted() if message.id} == {
        ("Plain", None),
        ("Two lines", None),
        (("%(n)s day", "%(n)s days"), None),
        ("May", "month"),
        ("In a template", None),
        (("One %(n)s row", "Many %(n)s rows"), None),
    }


def test_what_a_turkish_reader_would_miss_is_told() -> None:
    assert messages.problems() == [
        "fuzzy: 'Two lines'",
        "other placeholders or tags: '%(n)s day'",
        "missing: 'May' (cms/a.py)",
        "missing: 'In a template' (templates/a.html)",
        "missing: 'One %(n)s row' (templates/a.html)",
        "not in the source: 'Gone'",
    ]


def test_texts_marked_by_another_name_are_told(project: Path) -> None:
    hidden = b"from django.utils.translation import gettext_lazy as lazy\nlazy('Never found')\n"
    (project / "cms" / "hidden.py").write_bytes(hidden)
    assert messages.problems()[-1] == "hidden by a name of its own: cms/hidden.py"


def test_update_keeps_what_is_translated_and_drops_the_rest() -> None:
    assert messages.main("update") == 0
    kept = messages.PO.read_text(encoding="utf-8")
    assert [line for line in kept.splitlines() if line.startswith("msgid ")] == [
        'msgid ""',
        'msgid "Plain"',
        'msgid "Two lines"',
        'msgid "%(n)s day"',
        'msgid "May"',
        'msgid "In a template"',
        'msgid "One %(n)s row"',
    ]
    assert messages.main("update") == 0
    assert messages.PO.read_text(encoding="utf-8") == kept


def test_gaps_are_filled_from_other_files(project: Path) -> None:
    other = project / "other.po"
    plural = 'msgid "One %(n)s row"\nmsgid_plural "Many %(n)s rows"\nmsgstr[0] "%(n)s satır"\nmsgstr[1] "%(n)s satır"\n'
    other.write_text(TURKISH.replace('msgid "Gone"\nmsgstr "Gitti"', plural), encoding="utf-8")
    messages.main("update", str(other))
    assert 'msgstr[0] "%(n)s satır"\nmsgstr[1] "%(n)s satır"\n' in messages.PO.read_text(encoding="utf-8")
    assert messages.problems() == [
        "fuzzy: 'Two lines'",
        "other placeholders or tags: '%(n)s day'",
        "missing: 'May' (cms/a.py)",
        "missing: 'In a template' (templates/a.html)",
    ]


def test_every_catalogue_is_compiled(project: Path) -> None:
    folders = [project / "locale" / "tr", project / "locale" / "packages" / "tr"]
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / "django.po").write_text(TURKISH, encoding="utf-8")
    assert messages.main("compile") == 0
    for folder in folders:
        with (folder / "django.mo").open("rb") as file:
            assert GNUTranslations(file).gettext("Plain") == "Düz"


def test_a_space_that_something_is_glued_to_is_missed(project: Path) -> None:
    glued = 'msgid "Plain "\nmsgstr "Düz"\n'
    (project / "cms" / "a.py").write_text('_("Plain ")\n', encoding="utf-8")
    (project / "tr.po").write_text(TURKISH.replace('msgid "Plain"\nmsgstr "Düz"\n', glued), encoding="utf-8")
    assert messages.problems()[0] == "other spaces around it: 'Plain '"


def test_an_unknown_command_is_refused() -> None:
    assert messages.main("dance") == 2
