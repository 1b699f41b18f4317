"""Names on badges: as large as they can be, and never wider than their box."""

import pytest

from events.documents.fitting import LINE, MOST_LINES, fit, measure

BOX = {"width": 89.0, "height": 38.0, "most": 24.0}
NAMES = [
    "Ali",
    "Şahin",
    "Ayşe Örnek",
    "Abdurrahmangazi Karaosmanoğlu-Büyükçekmeceli",
    "Łukasz Wójcik-Brzęczyszczykiewicz",
    "Maria del Carmen Rodríguez y Fernández de la Vega",
    "Ölüdenizligillerdenmişsinizcesine",
    "李小龙",
    "x " * 99,
]


@pytest.mark.parametrize("name", NAMES)
def test_it_fits_and_could_not_be_larger(name: str) -> None:
    size, lines = fit(name, **BOX)
    assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert len(lines) <= MOST_LINES
    widest, high = max(measure(line) for line in lines) * size, size * LINE * len(lines)
    assert (widest <= BOX["width"], high <= BOX["height"] + 0.01, size <= BOX["most"]) == (True, True, True)
    full = widest > BOX["width"] * 0.97 or high > BOX["height"] - 0.01 or size == BOX["most"]
    assert full


def test_lines_break_where_the_name_does() -> None:
    broken = {
        "Ali": ("Ali",),
        "Ayşe Örnek": ("Ayşe", "Örnek"),
        "Łukasz Wójcik-Brzęczyszczykiewicz": ("Łukasz Wójcik-", "Brzęczyszczykiewicz"),
        "Ayşegül Üsküdarlıoğlu-Karaahmetzade": ("Ayşegül", "Üsküdarlıoğlu-", "Karaahmetzade"),
    }
    assert {name: fit(name, **BOX)[1] for name in broken} == broken
