"""The workshop moves to another hour: whoever had chosen it hears of it, in their language, and nobody else."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from events import jobs
from events.models import Job, Message, Registration, Session
from events.registration import cancel
from events.release import release_programme
from tests.events.registration.applying import apply
from tests.events.registration.gathering import choose, coming, gathering

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_moved_session_mails_exactly_those_who_had_it(calendar):
    event = gathering()
    water = event.sessions.get(title_en="Water")
    water.places.capacity = 3
    water.places.save()
    ayse, jan = coming(event, "Ayşe", "Water"), coming(event, "Jan", "Water")
    Registration.objects.filter(pk=ayse.pk).update(language="tr")
    coming(event, "Energy lover", "Energy")
    coming(event, "Only for the plenary")
    changed_mind, does_not_come = coming(event, "Changed mind", "Water"), coming(event, "Stays at home", "Water")
    choose(changed_mind, "Energy")
    cancel(registration=does_not_come)
    apply(event, "Not confirmed")
    Message.objects.all().delete()

    Session.objects.filter(pk=water.pk).update(start=dt.time(11), end=dt.time(12))
    release_programme(event=event)
    assert not Message.objects.exists()

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        for job in Job.objects.filter(kind="tell_registered"):
            jobs.run_job(job.pk)
    told = {message.to_name: (message.language, message.body_text) for message in Message.objects.all()}
    assert {name: language for name, (language, _text) in told.items()} == {"Ayşe": "tr", "Jan": "en"}
    assert "11:00–12:00 (önceki: 10 Haziran Perşembe, 14:00–15:00)" in told["Ayşe"][1]
    assert "11:00–12:00 (before: Thursday 10 June, 14:00–15:00)" in told["Jan"][1]
    assert {row.told_release for row in Registration.objects.filter(pk__in=[ayse.pk, jan.pk])} == {3}

    entry = calendar(f"/calendars/en/{event.slug}.ics")[str(water.uid)]
    for message in Message.objects.all():
        assert f"UID:{water.uid}\r\n" in message.calendar
        assert f"SEQUENCE:{entry['SEQUENCE']}\r\n" in message.calendar
