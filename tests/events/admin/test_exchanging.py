"""What an import would change, as the officer reads it before pressing the button."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories import EventFactory

HEADER = "ref,day,start,end,title_tr,title_en,status,speakers\n"


def _told(client: Client, event: Any, row: str) -> list[dict[str, Any]]:
    file = SimpleUploadedFile("program.csv", (HEADER + row).encode())
    told: list[dict[str, Any]] = client.post(
        reverse("event_admin:import", args=[event.pk]), {"file": file, "do": ""}
    ).context["told"]["changes"]
    return told


def test_a_changed_session_is_told_by_the_names_of_the_form(at_officer: Client) -> None:
    """Old → new where that is short; people and long texts by name alone."""
    event = EventFactory()
    assert _told(at_officer, event, "A-1,2027-06-10,09:00,10:00,Açılış,Opening,,Ayşe Örnek\n") == []
    changed = _told(at_officer, event, f"A-1,11.06.2027,9.30,,{'Uzun ' * 20},Welcome,cancelled,Jale Misal\n")
    assert [(each["title"], each["ref"]) for each in changed] == [("Welcome", "A-1")]
    assert sorted(changed[0]["fields"]) == [
        "Day: Thursday 10 June 2027 → Friday 11 June 2027",
        "End: 10:00 → –",
        "Speaker",
        "Start: 09:00 → 09:30",
        "Status: confirmed → cancelled",
        "Title (English): Opening → Welcome",
        "Title (Turkish)",
    ]
