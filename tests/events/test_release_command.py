import pytest
from django.core.management import CommandError, call_command

from events.models import ProgrammeRelease
from tests.factories import EventFactory

pytestmark = pytest.mark.django_db


def test_it_releases_and_says_the_number(capsys):
    event = EventFactory(slug="forum", with_sessions=1)
    call_command("release_programme", "forum", "--note-tr", "Yayımlandı", "--note-en", "Published")
    assert capsys.readouterr().out == "Released as number 1.\n"
    assert event.releases.values_list("number", "note_tr", "note_en").get() == (1, "Yayımlandı", "Published")


def test_without_changes_it_makes_no_release_and_is_content(capsys):
    EventFactory(slug="forum", with_sessions=1)
    call_command("release_programme", "forum")
    call_command("release_programme", "forum")
    assert capsys.readouterr().out.splitlines()[-1] == "Nothing changed: no release was made."
    assert ProgrammeRelease.objects.count() == 1


def test_an_unknown_event_is_an_error_of_the_arguments():
    with pytest.raises(CommandError) as refused:
        call_command("release_programme", "yok")
    assert refused.value.returncode == 2
