"""The frame of public pages (menus, footer, notices), which the site above draws: which one counts, since when.

Kept pages stand in a frame too. Whoever draws another one drops them in the same transaction, and none that was
being rendered in the old one meanwhile is kept.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from django.db import transaction
from django.utils import timezone

from events.models import PageFrame, Rendering

#: The kind of rendering that stands in the frame: the programme page.
FRAMED = "page"
_ONLY = 1


def frame_stamp() -> str:
    """What names the frame that counts now, with one query; empty before the first was drawn."""
    return PageFrame.objects.filter(pk=_ONLY).values_list("stamp", flat=True).first() or ""


def settle_frame(draw: Callable[[], tuple[str, Sequence[dt.datetime]]]) -> bool:
    """Draw the frame anew; where it is another one it counts from now on, and all kept pages are dropped.

    ``draw`` gives the stamp of the frame and the instants at which it looks different by itself. It is called while
    nobody else settles, so the last of two who change something at once sees what both changed.
    """
    with transaction.atomic():
        row = _locked()
        stamp, moments = draw()
        if stamp == row.stamp:
            return False
        row.stamp, row.moments = stamp, [each.astimezone(dt.UTC).isoformat() for each in sorted(moments)]
        row.save()
        Rendering.objects.filter(kind=FRAMED).delete()
    return True


def still_counts(stamp: str) -> bool:
    """Whether that frame still counts; until the transaction ends nobody settles another one."""
    return _locked().stamp == stamp


def next_change() -> dt.datetime | None:
    """When the frame that counts will look different by itself, if it will."""
    row = PageFrame.objects.filter(pk=_ONLY).first()
    moments = [dt.datetime.fromisoformat(each) for each in row.moments] if row else []
    return next((each for each in moments if each > timezone.now()), None)


def _locked() -> PageFrame:
    row = PageFrame.objects.select_for_update().filter(pk=_ONLY).first()
    return row or PageFrame.objects.create(pk=_ONLY)
