"""Load the sample into the models and release its events as its own history tells."""

from django.db import transaction

from events.models import Event, Organisation
from events.release import release_programme
from events.turkish import slug

from .directory import load_organisations, load_people, load_venues
from .history import states
from .programme import Directory, load_dialogue_programme, load_event, write_sessions
from .registrations import load_registrations
from .sample import Data, read_sample
from .site import load_site_settings


def load_sample(sample: Data | None = None) -> bool:
    """Load the sample with its releases; False, and nothing written, where its events are there already.

    The releases carry the sample's notes and the time of loading: their documents hold that same instant.
    Stays, vehicles, riders and delegations have no rows yet.
    """
    sample = sample or read_sample()
    if Event.objects.filter(slug__in=[slug(each["name"]["tr"]) for each in sample["events"]]).exists():
        return False
    with transaction.atomic():
        _load(sample)
    return True


def _load(sample: Data) -> None:
    load_site_settings()
    organisations = load_organisations(sample)
    people = load_people(sample, organisations)
    venues, rooms = load_venues(sample)
    directory = Directory(organisations, people, _shown(sample, organisations), venues, rooms)
    programmes = {
        event: programme
        for each in sample["dialogue_programmes"]
        for programme in [load_dialogue_programme(each, directory)]
        for event in each["events"]
    }
    for data in sample["events"]:
        directory.tracks, directory.parties = {}, {}
        event = load_event(data, programmes.get(data["id"]), directory)
        _release_as_told(event, data, directory)
        load_registrations(event, data, directory)


def _release_as_told(event: Event, data: Data, directory: Directory) -> None:
    for state, release in zip(states(data), data["releases"], strict=True):
        write_sessions(event, state, directory)
        release_programme(event=event, note_tr=release["note"]["tr"], note_en=release["note"]["en"])


def _shown(sample: Data, organisations: dict[str, Organisation]) -> dict[str, dict[str, str]]:
    """How the programme prints each person: ``Belediye Başkanı, Çınarlı Belediyesi``, in both languages."""
    shown = {}
    for each in sample["people"]:
        house = organisations.get(each["organisation"] or "")
        shown[each["id"]] = {
            f"shown_{language}": ", ".join(
                part for part in (each["title"][language], getattr(house, f"name_{language}", "")) if part
            )
            for language in ("tr", "en")
        }
    return shown
