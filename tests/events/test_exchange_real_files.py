"""Real programmes in every form they come in: what is read of them, and that the forms agree."""

from collections import Counter

import pytest

from events.exchange.apply import import_file
from events.models import Contribution, Event, Person, Room
from tests.events.exchange_files import FORUM, PRETALX, sample
from tests.events.exchange_programmes import counts, programme, versions
from tests.factories import (
    EventFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return EventFactory(starts_on=None, ends_on=None)


class TestForum:
    """The fictional forum in its four forms."""

    @pytest.mark.parametrize("name", FORUM)
    def test_each_form_gives_the_whole_programme(self, event: Event, name: str) -> None:
        report = import_file(event=event, data=sample(name))
        assert counts(report) == (119, 0, 2, 1, 1)
        assert [(each.row, each.ref, each.column, each.value, each.reason) for each in report.refused] == [
            (72, "G2-28", "Bitiş", "14:15", "end_before_start")
        ]
        assert [(each.row, each.ref, each.column, each.value, each.reason) for each in report.reported] == [
            (104, "G3-19", "Tür", "Sürpriz", "unknown_kind")
        ]
        assert [(each.row, each.ref, each.value) for each in report.duplicates] == [
            (36, "G1-33", "35"),
            (120, "G3-13", "98"),
        ]
        assert Counter(each.reason for each in report.missing) == {"no_title_en": 5, "no_end": 2, "no_start": 1}
        assert report.ignored_columns == ("Yardımcı",)
        assert Counter(event.sessions.values_list("kind", flat=True)) == {
            "parallel": 34, "panel": 29, "workshop": 29, "break": 9, "meal": 6, "plenary": 5, "ceremony": 2, "free": 1,
            "other": 1, "press": 1, "site_visit": 1, "transfer": 1,
        }  # fmt: skip
        assert Person.objects.count() == 60
        assert sorted(Room.objects.values_list("name_tr", flat=True)) == [
            "Atölye 1", "Atölye 2", "Büyük Salon", "Fuaye", "Salon Ihlamur", "Salon Çınar", "Salon İğde", "Salon Şimşir",
        ]  # fmt: skip

    def test_the_four_forms_give_the_same_and_change_nothing_of_one_another(self, event: Event) -> None:
        import_file(event=event, data=sample("forum.xlsx"))
        whole, before = programme(event), versions(event)
        for name in FORUM:
            assert counts(import_file(event=event, data=sample(name))) == (0, 0, 121, 1, 1)
        assert versions(event) == before
        for name in FORUM[1:]:
            other = EventFactory()
            import_file(event=other, data=sample(name))
            assert programme(other) == whole


class TestPretalx:
    """One conference, exported as JSON and as XML."""

    @pytest.mark.parametrize("first", PRETALX)
    def test_either_after_the_other_changes_nothing(self, event: Event, first: str) -> None:
        assert counts(import_file(event=event, data=sample(first))) == (119, 0, 0, 0, 0)
        assert (Person.objects.count(), Person.objects.filter(name="Gülşen Exemple").count()) == (68, 2)
        before, people = versions(event), Contribution.objects.order_by("pk").values_list("pk", "person")
        met = list(people)
        for name in (*PRETALX, first):
            assert counts(import_file(event=event, data=sample(name))) == (0, 0, 119, 0, 0)
        assert (versions(event), list(people.all()), Person.objects.count()) == (before, met, 68)

    def test_both_give_the_same_programme(self, event: Event) -> None:
        other = EventFactory()
        import_file(event=event, data=sample("pretalx-export.json"))
        import_file(event=other, data=sample("pretalx-export.xml"))
        assert programme(event) == programme(other)

    def test_a_third_language_is_kept_once_with_its_tag(self, event: Event) -> None:
        import_file(event=event, data=sample("pretalx-export.xml"))
        german = event.sessions.get(other_language="de")
        assert (german.title_tr, german.title_en) == ("", "")
        assert german.title_other == "Bürgerhaushalt in kleinen Städten: größere Spielräume"
        assert (german.title.language, german.languages) == ("de", ["de"])
        assert Counter(each.title.language for each in event.sessions.all()) == {"tr": 117, "en": 1, "de": 1}

    def test_biographies_and_seats_come_from_json_and_are_never_overwritten(self, event: Event) -> None:
        import_file(event=event, data=sample("pretalx-export.xml"))
        person = Person.objects.get(name="Şükrü Deneme")
        person.biography_tr = "Kendi sözleriyle."
        person.save()
        import_file(event=event, data=sample("pretalx-export.json"))
        assert Person.objects.get(pk=person.pk).biography_tr == "Kendi sözleriyle."
        assert Person.objects.exclude(biography_tr="", biography_en="").count() == 68
        other = EventFactory()
        import_file(event=other, data=sample("pretalx-export.json"))
        rooms = other.sessions.values_list("room__name_tr", "room__capacity").distinct()
        assert set(rooms) == {("Büyük Salon", 400), ("Salon Ihlamur", 120), ("Salon İğde", 80), ("Atölye", None)}

    def test_people_stay_in_the_roles_that_the_file_does_not_know(self, event: Event) -> None:
        import_file(event=event, data=sample("pretalx-export.json"))
        row = Contribution.objects.filter(session__ref="e3e8eeda-0826-5b1a-8901-05916e7c3bc5").first()
        assert row is not None
        row.role = Contribution.Role.MODERATOR
        row.save()
        assert counts(import_file(event=event, data=sample("pretalx-export.xml"))) == (0, 0, 119, 0, 0)
