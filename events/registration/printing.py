"""Registrations in the words that papers print; ``options`` are what an officer chose, in codes.

``language``: tr, en, or person for each in their own; ``form``: pages or sheets, pdf or xlsx; ``columns`` and ``sign``
for lists.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from events import addresses, labels
from events.bilingual import LANGUAGES, pick, texts
from events.documents import badges, certificates, participants
from events.documents.process import Order
from events.exchange.export import workbook
from events.labels import sentence
from events.models import Certificate, Event, EventOrganisation, PublicEvent, Registration

from .agenda import whole_programme
from .attended import came_words
from .places import public_event

#: The columns of a list, in the order in which they stand.
COLUMNS = {
    "name": pgettext_lazy("of a person", "Name"),
    "organisation": gettext_lazy("Organisation"),
    "role": gettext_lazy("Position"),
    "language": gettext_lazy("Language"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Telephone"),
    "state": gettext_lazy("State"),
    "attendance": gettext_lazy("Attendance"),
}
#: What is printed unless somebody chooses.
USUAL = ("name", "organisation", "role")


def badges_order(event: Event, rows: Iterable[Registration], options: Mapping[str, Any]) -> Order:
    """Badges of these people."""
    told = [_badge(event, row, _language(options, row)) for row in rows]
    language = _fixed(options)
    with translation.override(language):
        title = f"{_('Badges')}: {_title(event, language)}"
    return badges.order_of(told, sheets=options.get("form") == "sheets", title=title, language=language)


def certificates_order(event: Event, rows: Iterable[Registration], options: Mapping[str, Any]) -> Order:
    """Certificates of those among these people who have one."""
    issuers = {each: issuer_of(event, each) for each in LANGUAGES}
    told = [
        attested(event, row, row.certificate, _language(options, row), issuers)
        for row in rows
        if hasattr(row, "certificate") and row.certificate.revoked_at is None
    ]
    language = _fixed(options)
    with translation.override(language):
        title = f"{_('Certificates of attendance')}: {_title(event, language)}"
    return certificates.order_of(told, title=title, language=language)


def list_order(event: Event, rows: Sequence[Registration], options: Mapping[str, Any]) -> Order:
    """A list of these people with the chosen columns."""
    language, columns = _fixed(options), _columns(options)
    with translation.override(language):
        people = ngettext("%(count)d person", "%(count)d people", len(rows)) % {"count": len(rows)}
        listed = participants.Listed(
            title=_("List of participants"),
            event=_title(event, language),
            facts=" · ".join(part for part in (_dates(event, language), _place(event, language), people) if part),
            language=language,
            header=[str(COLUMNS[each]) for each in columns],
            rows=[_cells(row, columns, language) for row in rows],
            number=_("No."),
            sign=_("Signature") if options.get("sign") else "",
        )
    return participants.order_of(listed)


def list_file(event: Event, rows: Sequence[Registration], options: Mapping[str, Any]) -> bytes:
    """The same list as a workbook."""
    language, columns = _fixed(options), _columns(options)
    with translation.override(language):
        header = [str(COLUMNS[each]) for each in columns] + ([_("Signature")] if options.get("sign") else [])
        table: list[list[Any]] = [
            [*_cells(row, columns, language), *([""] if options.get("sign") else [])] for row in rows
        ]
        title = f"{_title(event, language)}: {_('List of participants')}"
        return workbook(title, header, table, sheet=_("List of participants"))


def attested(
    event: Event, row: Registration, certificate: Certificate, language: str, issuers: Mapping[str, str] | None = None
) -> certificates.Attested:
    """What a certificate says; ``issuers`` are the hosts by language, where many are set."""
    certificate.event = event
    with translation.override(language):
        return certificates.Attested(
            name=row.name,
            organisation=organisation_words(row, language),
            language=language,
            event=_title(event, language),
            place=_place(event, language),
            days=days_words(certificate, language),
            hours=hours_words(certificate.minutes),
            issuer=issuers[language] if issuers else issuer_of(event, language),
            number=certificate.label,
            issued=labels.date_words(timezone.localdate(certificate.issued_at), language, weekday=False),
            code=certificate.code.upper(),
            address=addresses.certificate_url(certificate.code, language),
        )


def days_words(certificate: Certificate, language: str) -> str:
    """The days of a certificate in a sentence; three or more that follow one another as a stretch."""
    days = [dt.date.fromisoformat(each) for each in certificate.days]
    if len(days) > 2 and (days[-1] - days[0]).days == len(days) - 1:
        return labels.dates_words(days[0], days[-1], language)
    return labels.list_words([labels.date_words(each, language, weekday=False) for each in days], language)


def hours_words(minutes: int) -> str:
    """``11 hours 30 minutes``; empty for none."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if rest:
        parts.append(ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest})
    return " ".join(parts)


def organisation_words(row: Registration, language: str) -> str:
    """For whom somebody comes: as the directory names it in this language, else as it was typed."""
    return str(pick(texts(row.organisation, "name"), language)) if row.organisation else row.organisation_name


def _badge(event: Event, row: Registration, language: str) -> badges.Badge:
    return badges.Badge(
        name=row.name,
        organisation=organisation_words(row, language),
        role=row.role,
        spoken=labels.language_name(row.language, row.language),
        code=row.code.upper(),
        language=language,
        event=_title(event, language),
        dates=_dates(event, language),
    )


def _cells(row: Registration, columns: Iterable[str], language: str) -> list[str]:
    told = {
        "name": row.name,
        "organisation": organisation_words(row, language),
        "role": row.role,
        "language": row.get_language_display(),
        "email": row.email,
        "phone": row.phone,
        "state": sentence(row.get_state_display()),
        "attendance": came_words(row),
    }
    return [str(told[each]) for each in columns]


def _columns(options: Mapping[str, Any]) -> list[str]:
    chosen = options.get("columns") or USUAL
    return [each for each in COLUMNS if each in chosen]


def _language(options: Mapping[str, Any], row: Registration) -> str:
    chosen = options.get("language", "person")
    return row.language if chosen == "person" else str(chosen)


def _fixed(options: Mapping[str, Any]) -> str:
    """The language of what is said to whoever holds the whole paper."""
    chosen = str(options.get("language", "person"))
    return settings.LANGUAGE_CODE if chosen == "person" else chosen


def _told(event: Event) -> Event | PublicEvent:
    """The event as it was released: what is given to people says what they were told, not what is being edited."""
    return public_event(event) or event


def _title(event: Event, language: str) -> str:
    return str(pick(texts(_told(event), "title"), language)) or event.slug


def _dates(event: Event, language: str) -> str:
    told = _told(event)
    return labels.dates_words(told.starts_on, told.ends_on, language) if told.starts_on else ""


def _place(event: Event, language: str) -> str:
    public = public_event(event)
    return str(pick(texts(public, "place"), language)) if public else ""


def issuer_of(event: Event, language: str) -> str:
    """The hosts of an event, who attest it, as they were released."""
    host, public = EventOrganisation.Role.HOST, public_event(event)
    if public:
        parties = whole_programme(public.release).event.organisations
        told = [str(pick(each["name"], language)) for each in parties if each["role"] == host]
        return labels.list_words([name for name in told if name], language)
    rows = EventOrganisation.objects.filter(event=event, role=host).select_related("organisation")
    names = [str(pick(texts(each.organisation, "name"), language)) for each in rows.order_by("pk")]
    return labels.list_words(names, language)
