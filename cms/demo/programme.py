"""What: the dialogue programme, its events, and their sessions as working rows."""

from dataclasses import dataclass, field
from decimal import Decimal

from events.models import (
    Contribution,
    DialogueProgramme,
    Event,
    EventOrganisation,
    Funding,
    Organisation,
    Party,
    Person,
    Room,
    Session,
    Track,
    Venue,
)
from events.turkish import slug

from .sample import Data, date, make, pair, time

INTERPRETATION = {"none": "none", "con": "consecutive", "sim": "simultaneous"}


@dataclass
class Directory:
    """What sessions refer to, by the sample's ids; ``shown`` is a person's position and organisation."""

    organisations: dict[str, Organisation]
    people: dict[str, Person]
    shown: dict[str, dict[str, str]]
    venues: dict[str, Venue]
    rooms: dict[str, Room]
    tracks: dict[str, Track] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)


def load_dialogue_programme(data: Data, directory: Directory) -> DialogueProgramme:
    """The dialogue programme with its partners and its funding."""
    programme = make(
        DialogueProgramme,
        slug=slug(data["name"]["tr"]),
        line_of_work=data["line_of_work"],
        field=data["field"],
        **pair("title", data["name"]),
        **pair("objectives", data["objectives"]),
    )
    programme.partners.set([directory.organisations[each] for each in data["partners"]])
    for each in data["funding"]:
        make(
            Funding,
            dialogue_programme=programme,
            source=directory.organisations[each["source"]],
            kind=each["kind"],
            amount=Decimal(each["amount"]),
            currency=each["currency"],
            starts_on=date(each["period"]["from"]),
            ends_on=date(each["period"]["until"]),
            **pair("purpose", each["purpose"]),
        )
    return programme


def load_event(data: Data, programme: DialogueProgramme | None, directory: Directory) -> Event:
    """An event with its host, tracks and parties, still without sessions."""
    event = make(
        Event,
        slug=slug(data["name"]["tr"]),
        kind=data["kind"],
        line_of_work=data["line_of_work"],
        field=data["field"],
        dialogue_programme=programme,
        starts_on=date(data["days"][0]),
        ends_on=date(data["days"][-1]),
        time_zone=data["zone"],
        venue=directory.venues.get(data.get("venue", "")),
        capacity=data["capacity"],
        languages=_languages(data),
        **pair("title", data["name"]),
        **pair("summary", data["summary"]),
    )
    make(EventOrganisation, event=event, organisation=directory.organisations[data["host"]], role="host")
    for place, each in enumerate(data["tracks"]):
        directory.tracks[each["id"]] = make(
            Track, event=event, position=place, letter=each["id"], colour=each["colour"], **pair("name", each["name"])
        )
    for place, each in enumerate(data["parties"]):
        directory.parties[each["id"]] = make(
            Party, event=event, position=place, languages=each["languages"], **pair("name", each["name"])
        )
    return event


def _languages(data: Data) -> list[str]:
    """The languages spoken in its sessions, in the order they first come up."""
    return list(dict.fromkeys(each for session in data["sessions"] for each in session.get("languages", [])))


def write_sessions(event: Event, state: list[Data], directory: Directory) -> None:
    """Make the event's sessions what ``state`` says; rows that are there keep their key and UID."""
    present = {session.ref: session for session in event.sessions.all()}
    for data in state:
        session = present.get(data["id"]) or Session(event=event, ref=data["id"])
        for name, value in _values(data, directory).items():
            setattr(session, name, value)
        session.note_translations()
        session.save()
        session.parties.set([directory.parties[each] for each in data["parties"]])
        _write_people(session, data["people"], directory)


def _values(data: Data, directory: Directory) -> Data:
    """The columns of a session. A transfer stands at the place where it starts."""
    return {
        "day": date(data["day"]),
        "position": data["position"],
        "start": time(data["start"]),
        "end": time(data["end"]),
        "end_day": date(data.get("end_day")),
        "start_zone": data.get("start_zone", ""),
        "end_zone": data.get("end_zone", ""),
        "kind": data["kind"],
        "status": data["status"],
        "audience": data["audience"],
        "track": directory.tracks.get(data.get("track") or ""),
        "venue": directory.venues.get(data.get("venue") or data.get("from") or ""),
        "room": directory.rooms.get(data.get("room") or ""),
        "organisation": directory.organisations.get(data.get("organisation") or ""),
        "languages": data.get("languages", []),
        "interpretation": INTERPRETATION[data.get("interpretation", "none")],
        "capacity": data.get("capacity"),
        **pair("title", data["title"]),
        **pair("abstract", data.get("abstract")),
    }


def _write_people(session: Session, people: dict[str, list[str]], directory: Directory) -> None:
    named = [(role, person) for role, persons in people.items() for person in persons]
    present = [(row.role, row.person.ref) for row in session.contributions.select_related("person")]
    if named == present:
        return
    session.contributions.all().delete()
    for position, (role, person) in enumerate(named):
        make(
            Contribution,
            session=session,
            person=directory.people[person],
            role=role,
            position=position,
            **directory.shown[person],
        )
