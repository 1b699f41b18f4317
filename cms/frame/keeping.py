"""Which frame counts, in every process: the database names it with one query, each process keeps what it drew.

A frame is kept by a stamp made of its content. So nothing that was drawn in a transaction that never ended, or by
a process that saw another state, can be taken for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256

from django.apps import apps
from django.db import DatabaseError
from wagtail.models import Site

from events import framing
from events.bilingual import Text

from .drawing import draw_frames
from .parts import Frame, Frames

_KEPT = 4
_drawn: dict[str, Frames] = {}
_put_off: ContextVar[bool] = ContextVar("put_off", default=False)


def frame_in(language: str) -> Frame:
    """The frame that counts now. Costs one query; drawing it anew costs a few more, once a process.

    Where the database cannot be asked there is a frame without menus: a page that says so still has to be shown.
    """
    try:
        stamp = framing.frame_stamp()
    except DatabaseError:
        return next(reversed(_drawn.values()), _bare()).in_language(language)
    return (_drawn.get(stamp) or _drawn_again(stamp)).in_language(language)


def _drawn_again(stamp: str) -> Frames:
    """In a process that has not drawn it yet; only where another frame comes out does anything have to be settled."""
    frames = _draw()
    if stamp_of(frames) != stamp:
        return _settle()
    _keep(frames)
    return frames


def settle_frame() -> None:
    """Draw the frame; where it differs from the one that counted, kept pages are dropped in this transaction."""
    if not _put_off.get():
        _settle()


@contextmanager
def settled_once() -> Iterator[None]:
    """Draw the frame once at the end, not for each of many pages that are saved. Belongs inside a transaction."""
    before = _put_off.set(True)
    try:
        yield
    finally:
        _put_off.reset(before)
    settle_frame()


def _settle() -> Frames:
    drawn: list[Frames] = []

    def draw() -> tuple[str, list]:
        drawn[:] = [_draw()]
        return stamp_of(drawn[0]), drawn[0].tr.moments

    framing.settle_frame(draw)
    _keep(drawn[0])
    return drawn[0]


def stamp_of(frames: Frames) -> str:
    """Names these frames and no others: their text says everything that is in them."""
    return sha256(repr(frames).encode()).hexdigest()[:32]


def forget_frames() -> None:
    """Drop what this process drew."""
    _drawn.clear()


def _keep(frames: Frames) -> None:
    _drawn[stamp_of(frames)] = frames
    for oldest in list(_drawn)[:-_KEPT]:
        _drawn.pop(oldest, None)


def _draw() -> Frames:
    model = apps.get_model("cms.SiteSettings")
    found = model.objects.select_related("site", "logo", "sharing_picture").filter(site__is_default_site=True).first()
    if found is None:
        site = Site.objects.filter(is_default_site=True).first()
        if site is None:
            return _bare()
        found = model(site=site)
    return draw_frames(found)


def _bare() -> Frames:
    name = Text("Köprü", "tr")
    return Frames(*(Frame(language, name, name) for language in ("tr", "en")))
