"""What a frame consists of: plain values, so that it can be compared, kept and shown without asking anybody."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from events.bilingual import Text


@dataclass(frozen=True)
class Link:
    """A way to somewhere; its title knows which language it is in."""

    title: Text
    path: str
    children: tuple["Link", ...] = ()


@dataclass(frozen=True)
class Picture:
    """A picture at the size at which it is shown; width and height in pixels."""

    path: str
    width: int
    height: int


@dataclass(frozen=True)
class Notice:
    """A sentence above every page, from a moment until another; without them always."""

    text: Text
    urgent: bool = False
    link: Link | None = None
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None

    @property
    def is_on(self) -> bool:
        now = timezone.now()
        return (self.starts_at is None or self.starts_at <= now) and (self.ends_at is None or now < self.ends_at)


@dataclass(frozen=True)
class Contact:
    """Where the association is reached; each may be empty."""

    address: Text = field(default_factory=lambda: Text(""))
    email: str = ""
    phone: str = ""
    security_email: str = ""

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return "".join(char for char in self.phone if char in "+0123456789")


@dataclass(frozen=True)
class Frame:
    """What stands round every page in one language."""

    language: str
    name: Text
    short_name: Text
    tagline: Text = field(default_factory=lambda: Text(""))
    logo: Picture | None = None
    sharing_picture: Picture | None = None
    menu: tuple[Link, ...] = ()
    more: tuple[Link, ...] = ()
    legal: tuple[Link, ...] = ()
    social: tuple[tuple[str, str], ...] = ()
    contact: Contact = field(default_factory=Contact)
    notices: tuple[Notice, ...] = ()

    @property
    def notices_now(self) -> list[Notice]:
        return [notice for notice in self.notices if notice.is_on]

    @property
    def moments(self) -> list[dt.datetime]:
        """When a notice appears or goes."""
        return [each for notice in self.notices for each in (notice.starts_at, notice.ends_at) if each]


@dataclass(frozen=True)
class Frames:
    """The frame in both languages, named by its content."""

    tr: Frame
    en: Frame

    def in_language(self, language: str) -> Frame:
        return self.en if language == "en" else self.tr
