"""When a door opens. A mark says that somebody was there, so none is taken long before there is anywhere to be."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from events import labels

#: The event on a day: from the evening before, for badges are handed out then.
BEFORE_A_DAY = dt.timedelta(hours=6)
BEFORE_A_SESSION = dt.timedelta(hours=2)
_ALWAYS = dt.datetime.min.replace(tzinfo=dt.UTC)


def opens_at(day: dt.date, zone: str, begins: dt.datetime | None = None) -> dt.datetime:
    """From when on people are marked: some hours before a day begins where the event is, or before a session does.

    A session without a time opens with its day.
    """
    try:
        if begins:
            return begins - BEFORE_A_SESSION
        return dt.datetime.combine(day, dt.time.min, tzinfo=ZoneInfo(zone)).astimezone(dt.UTC) - BEFORE_A_DAY
    except OverflowError:  # at the beginning of the calendar
        return _ALWAYS


def closed_words(opens: dt.datetime, zone: str, at: dt.datetime | None = None) -> str:
    """That a door is not open yet at a moment (now), and from when on it is; empty once it is open."""
    if (at or timezone.now()) >= opens:
        return ""
    return _("The door opens on %(moment)s. Nobody can be marked before.") % {
        "moment": labels.moment_words(opens, zone)
    }
