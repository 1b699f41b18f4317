"""What the marker catalogue stands on finds what it is to find."""

import pytest
from django.utils import translation

from tests.marks import marked_catalogues, unmarked


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>⟪Page ⟫5⟪ of ⟫9</p>", []),
        ("<p>⟪A <b>bold⟫</b> word</p>", ["word"]),
        ("<p>⟦Ayşe⟧, Mayor</p>", ["Mayor"]),
        ("<p>⟪⟦Ayşe⟧ broken</p>", ["⟪", "broken"]),
        ('<img alt="A bridge"><input placeholder="⟪Ara⟫">', ["img alt: A bridge"]),
        ('<meta name="description" content="Us"><meta name="robots" content="noindex">', ["meta content: Us"]),
        ("<script>let said</script><style>p {}</style>12.06. – A", []),
    ],
)
def test_words_outside_are_found(html: str, found: list[str]) -> None:
    assert unmarked(html) == found


def test_what_is_put_into_a_sentence_needs_a_mark_of_its_own() -> None:
    with marked_catalogues(), translation.override("en"):
        said = translation.gettext("Page %(number)s of %(total)s") % {"number": "first", "total": 9}
        counted = translation.ngettext("%(count)d session", "%(count)d sessions", 2) % {"count": 2}
        named = translation.pgettext("events", "Past")
    assert [unmarked(said), unmarked(counted), unmarked(named)] == [["first"], [], []]


def test_turkish_that_is_missing_has_no_mark() -> None:
    with marked_catalogues(), translation.override("tr"):
        assert unmarked(translation.gettext("A sentence that nobody says")) == ["A sentence that nobody says"]
        assert unmarked(translation.gettext("Search")) == []
    assert translation.gettext("Search") == "Ara"
