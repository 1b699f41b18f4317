"""The contact of a group with a browser without script, and lists as spreadsheet programs write them."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from events import mail
from events.models import Event, Message
from tests.events.registration.browsing import old_enough, seal_in

CONTACT = {
    "name": "Zerrin Örnek",
    "email": "zerrin@isiklar.example",
    "organisation": "Işıklar Belediyesi",
    "phone": "+90 212 000 00 00",
}


def group_path(event: Event, language: str = "en") -> str:
    return (
        f"/en/events/{event.slug}/register/group/" if language == "en" else f"/tr/etkinlikler/{event.slug}/kayit/grup/"
    )


def members(*rows: dict[str, Any]) -> dict[str, Any]:
    """What the page sends for members typed on it."""
    return {f"m{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}


def send_group(client: Client, event: Event, *, language: str = "en", act: str = "register", **typed: Any) -> Any:
    """Open the form, fill it in, press a button; gives the answer."""
    path = group_path(event, language)
    seal = old_enough(seal_in(client.get(path).content.decode()))
    return client.post(path, {**CONTACT, "x-shown": seal, "act": act, **typed})


def turkish_csv(header: list[str], rows: list[list[str]], encoding: str = "cp1254") -> SimpleUploadedFile:
    """As Turkish Excel saves "CSV (noktalı virgülle ayrılmış)": semicolons, CRLF, Windows-1254 or UTF-8 with a mark."""
    text = "".join(";".join(cells) + "\r\n" for cells in [header, *rows])
    return SimpleUploadedFile("liste.csv", text.encode(encoding), content_type="application/vnd.ms-excel")


def book(header: list[str], rows: list[list[Any]], title: str = "Liste") -> SimpleUploadedFile:
    """A workbook with a title above the column names."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append([title])
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return SimpleUploadedFile("liste.xlsx", out.getvalue(), content_type="application/octet-stream")


def group_key_sent(email: str) -> str:
    """The address with the key in the last letter to a contact."""
    message = Message.objects.filter(to_address=email, letter__startswith="registration_group_").order_by("pk").last()
    assert message is not None
    return mail._fill_links(message, "{{link:group}}").removeprefix("http://testserver")


def enter_group(client: Client, email: str = CONTACT["email"]) -> str:
    """Follow the link of the last letter; gives the address of the page without the key."""
    answer = client.get(group_key_sent(email))
    assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    location: str = answer["Location"]
    assert client.get(location).status_code == 200
    return location
