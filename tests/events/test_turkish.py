"""Turkish done right: letters, sorting, search, slugs; and no text that breaks a line or a page."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.turkish import ALPHABET, clean, fold, initial, lower, slug, sort_key, tails, upper

ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


@pytest.mark.parametrize(
    ("small", "capital"),
    [("ılgın", "ILGIN"), ("izmir", "İZMİR"), ("ığdır", "IĞDIR"), ("çğöşü", "ÇĞÖŞÜ"), ("şişli", "ŞİŞLİ")],
)
def test_letter_case_of_turkish(small: str, capital: str) -> None:
    assert (upper(small), lower(capital)) == (capital, small)


def test_letter_case_follows_the_texts_language() -> None:
    assert (upper("title", "en"), lower("TITLE", "en"), lower("İSTANBUL", "en")) == ("TITLE", "title", "istanbul")
    assert (upper("title", "tr"), lower("TITLE", "tr")) == ("TİTLE", "tıtle")


def test_the_alphabet_sorts_as_it_is_said() -> None:
    backwards = ALPHABET[::-1]
    assert sorted(backwards, key=sort_key) == list(ALPHABET)
    assert sorted(upper(ALPHABET), key=sort_key) == list(upper(ALPHABET))


@pytest.mark.parametrize(
    "names",
    [
        ["Can", "Çam", "Dağ"],
        ["Ilgın", "Işık", "İğde", "İpek"],
        ["Oba", "Öz", "Pınar"],
        ["Sarı", "Şule", "Tuna"],
        ["Uzun", "Ülkü", "Vardar"],
        ["Ak", "Ak Deniz", "Akça"],
        ["Lale", "Łucja", "Mads"],
        ["Olcay", "Østervang", "Örnek"],
        ["Prova", "Prøve"],
    ],
)
def test_names_sort_as_a_turkish_reader_expects(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=sort_key) == names


@pytest.mark.parametrize(
    ("names", "letters"),
    [
        (["Aas", "Âdem", "Azad"], ["A"]),
        (["Sarı", "Šarić", "Sen", "Şahin"], ["S", "Ş"]),
        (["Ilgın", "İlter", "Îsa"], ["I", "İ"]),
        (["’t Hart", "Taslak"], ["T"]),
        (["20. Yıl", "Zeki"], ["#", "Z"]),
    ],
)
def test_each_letter_heads_an_index_once(names: list[str], letters: list[str]) -> None:
    keys = sorted(map(sort_key, names))
    assert [letter for letter, _same in groupby(keys, key=initial)] == letters


def test_a_sort_key_is_digits_of_bounded_length() -> None:
    assert sort_key("ĞÜŞ" * 500).isdigit()
    assert len(sort_key("ĞÜŞ" * 500)) == 400


@pytest.mark.parametrize("typed", ["Ilgın", "ILGIN", "ılgin", "ilgin", "İLGİN", "I\u0307lgın"])
def test_search_finds_whatever_is_typed(typed: str) -> None:
    assert fold(typed) == "ilgin"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łódź, Åse — Prøve!", "lodz ase prove"),
        ("  çok\tboşluk  ", "cok bosluk"),
        ("Straße", "strasse"),
        ("Avrupa’nın 3. günü", "avrupa nin 3 gunu"),
        ("—", ""),
    ],
)
def test_folding_leaves_plain_words(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Kentler Diyaloğu 2027", "kentler-diyalogu-2027"),
        ("Işıklar Çalıştayı", "isiklar-calistayi"),
        ("İĞDELİ & ŞUBATLI", "igdeli-subatli"),
        ("Nørrehavn’da Üç Gün", "norrehavnda-uc-gun"),
        ("—", ""),
    ],
)
def test_slugs_read_well(title: str, address: str) -> None:
    assert slug(title) == address


def test_a_long_title_gives_a_short_slug_without_a_dangling_hyphen() -> None:
    assert slug("kent " * 40, length=20) == "kent-kent-kent-kent"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  bir   iki  ", "bir iki"),
        ("bir\niki", "bir iki"),
        ("bir\x00iki\u202e\ufeff\ud800", "biriki"),
        ("gu\u0308n", "gün"),
        ("i\u0307ki", "iki"),
        ("bir\u00a0iki", "bir iki"),
    ],
)
def test_typed_text_gets_one_form(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_lines_are_kept_where_asked() -> None:
    assert clean(" bir \r\n  iki\r\rüç ", lines=True) == "bir\niki\n\nüç"


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    for lines in (False, True):
        once = clean(text, lines=lines)
        assert clean(once, lines=lines) == once


@given(ANY_TEXT)
def test_folding_and_slugs_are_plain_for_any_text(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert set(fold(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    assert set(sort_key(text)) <= set("0123456789")


def test_the_ends_of_words_are_told_once_each() -> None:
    assert (tails("Liman, LİMAN ve ada"), tails("çalış", shortest=4)) == ("iman man", "alis")
