"""What the "Add to calendar" panel offers: one address, and how each program takes it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings


@dataclass(frozen=True, slots=True)
class CalendarLinks:
    """The links of ``components/calendar_panel.html``.

    ``address`` is to be copied and downloaded; ``webcal`` opens Apple Calendar, Thunderbird and Outlook on a
    computer; the others are the confirmation pages of Google and of Outlook on the web, at home and at work.
    """

    address: str
    path: str
    file_name: str
    webcal: str
    google: str
    outlook: str
    office: str


def calendar_links(address: str, name: str) -> CalendarLinks:
    """The links for a calendar's absolute address; ``name`` is what Outlook proposes to call it.

    Google and Outlook on the web refuse ``webcal:``, so they get the address as it is.
    """
    path = address.removeprefix(settings.BASE_URL)
    add = urlencode({"url": address, "name": name})
    return CalendarLinks(
        address=address,
        path=path,
        file_name=path.partition("?")[0].rpartition("/")[2],
        webcal="webcal://" + address.partition("://")[2],
        google="https://calendar.google.com/calendar/r?" + urlencode({"cid": address}),
        outlook=f"https://outlook.live.com/calendar/0/addfromweb?{add}",
        office=f"https://outlook.office.com/calendar/0/addfromweb?{add}",
    )
