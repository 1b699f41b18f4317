"""Who comes to the conference: its form, its notices, and the named people of the sample."""

import datetime as dt

from events.models import Event, Message, Person, Registration, RegistrationSettings, SessionPlaces
from events.registration import Applicant, Filled, add_registration, cancel, save_settings
from events.registration.answering import questions_of
from events.registration.groups.registering import GroupFilled, Member, add_group
from events.registration.ready_made import add_ready_made, add_ready_wording
from events.registration.wordings import wordings_of

from .programme import Directory
from .sample import Data

#: By the ready-made question: what the sample calls the answer, and the choice that it is.
_DIETS = {"any": "any", "vegetarian": "vegetarian", "vegan": "vegan", "halal": "halal", "gluten_free": "gluten_free"}


def load_registrations(event: Event, data: Data, directory: Directory) -> None:
    """Only where people chose sessions or came by name: the other events of the sample invite their delegations."""
    if data["kind"] != "conference" or not data["registrations"]:
        return
    settings = RegistrationSettings(event=event, capacity=event.capacity or 150, quota=5)
    settings.closes_at = dt.datetime(2027, 6, 1, 18, tzinfo=dt.UTC)
    settings.intro_tr = "Konferans iki gün sürer. Katılım ücretsizdir."
    settings.intro_en = "The conference takes two days. Taking part is free."
    settings.groups, settings.largest_group = True, 30
    save_settings(settings=settings)
    for name in ("diet", "access", "interpretation"):
        add_ready_made(event=event, name=name)
    # The notice is written from the questions, which bring their consent along.
    for name in ("notice", "photo"):
        add_ready_wording(event=event, name=name)
    places = {
        session.ref: SessionPlaces.objects.create(session=session, capacity=session.capacity)
        for session in event.sessions.filter(ref__in=[each["session"] for each in data["signups"]])
    }
    for each in data["registrations"]:
        _load(event, each, directory, places)
    _load_group(event)
    # The demo writes to nobody.
    Message.objects.filter(event=event, letter__startswith="registration_").delete()


def _load(event: Event, data: Data, directory: Directory, places: dict[str, SessionPlaces]) -> None:
    person = directory.people[data["person"]]
    position = person.positions.select_related("organisation").first()
    applicant = Applicant(
        name=person.name,
        email=person.email,
        phone=person.phone,
        organisation=str(position.organisation.name) if position else "",
        role=_role(person),
        language=person.language,
    )
    diet, access, *_others = questions_of(event.pk)
    answers = {diet: _DIETS.get(data["diet"], ""), access: [need for need in data["access"] if need == "step_free"]}
    chosen = [places[each] for each in data["sessions"] if each in places]
    agreed = {question.consent.key for question in (diet, access) if question.consent}
    filled = Filled(answers=answers, sessions=chosen, shown=wordings_of(event), agreed=agreed)
    registration = add_registration(event=event, applicant=applicant, filled=filled)
    Registration.objects.filter(pk=registration.pk).update(person=person)
    if data["status"] == "cancelled":
        cancel(registration=registration)


def _load_group(event: Event) -> None:
    """A municipality that sends three people together; the office shares one address, so one of them has none."""
    contact = Applicant(
        name="Zerrin Misal", email="zerrin.misal@cinaralti.example", organisation="Çınaraltı Belediyesi", language="tr"
    )
    people = [
        ("Haluk Varsayım", "haluk.varsayim@cinaralti.example", "Park ve Bahçeler Müdürü"),
        ("Işın Örneksoy", "isin.orneksoy@cinaralti.example", "Peyzaj mimarı"),
        ("Ümit Kurgu", "", "Şoför"),
    ]
    members = [
        Member(Applicant(name=name, email=email, role=role), row=row)
        for row, (name, email, role) in enumerate(people, start=1)
    ]
    add_group(event=event, filled=GroupFilled(contact=contact, members=members))


def _role(person: Person) -> str:
    position = person.positions.first()
    return getattr(position, f"title_{person.language}", "") if position else ""
