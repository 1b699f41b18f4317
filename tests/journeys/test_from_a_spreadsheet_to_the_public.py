"""A programme officer has a programme in a spreadsheet; minutes later the public reads it in two languages."""

import pytest

from events.models import Event, Session

from .conftest import SAMPLES

pytestmark = pytest.mark.django_db

FORUM = "ornek-belediyeler-forumu"


@pytest.fixture
def forum(officer):
    """The forum as the officer's spreadsheet has it, released."""
    line = officer("import_programme", str(SAMPLES / "forum.xlsx"), event=FORUM, create=True)
    assert line == "created=119 changed=0 unchanged=2 draft=1 refused=1 release=none"
    officer("release_programme", FORUM)
    return Event.objects.get(slug=FORUM)


def test_the_row_that_cannot_be_right_is_refused_and_the_others_are_kept(forum):
    assert forum.sessions.count() == 119
    assert not forum.sessions.filter(ref="G2-28").exists()


def test_page_feed_and_paper_show_the_same_sessions_in_both_languages(forum, page, calendar, paper):
    shown = forum.sessions.exclude(status=Session.Status.DRAFT)
    for language, path in (("tr", "program"), ("en", "programme")):
        word = "etkinlikler" if language == "tr" else "events"
        html = page(f"/{language}/{word}/{FORUM}/{path}/")
        printed = paper(FORUM, language)
        for session in shown:
            title = getattr(session, f"title_{language}") or session.title_tr
            assert _escaped(title) in html
            assert " ".join(title.split()) in printed, title
        entries = calendar(f"/calendars/{language}/{FORUM}.ics")
        assert set(entries) == {str(session.uid) for session in shown if session.start}
        for session in shown.exclude(start=None):
            assert entries[str(session.uid)].decoded("DTSTART") == session.starts_at


def test_what_is_a_draft_or_has_no_translation_is_told_and_never_invented(forum, page):
    draft = forum.sessions.get(status=Session.Status.DRAFT)
    english = page(f"/en/events/{FORUM}/programme/")
    assert _escaped(draft.title_tr) not in english
    untranslated = forum.sessions.filter(title_en="").first()
    assert 'lang="tr"' in english
    assert _escaped(untranslated.title_tr) in english


def test_importing_again_changes_nothing_and_leaves_every_feed_byte_alone(forum, officer, client):
    before = client.get(f"/calendars/tr/{FORUM}.ics")
    line = officer("import_programme", str(SAMPLES / "forum.xlsx"), event=FORUM)
    assert line == "created=0 changed=0 unchanged=121 draft=1 refused=1 release=none"
    officer("release_programme", FORUM)
    after = client.get(f"/calendars/tr/{FORUM}.ics")
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])
    asked_again = client.get(f"/calendars/tr/{FORUM}.ics", headers={"if-none-match": before["ETag"]})
    assert (asked_again.status_code, asked_again.content) == (304, b"")


@pytest.mark.parametrize("file", ["pretalx-export.json", "pretalx-export.xml"])
def test_a_conference_made_in_pretalx_moves_over_with_one_command(file, officer, calendar, page):
    line = officer("import_programme", str(SAMPLES / file), event="kentler", create=True, release=True)
    assert line == "created=119 changed=0 unchanged=0 draft=0 refused=0 release=1"
    assert len(calendar("/calendars/tr/kentler.ics")) == 119
    assert "Bürgerhaushalt in kleinen Städten: größere Spielräume" in page("/en/events/kentler/programme/")


def _escaped(text: str) -> str:
    marks = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}
    return "".join(marks.get(char, char) for char in " ".join(text.split()))
