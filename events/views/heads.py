"""What a page says of itself to browsers, search engines and messengers."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events import addresses
from events.bilingual import LANGUAGES, Text, pick
from events.programme import EventShown, Place

#: Longer descriptions are cut by whoever shows them.
LONGEST = 200
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True)
class Crumb:
    """A step of the way to a page."""

    title: Text
    path: str


@dataclass(frozen=True)
class Shared:
    """The picture that messengers and networks show beside a link; width and height in pixels."""

    path: str
    width: int
    height: int

    @property
    def address(self) -> str:
        return addresses.absolute(self.path)


@dataclass(frozen=True)
class Head:
    """Title, description and the addresses of the same thing in both languages.

    Where it has no other language, ``elsewhere`` is the path to which the language switch leads instead.
    ``trail`` is the way from the home page to here, without both; None where no way is shown. An article says
    when it was published. ``part`` is the query of a list that stands beside another at the same address, and
    ``page`` the number of one of its pages: both are pages of their own, though only the first page of a list has
    a counterpart in the other language.
    """

    title: str
    language: str
    alternates: dict[str, str]
    elsewhere: str = ""
    description: str = ""
    indexed: bool = True
    data: SafeString | str = ""
    trail: tuple[Crumb, ...] | None = None
    picture: Shared | None = None
    published_on: dt.date | None = None
    changed_at: dt.datetime | None = None
    part: str = ""
    page: int = 1

    @property
    def path(self) -> str:
        """Where it is on this host, whichever part of it."""
        return self.alternates[self.language].removeprefix(addresses.absolute(""))

    @property
    def way(self) -> tuple[Crumb, ...]:
        """The way here from the home page; empty where none is shown."""
        if self.trail is None:
            return ()
        return (Crumb(Text(_("Home"), self.language), f"/{self.language}/"), *self.trail)

    @property
    def way_data(self) -> SafeString:
        """The way in the words of schema.org, this page included."""
        steps = [*((each.title, addresses.absolute(each.path)) for each in self.way), (self.title, self.canonical)]
        items = [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, start=1)
        ]
        return data_block({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})

    @property
    def canonical(self) -> str:
        return self._part(self.alternates[self.language])

    @property
    def counterparts(self) -> dict[str, str]:
        """The addresses of this very part in each language that has it."""
        return {} if self.page > 1 else {each: self._part(address) for each, address in self.alternates.items()}

    def _part(self, address: str) -> str:
        query = "&".join(each for each in (self.part, f"page={self.page}" if self.page > 1 else "") if each)
        return f"{address}?{query}" if query else address

    @property
    def other(self) -> str:
        """The other language."""
        return next(language for language in LANGUAGES if language != self.language)

    @property
    def other_path(self) -> str:
        """The same thing in the other language, on this host, or the nearest there is."""
        return self.alternates.get(self.other, self.elsewhere).removeprefix(addresses.absolute(""))

    @property
    def default(self) -> str:
        """For readers of a third language."""
        return self.counterparts.get("en", self.canonical)


def event_head(event: EventShown, language: str, *, title: str = "", programme: bool = False, **kwargs: Any) -> Head:
    """The head of an event's page or, with ``programme``, of its programme page."""
    address = addresses.programme_url if programme else addresses.event_url
    name = pick(event.title, language)
    event_crumb = [Crumb(name, addresses.event_path(event.slug, language))] if programme else []
    return Head(
        title=f"{title}: {name}" if title else name,
        language=language,
        alternates={each: address(event.slug, each) for each in LANGUAGES},
        description=_shortened(pick(event.summary, language)),
        data=data_block(event_data(event, language)),
        trail=(events_crumb(language), *event_crumb),
        **kwargs,
    )


def events_crumb(language: str) -> Crumb:
    """The list of events, on the way to each of them."""
    return Crumb(Text(_("Events"), language), addresses.event_list_path(language))


def event_data(event: EventShown, language: str) -> dict[str, Any]:
    """The event in the words of schema.org."""
    online = event.kind == "webinar"
    hosts = [each for each in event.organisations if each["role"] in {"host", "co_host"}]
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": pick(event.title, language),
        "url": addresses.event_url(event.slug, language),
        "description": pick(event.summary, language),
        "startDate": event.starts_on.isoformat() if event.starts_on else "",
        "endDate": event.ends_on.isoformat() if event.ends_on else "",
        "eventStatus": f"https://schema.org/Event{'Cancelled' if event.cancelled else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{'Online' if online else 'Offline'}EventAttendanceMode",
        "inLanguage": list(event.languages),
        "location": _location(event, language),
        "organizer": [{"@type": "Organization", "name": pick(each["name"], language)} for each in hosts],
    }
    return {name: value for name, value in data.items() if value}


def data_block(data: dict[str, Any]) -> SafeString:
    """JSON that cannot end its script element, whatever a title holds."""
    return SafeString(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))


def _location(event: EventShown, language: str) -> dict[str, Any]:
    if event.kind == "webinar":
        return {"@type": "VirtualLocation", "url": addresses.event_url(event.slug, language)}
    return _place(event.venue, language) if event.venue and event.venue.name else {}


def _place(venue: Place, language: str) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": pick(venue.address, language),
        "addressLocality": pick(venue.city, language),
        "addressCountry": venue.country,
    }
    stated = {name: value for name, value in address.items() if value}
    place: dict[str, Any] = {"@type": "Place", "name": pick(venue.name, language), "address": stated}
    if venue.latitude is not None and venue.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude}
    return place


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
