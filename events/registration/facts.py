"""When and where an event is, as pages and letters say it."""

from django.utils.translation import gettext as _

from events import labels
from events.bilingual import pick, texts
from events.models import PublicEvent


def facts_of(public: PublicEvent, language: str) -> list[tuple[str, str]]:
    """Date, time, place and zone of an event."""
    found = ((_("When"), when_of(public, language)), (_("Where"), where_of(public, language)))
    return [(label, value) for label, value in found if value]


def when_of(public: PublicEvent, language: str) -> str:
    """Date, time and zone in one line."""
    when = labels.dates_words(public.starts_on, public.ends_on, language)
    if public.starts_at:
        clock = labels.moment_words(public.starts_at, public.time_zone, language).rsplit(", ", 1)[-1]
        when = f"{when}, {clock}, {labels.zone_label(public.time_zone, public.starts_at, language)}"
    return when


def where_of(public: PublicEvent, language: str) -> str:
    """The place, in this language or the other."""
    return str(pick(texts(public, "place"), language))
