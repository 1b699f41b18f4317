"""The working programme read by the very functions that read releases, for previews."""

from django.utils import timezone

from events.models import Event
from events.programme import PersonShown, Programme

from .verbs import compare_programme


def preview_programme(event: Event, *, restricted: bool = False, drafts: bool = False) -> Programme:
    """Read the working programme as the next release would show it.

    ``restricted`` adds what is not public, ``drafts`` what no release would have yet.
    """
    comparison = compare_programme(event, drafts=drafts)
    people = {
        key: PersonShown(
            key=key,
            name=row["name"],
            sort_key=row["sort_key"],
            positions=tuple(row["positions"]),
            biography={lang: row[f"biography_{lang}"] for lang in ("tr", "en") if row[f"biography_{lang}"]},
            erased=row["erased"],
        )
        for key, row in comparison.people.rows.items()
    }
    return Programme(
        comparison.public,
        people,
        number=comparison.number,
        released_at=timezone.now(),
        restricted=comparison.restricted if restricted else None,
    )
