"""Wagtail's letters to editors and approvers go the way of all letters, whatever the mail server does."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState
from wagtail.users.models import UserProfile

from cms.models import StandardPage
from events.mail import send_message
from events.models import Message
from events.periodic import run_due_jobs
from tests.cms.pages import published, translated
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def reading(language: str, **who: Any) -> Any:
    user = UserFactory(**who)
    UserProfile.objects.create(user=user, preferred_language=language)
    return user


def entered(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def asked(settings: Any) -> tuple[Page, Any]:
    """A translation that Ece hands in while no mail server answers."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "nowhere.invalid", 9
    reading("tr", moderator=True, email="mert@sample.example", first_name="Mert")
    reading("en", moderator=True, email="may@sample.example", first_name="May")
    ece = reading("tr", editor=True, email="ece@sample.example", first_name="Ece")
    turkish = published(StandardPage(title="Çağrı", slug="cagri"))
    english = translated(turkish, {"Çağrı": "Call {{ now }}"}, publish=False)
    assert entered(ece).post(reverse("cms_translating:ask", args=[english.pk])).status_code == 302
    return english, ece


def test_each_approver_is_told_in_their_language(asked: tuple[Page, Any]) -> None:
    letters = {letter.to_address: letter for letter in Message.objects.all()}
    assert set(letters) == {"mert@sample.example", "may@sample.example"}
    assert {letter.letter for letter in letters.values()} == {"page_notice"}
    assert [letters[f"{who}@sample.example"].language for who in ("mert", "may")] == ["tr", "en"]
    assert "Hello May," in letters["may@sample.example"].body_text
    assert "Merhaba Mert," in letters["mert@sample.example"].body_text
    assert f"http://testserver/admin/pages/{asked[0].pk}/edit/" in letters["may@sample.example"].body_text


def test_the_letter_says_what_editors_typed_as_they_typed_it(asked: tuple[Page, Any], settings: Any) -> None:
    """Neither as a template nor as markup; and it arrives once the mail server is there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for letter in Message.objects.all():
        send_message(letter.pk)
    assert {row.state for row in Message.objects.all()} == {Message.State.SENT}
    may = next(each for each in mail.outbox if "may@sample.example" in each.to[0])
    assert "Call {{ now }}" in may.body
    assert f'<a href="http://testserver/admin/pages/{asked[0].pk}/edit/"' in str(may.alternatives[0][0])


def test_whoever_asked_is_told_how_it_ended(asked: tuple[Page, Any]) -> None:
    english, _ece = asked
    Message.objects.all().delete()
    state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    moderator = get_user_model().objects.get(first_name="May")
    entered(moderator).post(reverse("wagtailadmin_pages:workflow_action", args=[english.pk, "approve", state.pk]))
    assert [letter.to_address for letter in Message.objects.all()] == ["ece@sample.example"]


def test_who_wants_no_letters_gets_none() -> None:
    moderator = reading("en", moderator=True)
    UserProfile.objects.update(submitted_notifications=False)
    turkish = published(StandardPage(title="Çağrı", slug="cagri"))
    english = translated(turkish, {}, publish=False)
    entered(UserFactory(editor=True)).post(reverse("cms_translating:ask", args=[english.pk]))
    assert not Message.objects.filter(to_address=moderator.email).exists()


def test_a_new_password_never_stands_in_the_outbox() -> None:
    user = UserFactory(editor=True)
    Client().post(reverse("wagtailadmin_password_reset"), {"email": user.email})
    run_due_jobs()
    assert (Message.objects.count(), len(mail.outbox)) == (0, 1)
