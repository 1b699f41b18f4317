"""What a browser never sends, and no database keeps, in what buttons say: refused or left out, never an error."""

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Registration
from events.registration import verify
from tests.events.registration.applying import apply, today
from tests.events.registration.browsing import enter
from tests.events.registration.grouped import confirmed_group, taking_groups
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_no_button_says_what_no_database_keeps(client: Client) -> None:
    event = today(taking_groups())
    its = confirmed_group(event, "Ilgaz", 2)
    row = verify(registration=apply(event, "Ali", email="ali@sample.example"))
    own = enter(client, "ali@sample.example")
    assert client.post(own, {"act": "agree:\0"}).status_code == 302
    client.force_login(UserFactory(is_superuser=True))
    day, home = timezone.localdate().isoformat(), f"/admin/events/{event.pk}"
    group = f"{home}/registrations/groups/{its.pk}/"
    member = its.members.order_by("pk")[0]
    for page, typed in (
        (f"{home}/door/", {"place": day, "code": "\0", "state": "present"}),
        (f"{home}/door/", {"place": "\0", "code": row.code, "state": "present"}),
        (group, {"act": "one", "member": "\0"}),
        (group, {"act": "one", "member": member.code, "reason": "No\0"}),
        (f"{home}/registrations/{row.pk}/", {"act": "decline", "reason": "No\0"}),
        (f"{home}/registrations/", {"act": "decline", "row": [str(row.pk)], "reason": "No\0"}),
        (group, {"act": "cancel", "reason": "No\0"}),
    ):
        assert client.post(page, typed).status_code == 302
    assert set(Registration.objects.values_list("reason", flat=True)) == {"No"}
