"""Column names and coded values in both languages."""

import pytest
from django.utils import translation

from events.exchange import columns
from events.models import Contribution, Session


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Başlık (TR)", "title_tr"),
        ("BAŞLIK TR", "title_tr"),
        ("title_en", "title_en"),
        ("  Title (EN) ", "title_en"),
        ("Kod", "ref"),
        ("GÜN", "day"),
        ("Tarih", "day"),
        ("Bitiş", "end"),
        ("Konuşmacılar", "speakers"),
        ("Konuşmacılar (EN)", "speakers_en"),
        ("Ev sahibi", "host"),
        ("Çeviri", "interpretation"),
        ("Yardımcı", ""),
        ("", ""),
    ],
)
def test_a_header_is_known_whatever_its_case_spaces_and_signs(written: str, name: str) -> None:
    assert columns.column(written) == name


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_written_header_is_read_as_its_own_column_and_language(language: str) -> None:
    names = [*columns.COLUMNS, *(f"{role}_{tag}" for role in columns.PEOPLE for tag in ("tr", "en"))]
    assert {name: columns.column(columns.header(name, language)) for name in names} == {name: name for name in names}
    spoken = {
        columns.header_language(columns.header(name, language))
        for name in ("day", "start", "end", "title", "room", "kind", "speakers")
    }
    assert spoken == {language}


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize(
    ("vocabulary", "read"),
    [
        (columns.KINDS, columns.kind),
        (columns.STATUSES, columns.status),
        (columns.INTERPRETATIONS, columns.interpretation),
        (columns.AUDIENCES, columns.audience),
        (columns.LANGUAGES, columns.language),
    ],
)
def test_every_written_word_is_read_as_its_own_code(vocabulary: dict[str, str], read: object, language: str) -> None:
    assert callable(read)
    assert {code: read(columns.word(vocabulary, code, language)) for code in vocabulary} == {
        code: code for code in vocabulary
    }


def test_the_words_cover_the_codes_of_the_rows() -> None:
    assert set(columns.KINDS) == set(Session.Kind.values)
    assert set(columns.STATUSES) == set(Session.Status.values)
    assert set(columns.AUDIENCES) == set(Session.Audience.values)
    assert set(columns.INTERPRETATIONS) == set(Session.Interpretation.values)
    assert {columns.ROLE_OF.get(role, role) for role in columns.PEOPLE} == set(Contribution.Role.values)


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_labels_that_schedule_files_carry_are_read_again(language: str) -> None:
    with translation.override(language):
        labels = {kind.value: str(kind.label) for kind in Session.Kind}
    assert {code: columns.kind(label) for code, label in labels.items()} == {code: code for code in labels}


def test_turkish_capitals_are_turkish() -> None:
    assert columns.kind("BASIN") == "press"
    assert columns.kind("ÇALIŞTAY") == "workshop"
    assert columns.kind("Sürpriz") == ""
    assert columns.word(columns.STATUSES, "cancelled", "tr") == "İptal"
    assert columns.word(columns.LANGUAGES, "pt-BR", "tr") == "pt-BR"
