"""Who and where: organisations with their history, people, venues and rooms."""

from events.models import Membership, Organisation, Partnership, Person, Population, Position, Room, Venue

from .sample import Data, date, make, pair, time


def load_organisations(sample: Data) -> dict[str, Organisation]:
    """Organisations with memberships, populations and partnerships; by the sample's ids."""
    cities = {city["id"]: city for city in sample["cities"]}
    found = {each["id"]: _organisation(each, cities[each["city"]]) for each in sample["organisations"]}
    for each in sample["memberships"]:
        make(
            Membership,
            organisation=found[each["organisation"]],
            starts_on=date(each["from"]),
            ends_on=date(each["until"]),
            founding=each["founding"],
        )
    for each in sample["partnerships"]:
        _partnership(each, found)
    return found


def _organisation(data: Data, city: Data) -> Organisation:
    organisation = make(
        Organisation,
        kind=data["kind"],
        native_name=data["name"].get("native", ""),
        country=city["country"],
        **pair("name", data["name"]),
        **pair("city", city["name"]),
    )
    for year, count in data.get("population", {}).items():
        make(Population, organisation=organisation, year=year, count=count)
    return organisation


def _partnership(data: Data, organisations: dict[str, Organisation]) -> None:
    partnership = make(
        Partnership,
        kind=data["kind"],
        signed_on=date(data["signed"]),
        valid_until=date(data["valid_until"]),
        **pair("title", data["title"]),
    )
    partnership.organisations.set([organisations[each] for each in data["organisations"]])


def load_people(sample: Data, organisations: dict[str, Organisation]) -> dict[str, Person]:
    """People with what they are in their organisation; by the sample's ids."""
    return {each["id"]: _person(each, organisations) for each in sample["people"]}


def _person(data: Data, organisations: dict[str, Organisation]) -> Person:
    letters = [language for language in data["languages"] if language in ("tr", "en")]
    person = make(
        Person,
        name=f"{data['given']} {data['family']}",
        family_name=data["family"],
        language=letters[0] if letters else "en",
        languages=data["languages"],
        email=data["email"],
        phone=data.get("phone", ""),
        ref=data["id"],
        **pair("address", data["address"]),
    )
    if data["organisation"]:
        organisation = organisations[data["organisation"]]
        make(Position, person=person, organisation=organisation, **pair("title", data["title"]))
    return person


def load_venues(sample: Data) -> tuple[dict[str, Venue], dict[str, Room]]:
    """Venues in the zone of their city, and their rooms; both by the sample's ids."""
    cities = {city["id"]: city for city in sample["cities"]}
    venues, rooms = {}, {}
    for data in sample["venues"]:
        venue = venues[data["id"]] = _venue(data, cities[data["city"]])
        for position, room in enumerate(data.get("rooms", [])):
            rooms[room["id"]] = _room(room, venue, position)
    return venues, rooms


def _venue(data: Data, city: Data) -> Venue:
    return make(
        Venue,
        country=city["country"],
        time_zone=city["zone"],
        step_free=data["step_free"],
        **pair("name", data["name"]),
        **pair("address", data.get("address")),
        **pair("city", city["name"]),
    )


def _room(data: Data, venue: Venue, position: int) -> Room:
    opens_at, closes_at = (time(each) for each in data["open"])
    return make(
        Room,
        venue=venue,
        position=position,
        capacity=data["capacity"],
        step_free=data["step_free"],
        hearing_loop=data["hearing_loop"],
        booths=data["booths"],
        opens_at=opens_at,
        closes_at=closes_at,
        **pair("name", data["name"]),
    )
