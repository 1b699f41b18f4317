"""How one registers for an event, as its page says it: live, and never part of what is kept."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from events import addresses, labels
from events.models import RegistrationSettings, Wording
from events.registration import Opening, opening_of

#: So few seats are worth a word.
FEW = 20


@dataclass(frozen=True)
class Registering:
    """The state in a code that the template words, where the form is, and until or from when."""

    opening: str
    path: str
    lost_path: str
    opens: str
    closes: str
    few: int | None

    @property
    def takes(self) -> bool:
        return Opening(self.opening).takes


def registering(event: int, language: str) -> Registering | None:
    """What holds at this moment, with one query; None where the event takes no registrations here."""
    notice = Wording.objects.filter(event=OuterRef("event"), kind=Wording.Kind.NOTICE)
    rows = RegistrationSettings.objects.select_related("event__public").annotate(ready=Exists(notice))
    settings = rows.filter(event=event).first()
    if settings is None or not settings.ready:
        return None
    public, opening = settings.event.public, opening_of(settings)
    opens, closes = (
        labels.deadline_words(moment, public.time_zone, language) if moment else ""
        for moment in (settings.opens_at, settings.closes_at)
    )
    few = settings.free if opening == Opening.OPEN and not settings.approval else None
    return Registering(
        opening=str(opening),
        path=addresses.registration_path(public.slug, language),
        lost_path=addresses.lost_link_path(public.slug, language),
        opens=opens,
        closes=closes,
        few=few if few is not None and few <= FEW else None,
    )
