"""One member of a group with an officer: why not alone, declined while the rest is approved, an address that fails."""

from typing import Any

import pytest
from django.test import Client

from events.models import Message, RegistrationGroup, RegistrationSettings
from events.registration.groups.deciding import resend_group
from events.registration.refusals import mark_refused
from tests.events.admin.test_registration_groups import admin, registrar  # noqa: F401 - fixtures
from tests.events.admin.test_registrations import text, url
from tests.events.registration.group_browsing import enter_group, group_key_sent
from tests.events.registration.grouped import confirmed_group, standing, taking_groups
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CONTACT = "contact@ilgaz.example"


def to_contact() -> list[str]:
    rows = Message.objects.filter(to_address=CONTACT).order_by("pk")
    return [each.removeprefix("registration_group_") for each in rows.values_list("letter", flat=True)]


def test_a_member_alone_is_not_approved_and_the_refusal_leads_to_the_group(admin: Client) -> None:  # noqa: F811
    event = taking_groups(approval=True, capacity=4)
    group = confirmed_group(event, "Ilgaz", 2)
    member = group.members.first()
    for path in (url(event), url(event, f"registrations/{member.pk}/")):
        html = text(admin.post(path, {"act": "approve", "row": [member.pk]}, follow=True))
        assert "Ilgaz 1: This person belongs to the group “Ilgaz”" in html
        assert f"/registrations/groups/{group.pk}/" in html
    assert standing(group) == ("requested", ["requested"] * 2)


def test_one_is_declined_with_a_reason_and_the_rest_is_approved(admin: Client) -> None:  # noqa: F811
    event = taking_groups(approval=True)
    group = confirmed_group(event, "Ilgaz", 3)
    RegistrationSettings.objects.update(capacity=2)
    page = url(event, f"registrations/groups/{group.pk}/")
    assert "One member alone" in text(admin.get(page))
    assert "Choose the member first" in text(admin.post(page, {"act": "one", "member": ""}, follow=True))
    assert "it takes all or none" in text(admin.post(page, {"act": "approve"}, follow=True))
    second = group.members.order_by("pk")[1]
    admin.post(page, {"act": "one", "member": second.code, "reason": "Only two from each office"})
    assert standing(group) == ("requested", ["requested", "declined", "requested"])
    letter = Message.objects.filter(to_address=CONTACT).order_by("pk").last()
    assert letter is not None
    said = [
        words in letter.body_text for words in ("Ilgaz 2: declined", "Only two from each office", "those who stay: 2")
    ]
    assert (letter.letter, said) == ("registration_group_left", [True] * 3)
    admin.post(page, {"act": "approve"})
    assert standing(group) == ("confirmed", ["confirmed", "declined", "confirmed"])
    assert to_contact() == ["unverified", "requested", "left", "confirmed"]
    assert not Message.objects.filter(to_address=second.email).exists()
    assert "Only two from each office" in Client().get(group_key_sent(CONTACT), follow=True).content.decode()
    first = group.members.order_by("pk")[0]
    admin.post(page, {"act": "one", "member": first.code, "reason": "Closed"})
    assert (standing(group)[1][0], to_contact()[-1]) == ("cancelled", "left")


def test_several_that_are_taken_out_stand_in_one_letter_and_all_mean_the_group(admin: Client) -> None:  # noqa: F811
    event = taking_groups(approval=True)
    group = confirmed_group(event, "Ilgaz", 4)
    RegistrationGroup.objects.update(language="tr")
    keys = list(group.members.order_by("pk").values_list("pk", flat=True))
    admin.post(url(event), {"act": "decline", "row": keys[:2], "reason": "Full"})
    assert (standing(group)[1], to_contact()[-2:]) == (["declined"] * 2 + ["requested"] * 2, ["requested", "left"])
    letter = Message.objects.get(letter="registration_group_left")
    assert "Ilgaz 1: kabul edilmedi\nIlgaz 2: kabul edilmedi" in letter.body_text
    admin.post(url(event), {"act": "decline", "row": keys, "reason": "Full"})
    assert (standing(group)[0], to_contact()[-1]) == ("declined", "declined")
    group.refresh_from_db()
    assert group.reason == "Full"


def test_mail_to_a_contact_that_comes_back_is_shown_and_cured(admin: Client) -> None:  # noqa: F811
    event = taking_groups()
    group, other = confirmed_group(event, "Ilgaz", 2), confirmed_group(event, "Gölyaka", 1)
    assert mark_refused(address=CONTACT.upper(), reason="550 no such user") == 1
    page, stranger = url(event, f"registrations/groups/{group.pk}/"), Client()
    own = enter_group(stranger, CONTACT)
    for path in (page, url(event, "registrations/groups/")):
        assert "this address does not take mail" in text(admin.get(path))
    admin.post(page, {"act": "one", "member": group.members.first().code})
    assert Message.objects.get(letter="registration_group_left").state == "withheld"
    edit = f"{page}edit/"
    typed: dict[str, Any] = {"name": "Zerrin Örnek", "email": other.email, "language": "tr", "phone": ""}
    assert "has a group for the event already" in text(admin.post(edit, typed))
    assert "This field is required" in text(admin.post(edit, {**typed, "name": ""}))
    admin.post(edit, {**typed, "email": "zerrin@ilgaz.example"})
    row = RegistrationGroup.objects.get(pk=group.pk)
    assert (row.name, row.email, row.language, row.address_refused_at) == (
        "Zerrin Örnek",
        "zerrin@ilgaz.example",
        "tr",
        None,
    )
    assert (stranger.get(own).status_code, "does not take mail" in text(admin.get(page))) == (404, False)
    admin.post(page, {"act": "resend"})
    sent = Message.objects.filter(to_address="zerrin@ilgaz.example").order_by("pk").last()
    assert sent is not None
    assert (sent.letter, sent.state) == ("registration_group_confirmed", "queued")
    assert Client().get(group_key_sent("zerrin@ilgaz.example"), follow=True).status_code == 200
    assert "E-mail, Language and Name" in text(admin.get(page))


def test_an_officer_writes_to_a_refused_address_all_the_same() -> None:
    event = taking_groups()
    group = confirmed_group(event, "Ilgaz", 1)
    mark_refused(address=CONTACT, reason="full")
    resend_group(group=group, by=UserFactory(admin=True))
    assert [each.state for each in Message.objects.filter(to_address=CONTACT).order_by("pk")][-1] == "queued"
