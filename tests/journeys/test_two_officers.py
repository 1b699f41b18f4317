"""Two officers work on one programme in its last hour: nobody publishes what they have not seen."""

import pytest

from events.models import ProgrammeRelease
from events.release import ComparisonOutdatedError, compare_programme, release_programme
from tests.factories import EventFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_what_a_colleague_changes_meanwhile_is_shown_before_it_is_released():
    ayse, omer = UserFactory(officer=True), UserFactory(officer=True)
    event = EventFactory(with_sessions=2)
    seen_by_ayse = compare_programme(event)

    session = event.sessions.first()
    session.title_tr = "Ömer’in yeni başlığı"
    session.save()

    with pytest.raises(ComparisonOutdatedError) as refused:
        release_programme(event=event, by=ayse, fingerprint=seen_by_ayse.fingerprint)
    assert not ProgrammeRelease.objects.exists()
    shown = refused.value.comparison
    titles = [raw["title"]["tr"] for raw in shown.public["sessions"]]
    assert "Ömer’in yeni başlığı" in titles
    release = release_programme(event=event, by=omer, fingerprint=shown.fingerprint)
    assert release is not None
    assert (release.number, release.released_by) == (1, omer)


def test_a_session_held_back_keeps_its_last_released_state(calendar):
    event = EventFactory(slug="forum", with_sessions=2)
    release_programme(event=event)
    ready, unsure = event.sessions.order_by("start")
    for session in (ready, unsure):
        session.title_tr = f"{session.title_tr} (yeni)"
        session.save()
    release_programme(event=event, held=[unsure.key])
    entries = calendar("/calendars/tr/forum.ics")
    assert entries[str(ready.uid)]["SUMMARY"] == ready.title_tr
    assert entries[str(unsure.uid)]["SUMMARY"] == unsure.title_tr.removesuffix(" (yeni)")
