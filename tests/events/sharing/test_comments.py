"""What hosts say: kept once with a letter to the officer, done and open again, without the erased."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from events.erasure import erase_person
from events.models import HostComment, Message, Suggestion
from events.sharing import add_comment, finish_comment, reopen_comment, revoke_share
from tests.factories import EventFactory, PersonFactory, ProgrammeShareFactory, SessionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Any:
    return UserFactory(officer=True, email="ayse@sample.example")


def test_a_comment_is_kept_with_a_letter_that_does_not_hold_it(officer: Any) -> None:
    share = ProgrammeShareFactory(created_by=officer, event__title_tr="Ziyaret", host="Lindenau")
    session = SessionFactory(event=share.event, title_en="", title_tr="Açılış")
    comment = add_comment(share=share, name="Anna", text="The hall is closed.\nCome later.", session=session)
    assert (comment.about, comment.session, comment.done_at) == ("Açılış", session, None)
    letter = Message.objects.get()
    assert (letter.letter, letter.to_address, letter.event) == ("host_comment", "ayse@sample.example", share.event)
    assert letter.subject == "Ziyaret: Lindenau yorum yaptı"
    path = f"http://testserver/admin/events/{share.event.pk}/#comments"
    for body in (letter.body_text, letter.body_html):
        assert (path in body, "hall" in body, "Anna" in body) == (True, False, False)


def test_the_letter_speaks_the_officers_language(officer: Any) -> None:
    from wagtail.users.models import UserProfile  # noqa: PLC0415

    UserProfile.objects.create(user=officer, preferred_language="en")
    share = ProgrammeShareFactory(created_by=officer, event__title_en="Visit", host="Lindenau")
    add_comment(share=share, name="Anna", text="Later")
    assert (Message.objects.get().language, Message.objects.get().subject) == ("en", "Visit: a comment by Lindenau")


def test_without_an_officer_the_events_contact_is_written_to() -> None:
    share = ProgrammeShareFactory(event__contact_email="forum@sample.example")
    add_comment(share=share, name="Anna", text="Later")
    assert Message.objects.get().to_address == "forum@sample.example"
    nobody = ProgrammeShareFactory()
    assert add_comment(share=nobody, name="Anna", text="Later").pk
    assert Message.objects.count() == 1


def test_who_presses_twice_says_it_once(officer: Any) -> None:
    share = ProgrammeShareFactory(created_by=officer)
    for text in ("Later", "Later", "Earlier"):
        add_comment(share=share, name="Anna", text=text)
    assert (HostComment.objects.count(), Message.objects.count()) == (2, 2)


def test_an_ended_link_and_one_that_only_reads_take_none(officer: Any) -> None:
    ended, reading = ProgrammeShareFactory(), ProgrammeShareFactory(may_comment=False)
    revoke_share(share=ended, by=officer)
    for share in (type(ended).objects.get(pk=ended.pk), reading):
        with pytest.raises(ValidationError):
            add_comment(share=share, name="Anna", text="Later")
    assert HostComment.objects.count() == 0


def test_a_comment_outlives_its_session() -> None:
    share = ProgrammeShareFactory()
    session = SessionFactory(event=share.event, title_tr="Açılış")
    comment = add_comment(share=share, name="Anna", text="Later", session=session)
    session.delete()
    comment.refresh_from_db()
    assert (comment.session, comment.about) == (None, "Açılış")


def test_a_comment_is_done_and_open_again(officer: Any) -> None:
    comment = add_comment(share=ProgrammeShareFactory(), name="Anna", text="Later")
    finish_comment(comment=comment, by=officer)
    comment.refresh_from_db()
    assert (comment.done_at is None, comment.done_by) == (False, officer)
    reopen_comment(comment=comment, by=officer)
    comment.refresh_from_db()
    assert (comment.done_at, comment.done_by) == (None, None)
    with pytest.raises(PermissionDenied):
        finish_comment(comment=comment, by=UserFactory(reader=True))


def test_the_name_of_who_is_erased_goes_from_comments_and_suggestions() -> None:
    person = PersonFactory(name="Łucja Przykład")
    share = ProgrammeShareFactory(event=EventFactory())
    add_comment(share=share, name="Łucja Przykład", text="Ask Łucja Przykład, she knows.")
    where = {"event": share.event, "row_kind": "event", "row_id": share.event.pk, "language": "en"}
    Suggestion.objects.create(**where, name="summary", text="A talk by Łucja Przykład")
    Suggestion.objects.create(**where, name="title", text="A talk")
    with transaction.atomic():
        erase_person(person=person)
    assert list(Suggestion.objects.values_list("text", flat=True)) == ["A talk"]
    assert list(HostComment.objects.values_list("name", "text")) == [("…", "Ask …, she knows.")]
