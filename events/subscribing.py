"""How programs subscribe to a calendar: one address, and the way in that each of them takes."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Way:
    """A way into one program: its name, the link, and how soon it hears of a change."""

    name: str
    link: str
    refresh: str


@dataclass(frozen=True, slots=True)
class Subscription:
    """A calendar as the "Add to calendar" panel offers it; ``address`` is absolute, ``path`` on this host."""

    address: str
    path: str
    file_name: str
    ways: tuple[Way, ...]


def subscription(address: str, name: str) -> Subscription:
    """What to offer for a calendar's absolute address, in the active language.

    ``name`` is what Outlook proposes to call it. Google and Outlook on the web refuse ``webcal:``, so they get
    the address as it is; neither documents its page.
    """
    path = address.removeprefix(settings.BASE_URL)
    webcal = "webcal://" + address.partition("://")[2]
    outlook = "calendar/0/addfromweb?" + urlencode({"url": address, "name": name})
    google = "https://calendar.google.com/calendar/r?" + urlencode({"cid": address})
    often = _("about every 3 hours, at times only once a day")
    return Subscription(
        address=address,
        path=path,
        file_name=path.partition("?")[0].rpartition("/")[2],
        ways=(
            Way("Apple", webcal, _("as you set it: every 5 minutes to once a week")),
            Way("Google", google, _("every 4 to 24 hours")),
            Way(_("Outlook on the computer"), webcal, _("every 6 hours")),
            Way("Outlook.com", f"https://outlook.live.com/{outlook}", often),
            Way("Microsoft 365", f"https://outlook.office.com/{outlook}", often),
        ),
    )
