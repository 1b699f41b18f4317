"""Importing while others save: what a file is compared with is what they saved."""

import pytest
from django.db import transaction

from events.exchange.apply import import_file
from events.models import Contribution, Session
from tests.events.exchange_files import text_table
from tests.events.test_release_races import meanwhile
from tests.factories import EventFactory, PersonFactory, SessionFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_speaker_added_while_a_file_is_imported_is_met_and_not_added_twice() -> None:
    """Bora adds the speaker by hand; the file that Ayşe imports at that moment names the same one."""
    session = SessionFactory(event=EventFactory(), ref="A-1")
    speaker = PersonFactory(name="Ilgın Varsayım")

    row = ["A-1", session.title_en, speaker.name]

    def save() -> None:
        with transaction.atomic():
            Session.objects.select_for_update().get(pk=session.pk).save()
            Contribution.objects.get_or_create(session=session, person=speaker, role="speaker")

    with meanwhile(save, before='FROM "events_session"'):
        report = import_file(event=session.event, data=text_table(["Ref", "Title", "Speakers"], row))
    assert (report.created, report.refused) == (0, [])
    assert list(Contribution.objects.values_list("session", "person", "role")) == [(session.pk, speaker.pk, "speaker")]
