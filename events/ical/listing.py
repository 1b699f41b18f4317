"""The calendar of all public events: one entry per event, filtered, ended at most twelve months ago.

It is asked for by version: how many events it has, the newest release among them and the sum of their
sequences. Any release, withdrawal or event that grows too old changes one of these, so one small query tells
whether a reader's copy is the current one.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from gzip import compress
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events import addresses, labels
from events.bilingual import pick, texts
from events.models import DialogueProgramme, Event, LineOfWork, Organisation, PublicEvent
from events.renderings import settings_hash

from .calendars import Frame, assembled, keyed
from .entries import CANCELLED_STAYS, event_entry
from .making import RENDERER

_MONTHS_BACK = 12
_KEPT_SECONDS = 900
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_SLUG = re.compile(r"[a-z0-9-]{1,80}")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events a calendar follows; an empty value follows all."""

    kind: str = ""
    organisation: str = ""
    line: str = ""
    programme: str = ""

    @classmethod
    def stated(cls, query: Mapping[str, str]) -> "Filter | None":
        """The filter that an address states, or None where it states something that cannot be."""
        found = cls(**{each.name: query.get(each.name, "") for each in fields(cls)})
        return found if found._possible() else None

    def _possible(self) -> bool:
        return (
            self.kind in ("", *Event.Kind.values)
            and self.line in ("", *map(str, LineOfWork.values))
            and bool(not self.organisation or _NUMBER.fullmatch(self.organisation))
            and bool(not self.programme or _SLUG.fullmatch(self.programme))
        )

    def query(self) -> dict[str, str]:
        """The filter as the query of an address, without what is empty."""
        return {each.name: getattr(self, each.name) for each in fields(self) if getattr(self, each.name)}

    def events(self) -> "QuerySet[PublicEvent]":
        """The events of this calendar today."""
        today = timezone.localdate()
        recent = Q(ends_on__gte=_months_before(today)) | Q(ends_on=None, starts_on__gte=_months_before(today))
        public = Q(status=PublicEvent.Status.PUBLIC) & recent
        fresh = ~Q(status=PublicEvent.Status.PUBLIC) & Q(starts_on__gt=today - CANCELLED_STAYS)
        columns = {"kind": "kind", "organisation": "organisations", "line": "line_of_work"}
        columns["programme"] = "dialogue_programme__slug"
        stated = {columns[name]: value for name, value in self.query().items()}
        return PublicEvent.objects.filter(public | fresh, starts_on__isnull=False, **stated)

    def known(self) -> bool:
        """Whether the organisation and the dialogue programme exist; what has no events may well exist."""
        organisations, programmes = Organisation.objects.all(), DialogueProgramme.objects.all()
        return (not self.organisation or organisations.filter(pk=self.organisation).exists()) and (
            not self.programme or programmes.filter(slug=self.programme).exists()
        )


@dataclass(frozen=True, slots=True)
class ListingVersion:
    """What the calendar of all events is at the moment, without the calendar itself."""

    etag: str
    modified_at: dt.datetime
    empty: bool


def listing_version(chosen: Filter, language: str) -> ListingVersion:
    """Ask, with one query, which version of the calendar is current."""
    found = chosen.events().aggregate(
        count=Count("pk"), release=Max("release"), sequence=Sum("sequence"), modified_at=Max("modified_at")
    )
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    told = [RENDERER, settings_hash(), language, chosen, found["count"], found["release"], found["sequence"]]
    return ListingVersion(
        etag=sha256(repr(told).encode()).hexdigest()[:32],
        modified_at=max(filter(None, (found["modified_at"], midnight))),
        empty=not found["count"],
    )


def render_listing(chosen: Filter, language: str, version: ListingVersion, *, gzip: bool) -> bytes:
    """The calendar in this version, compressed or not; kept a quarter of an hour for whoever else asks."""
    key = f"events.ics:{version.etag}:{gzip}"
    body: bytes | None = cache.get(key)
    if body is None:
        with translation.override(language):
            body = assembled(_frame(chosen, language), _entries(chosen, language))
        body = compress(body, 6, mtime=0) if gzip else body
        cache.set(key, body, _KEPT_SECONDS)
    return body


def _entries(chosen: Filter, language: str) -> dict[str, bytes]:
    rows = chosen.events().defer("search_tr", "search_en")
    return {str(event.uid): keyed(event_entry(event, language)) for event in rows}


def _frame(chosen: Filter, language: str) -> Frame:
    return Frame(
        name=" – ".join([settings.WAGTAIL_SITE_NAME, *(_names(chosen, language) or [_("Events")])]),
        description="",
        zone=settings.TIME_ZONE,
        page=addresses.event_list_url(language, **chosen.query()),
        address=addresses.events_feed_url(language, **chosen.query()),
        language=language,
        published=False,
    )


def _names(chosen: Filter, language: str) -> list[str]:
    """What a filtered calendar follows, in words."""
    organisation = Organisation.objects.filter(pk=chosen.organisation).first() if chosen.organisation else None
    programme = DialogueProgramme.objects.filter(slug=chosen.programme).first() if chosen.programme else None
    named = [
        labels.event_kind_label(chosen.kind, language) if chosen.kind else "",
        pick(texts(organisation, "name"), language) if organisation else "",
        labels.line_label(int(chosen.line), language) if chosen.line else "",
        pick(texts(programme, "title"), language) if programme else "",
    ]
    return [name for name in named if name]


def _months_before(day: dt.date) -> dt.date:
    """The same day twelve months earlier; 29 February falls on the 28th."""
    return day.replace(year=day.year - _MONTHS_BACK // 12, day=min(day.day, 28) if day.month == 2 else day.day)
