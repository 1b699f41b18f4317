"""Programmes as PDF, kept per release and form: found, made, stored."""

from hashlib import sha256

from django.db import transaction

from events import addresses, renderings
from events.documents.booklet import Booklet
from events.documents.paper import order_of
from events.documents.process import set_in_child
from events.models import ProgrammeRelease, Rendering
from events.programme import open_programme

KIND = "pdf"
#: Goes up with everything that changes how a document looks or reads; stored ones then no longer count.
RENDERER = "pdf-2"
_TRIES = 3


class PeopleChangingError(Exception):
    """People of the release were erased each time while it was being set; trying later will do."""


def find_pdf(release: ProgrammeRelease | int, form: str) -> Rendering | None:
    """The stored document if it still counts; ``form`` is tr, en or tr-en."""
    return renderings.find_rendering(release, KIND, form, RENDERER)


def make_pdf(release: ProgrammeRelease, form: str) -> bytes:
    """Set the programme of a release; the same release gives the same bytes. Takes seconds."""
    address = addresses.short_url(release.event.code)
    return set_in_child(order_of(Booklet(open_programme(release), form, address=address)))


def ensure_pdf(release: ProgrammeRelease, form: str) -> Rendering:
    """The stored document, made where it is missing. Nothing is stored that names somebody erased meanwhile."""
    for _try in range(_TRIES):
        if found := find_pdf(release, form):
            return found
        people = _people(release)
        body = make_pdf(release, form)
        with transaction.atomic():
            # An erasure writes these rows first and drops renderings after: either it waits here, or we see it.
            if _people(release, lock=True) == people:
                return renderings.keep_rendering(release, KIND, form, RENDERER, body)
    raise PeopleChangingError(f"release {release.pk}, {form}")


def _people(release: ProgrammeRelease, *, lock: bool = False) -> str:
    """A fingerprint of how the release shows its people."""
    rows = release.people.order_by("pk")
    if lock:
        rows = rows.select_for_update()
    values = rows.values_list("key", "name", "positions", "biography_tr", "biography_en", "erased")
    return sha256(repr(list(values)).encode()).hexdigest()
