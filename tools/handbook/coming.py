"""Who comes, as an officer finds it on a busy morning: a conference that fills, and a meeting whose door is open."""

import datetime as dt
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils import timezone
from wagtail.models import ModelLogEntry

from events.links import issue_link, key_of
from events.models import CheckIn, Event, Message, Registration, RegistrationSettings, Session, SessionPlaces
from events.registration import Applicant, Filled, add_registration, approve, check_in, offer, register, verify
from events.registration import waitlist as put_on_the_list
from events.registration.answering import questions_of
from events.registration.certifying import issue_certificates
from events.registration.letters import LINK
from events.registration.ready_made import add_ready_made, add_ready_wording
from events.registration.refusals import mark_refused
from events.registration.requesting import request_change
from events.registration.wordings import wordings_of
from events.release import release_programme

from .names import CONFERENCE, TODAY

#: Whose own page is shown, and who asks for a change.
GUEST, ASKS = "Selin Kurmaca", "Oğuz Varsayım"
#: Name, position, organisation, language, and what became of it since.
_APPLIED = (
    (GUEST, "İklim Müdürü", "Kestanelik Belediyesi", "tr", "approve"),
    (ASKS, "Meclis Üyesi", "Yelkenli Belediyesi", "tr", "approve"),
    ("Burcu Taslak", "Şehir Plancısı", "Kestanelik Belediyesi", "tr", "verify"),
    ("Gökhan Deneme", "Ulaşım Şefi", "Yelkenli Belediyesi", "tr", "waitlist"),
    ("Nilay Örnek", "Uzman", "Pınarbaşı Belediyesi", "tr", "offer"),
    ("Lea Beispiel", "Councillor", "Stadt Neuufer", "en", "waitlist"),
    ("Tomás Ejemplo", "Expert", "Red de Ciudades Verdes", "en", "verify"),
    ("Freja Eksempel", "Head of Green Spaces", "Nordhavn Kommune", "en", "approve"),
    ("Sami Misal", "Park Şefi", "Pınarbaşı Belediyesi", "tr", ""),
)
_AT_THE_DOOR = (
    ("Ayla Denemeci", "Kestanelik Belediyesi", "tr", True),
    ("Barış Kurgu", "Yelkenli Belediyesi", "tr", True),
    ("Elif Nur Örnekoğlu", "Çınaraltı Belediyesi", "tr", True),
    ("Işıl Varsayımlı", "Çınaraltı Belediyesi", "tr", False),
    ("Jonas Eksempelsen", "Nordhavn Kommune", "en", False),
    ("Kerem Çınar Misal", "Pınarbaşı Belediyesi", "tr", False),
)


def load_coming(officer: Any) -> None:
    """Registrations in every state, requests, letters of every fate; and today's meeting."""
    event = Event.objects.get(slug=CONFERENCE)
    RegistrationSettings.objects.filter(event=event).update(approval=True)
    event = Event.objects.get(pk=event.pk)
    add_ready_made(event=event, name="visa")
    for name, role, organisation, language, then in _APPLIED:
        row = _apply(event, Applicant(name, address(name), "", organisation, role, language))
        _decide(row, then, officer)
    _ask(event)
    _leave_letters(event)
    _spread(event)
    _meet_today(officer)


def address(name: str) -> str:
    """An address that nobody has."""
    plain = name.lower().translate(str.maketrans("çğıöşüéá ", "cgiosuea."))
    return f"{plain.replace('i̇', 'i')}@sample.example"


def guest() -> Registration:
    return Registration.objects.get(event__slug=CONFERENCE, name=GUEST)


def key_of_guest() -> str:
    """What stands in the link of the guest's letters."""
    return key_of(issue_link(target=guest(), purpose=LINK))


def _apply(event: Event, applicant: Applicant) -> Registration:
    asked = {each.label_en: each for each in questions_of(event.pk)}
    diet, interpretation = asked["Diet"], asked["Interpretation language"]
    chosen = list(SessionPlaces.objects.filter(session__event=event).order_by("session__day", "session__start"))[:1]
    agreed = {diet.consent.key} if diet.consent else set()
    answers = {diet: "vegetarian", interpretation: "none" if applicant.language == "tr" else "en"}
    filled = Filled(answers=answers, sessions=chosen, shown=wordings_of(event), agreed=agreed)
    return register(event=event, applicant=applicant, filled=filled, once=applicant.email).registration


def _decide(row: Registration, then: str, officer: Any) -> None:
    if not then:
        return
    row = verify(registration=row)
    if then == "approve":
        approve(registration=row, by=officer)
    elif then in ("waitlist", "offer"):
        row = put_on_the_list(registration=row, by=officer)
        if then == "offer":
            offer(registration=row, by=officer)


def _ask(event: Event) -> None:
    """Somebody asks after the time for changes; that time is later again in the pictures."""
    row = Registration.objects.get(event=event, name=ASKS)
    settings = RegistrationSettings.objects.filter(event=event)
    settings.update(changes_until=timezone.now() - dt.timedelta(minutes=1))
    wanted = Applicant(row.name, row.email, "+90 555 000 00 00", row.organisation_name, "Meclis Başkan Vekili", "tr")
    request_change(registration=row, applicant=wanted, answers={}, sessions=[])
    settings.update(changes_until=dt.datetime(2027, 5, 25, 15, tzinfo=dt.UTC))


def _leave_letters(event: Event) -> None:
    """All of them left, but for one that is tried again, one that failed and one that came back."""
    letters, now = Message.objects.filter(event=event), timezone.now()
    letters.update(state=Message.State.SENT, finished_at=now, attempts=1)
    back = "550 5.1.1 no such mailbox"
    _fate(letters, "Tomás Ejemplo", state=Message.State.BOUNCED, error=back)
    mark_refused(address=address("Tomás Ejemplo"), reason=back)
    _fate(letters, "Lea Beispiel", state=Message.State.FAILED, error="552 5.2.2 mailbox full", attempts=9)
    later = {"due_at": now + dt.timedelta(minutes=40), "finished_at": None, "attempts": 3}
    _fate(letters, "Freja Eksempel", state=Message.State.QUEUED, error="421 4.7.0 try again later", **later)


def _fate(letters: Any, name: str, **values: Any) -> None:
    last = letters.filter(to_address=address(name)).order_by("-pk").first()
    letters.filter(pk=last.pk).update(**values)


def _spread(event: Event) -> None:
    """They came one after the other in the last days, and so did their letters; the last one just now."""
    kind = ContentType.objects.get_for_model(Registration)
    for place, row in enumerate(event.registrations.order_by("-pk")):
        back = dt.timedelta(hours=3 * place, minutes=17 * place)
        asked = F("details_asked_at") - back
        Registration.objects.filter(pk=row.pk).update(registered_at=F("registered_at") - back, details_asked_at=asked)
        letters = Message.objects.filter(event=event, person_key=row.person_key)
        letters.update(created_at=F("created_at") - back, finished_at=F("finished_at") - back)
        told = ModelLogEntry.objects.filter(content_type=kind, object_id=str(row.pk))
        told.update(timestamp=F("timestamp") - back)


def _meet_today(officer: Any) -> None:
    """A meeting of today: its door is open, half of the people are in, and their certificates are issued."""
    today = timezone.localdate()
    event = Event.objects.create(
        slug=TODAY,
        kind="meeting",
        title_tr="Kıyı Kentleri Buluşması",
        title_en="Meeting of Coastal Towns",
        starts_on=today,
        ends_on=today,
        venue=Event.objects.get(slug=CONFERENCE).venue,
    )
    for position, (start, end, turkish, english) in enumerate(
        ((9, 12, "Kıyıda iklim uyumu", "Adapting the shore"), (13, 16, "Ortak proje masası", "Joint projects"))
    ):
        Session.objects.create(
            event=event,
            day=today,
            position=position,
            start=dt.time(start),
            end=dt.time(end),
            status=Session.Status.CONFIRMED,
            title_tr=turkish,
            title_en=english,
        )
    release_programme(event=event, by=officer)
    event = Event.objects.get(pk=event.pk)
    RegistrationSettings.objects.create(event=event, capacity=40)
    add_ready_wording(event=event, name="notice")
    for name, organisation, language, came in _AT_THE_DOOR:
        applicant = Applicant(name, address(name), "", organisation, "", language)
        row = add_registration(event=event, applicant=applicant, filled=Filled(), by=officer)
        if came:
            check_in(registration=row, place=today.isoformat(), by=officer)
    # They came one after the other, in the morning.
    for place, mark in enumerate(CheckIn.objects.filter(registration__event=event)):
        CheckIn.objects.filter(pk=mark.pk).update(at=mark.at - dt.timedelta(minutes=7 * place))
    issue_certificates(event=event, by=officer)
    Message.objects.filter(event=event).update(state=Message.State.SENT, finished_at=timezone.now())
