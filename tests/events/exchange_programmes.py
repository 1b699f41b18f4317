"""Tables of a few rows to import, and all that an import wrote of an event."""

import datetime as dt
from typing import Any

from events.exchange.apply import import_programme
from events.exchange.child import read
from events.exchange.report import ImportReport
from events.models import Event
from tests.events.exchange_files import text_table

HEADER = ["Kod", "Gün", "Başlangıç", "Bitiş", "Başlık (TR)", "Salon", "Konuşmacılar"]
ROW = [
    "A-1",
    "10.06.2027",
    "09:00",
    "10:00",
    "Açılış",
    "Salon Iğdır",
    "Ayşe Örnek — Belediye Başkanı, Çınarlı Belediyesi",
]


def load(event: Event, *rows: list[str], header: list[str] | None = None, **options: Any) -> ImportReport:
    """Import a table with the columns of HEADER."""
    return import_programme(event=event, reading=read(text_table(header or HEADER, *rows)), **options)


def counts(report: ImportReport) -> tuple[int, int, int, int, int]:
    return report.created, report.changed, report.unchanged, report.draft, report.refused_rows


def programme(event: Event) -> list[dict[str, Any]]:
    """Everything an import writes, without what tells one making from another."""
    return [
        {
            **{
                name: getattr(session, name)
                for name in [
                    "ref",
                    "day",
                    "start",
                    "end",
                    "start_day",
                    "end_day",
                    "start_zone",
                    "end_zone",
                    "kind",
                    "status",
                    "audience",
                    "title_tr",
                    "title_en",
                    "title_other",
                    "abstract_tr",
                    "abstract_en",
                    "abstract_other",
                    "other_language",
                    "languages",
                    "interpretation",
                    "capacity",
                ]
            },
            "room": str(session.room or ""),
            "track": str(session.track or ""),
            "people": [
                (each.role, each.person.name, each.shown_tr, each.shown_en) for each in session.contributions.all()
            ],
        }
        for session in event.sessions.order_by("ref")
        .select_related("room", "track")
        .prefetch_related("contributions__person")
    ]


def versions(event: Event) -> list[tuple[int, int, dt.datetime]]:
    return list(event.sessions.order_by("pk").values_list("pk", "version", "updated_at"))
