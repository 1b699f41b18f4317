"""A gathering with sessions, questions and a consent, and everything that people, officers, releases and the clock may do, by chance."""

import contextlib
import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from events import jobs
from events.forms.registration import RegistrationForm
from events.models import (
    ChangeRequest,
    Event,
    Job,
    Question,
    Registration,
    RegistrationSettings,
    Session,
    SessionPlaces,
    Wording,
)
from events.registration import (
    Applicant,
    Filled,
    NotTakenError,
    accept_offer,
    add_registration,
    amend,
    approve,
    cancel,
    decline,
    expire_due,
    offer,
    register,
    save_settings,
    tell_details,
    verify,
    waitlist,
    withdraw_consent,
)
from events.registration.answering import questions_of, read_answers
from events.registration.keeping import erase_registration
from events.registration.opening import takes_requests
from events.registration.requesting import accept_change, refuse_change, request_change
from events.registration.sessions import sessions_of
from events.registration.setting_up import choose_places
from events.registration.substituting import substitute
from events.registration.telling import promise_telling
from events.registration.timed import promise_timed_letters
from events.release import cancel_event, reinstate_event, release_programme, withdraw_event
from tests.events.registration.gathering import gathering, session
from tests.factories import QuestionFactory, SessionPlacesFactory, UserFactory, VenueFactory, WordingFactory

OFFICES = ("Ilgaz", "Çınar", "Gölyaka", "")
ACTIVE = ("unverified", "requested", "confirmed", "waitlisted", "offered")


class Town:
    """One event; ``acts`` are what may happen, each with how often."""

    def __init__(self, seed: int, clock: Any) -> None:
        self.chance, self.clock = random.Random(seed), clock  # noqa: S311 - repeatable, no secret
        self.event = gathering()
        SessionPlacesFactory(session=session(self.event, "Forest", 10), capacity=2)
        release_programme(event=self.event)
        self.settings(capacity=self.chance.randint(2, 4), quota=self.chance.choice([None, 2]), substitutes="everybody")
        self.boss, self.people = UserFactory(admin=True), 0
        self.venues = [VenueFactory(), VenueFactory()]
        self.visa: Question = QuestionFactory(event=self.event, kind="yes_no")
        test = {"question": self.visa.key, "is": "equals", "value": True}
        self.consent: Wording = WordingFactory(event=self.event)
        asked = {"condition": {"match": "all", "tests": [test]}, "sensitive": True}
        self.passport: Question = QuestionFactory(
            event=self.event, legal_basis="consent", consent=self.consent, **asked
        )
        self.hotel: Question = QuestionFactory(event=self.event, stage="details", required=True, **asked)
        self.acts: list[tuple[int, Callable[[], Any]]] = [
            (18, self.come), (8, self.confirm), (5, self.accept), (6, self.leave), (5, self.change), (2, self.replace),
            (3, self.tell), (2, self.take_back), (1, self.erase), (2, self.enter), (2, self.wait_again),
            (2, self.approve), (1, self.decline), (2, self.out_of_turn), (3, self.set_up), (2, self.resize_session),
            (2, self.decide), (2, self.move), (2, self.call_off_session), (2, self.call_off), (6, self.reinstate),
            (5, self.wait), (1, self.late),
        ]  # fmt: skip

    def act(self) -> str:
        weights = [weight for weight, _act in self.acts]
        act = self.chance.choices([act for _weight, act in self.acts], weights)[0]
        with contextlib.suppress(ValidationError, NotTakenError, IndexError):
            act()
        return act.__name__

    def settings(self, **named: Any) -> None:
        row = RegistrationSettings.objects.get(event=self.event)
        for name, value in named.items():
            setattr(row, name, value)
        row.clean()
        save_settings(settings=row)

    def one(self, *found: str) -> Registration:
        """Somebody in one of these states; IndexError where there is nobody."""
        rows = Registration.objects.kept().filter(event=self.event, state__in=found or ACTIVE)
        return self.chance.choice(list(rows.order_by("pk")))

    def person(self) -> Applicant:
        """Somebody new, or, now and then, somebody who came before."""
        number = self.people
        if self.chance.random() < 0.8 or not number:
            self.people += 1
            number = self.people
        else:
            number = self.chance.randint(1, number)
        office = self.chance.choice(OFFICES)
        return Applicant(name=f"P{number}", email=f"p{number}@sample.example", organisation=office, language="en")

    def filled(self, registration: Registration | None = None) -> RegistrationForm:
        """A form with answers and sessions by chance, filled in until the page would take it."""
        for _each in range(50):
            form = self.form(registration)
            if form.is_valid():
                return form
        raise AssertionError("no form is taken")

    def form(self, registration: Registration | None) -> RegistrationForm:
        event = Event.objects.select_related("public__release").get(pk=self.event.pk)
        sessions = sessions_of(event.public, "en")
        data = {
            "name": "P",
            "email": "p@sample.example",
            f"q-{self.visa.key}": self.chance.choice(["yes", "no", ""]),
            f"q-{self.passport.key}": self.chance.choice(["U 1", ""]),
            f"c-{self.consent.key}": self.chance.choice(["on", ""]),
            "sessions": [str(each.pk) for each in sessions if self.chance.random() < 0.4],
        }
        answers = read_answers(registration) if registration else {}
        questions = questions_of(self.event.pk)
        return RegistrationForm(
            data, questions=questions, sessions=sessions, consents=[self.consent], answers=answers, given=()
        )

    def come(self) -> None:
        form = self.filled()
        filled = Filled(form.answers(), form.chosen(), [self.consent], form.agreed())
        once = f"{self.chance.random()}"[:30]
        for _each in range(self.chance.choice([1, 1, 2])):
            register(event=self.event, applicant=self.person_once(once), filled=filled, once=once)

    def person_once(self, once: str) -> Applicant:
        """The same form is sent by the same person."""
        known = Registration.objects.filter(once=once).first()
        return self.person() if known is None else Applicant(name=known.name, email=known.email, language="en")

    def confirm(self) -> None:
        verify(registration=self.one("unverified"))

    def accept(self) -> None:
        accept_offer(registration=self.one("offered"))

    def leave(self) -> None:
        cancel(registration=self.one(), by=self.chance.choice([None, self.boss]))

    def change(self) -> None:
        row = self.one()
        form = self.filled(row)
        settings = RegistrationSettings.objects.select_related("event__public").get(event=self.event)
        told: dict[str, Any] = {
            "registration": row,
            "applicant": Applicant(row.name, row.email, "", self.chance.choice(OFFICES), "", "en"),
            "answers": form.answers(),
            "sessions": form.chosen(),
            "consents": form.ticks(),
        }
        if takes_requests(settings):
            request_change(**told)
        else:
            amend(**told)

    def replace(self) -> None:
        substitute(
            registration=self.one("confirmed"), applicant=self.person(), by=self.chance.choice([None, self.boss])
        )

    def tell(self) -> None:
        answer = self.chance.choice(["Hotel", None])
        tell_details(registration=self.one("confirmed"), answers={self.hotel: answer})

    def take_back(self) -> None:
        row = self.one()
        seen = row.wordings_seen.filter(agreed_at__isnull=False, withdrawn_at=None).first()
        if seen:
            withdraw_consent(registration=row, seen=seen.pk)

    def erase(self) -> None:
        erase_registration(registration=self.one(*ACTIVE, "cancelled", "expired"))

    def enter(self) -> None:
        form = self.filled()
        filled = Filled(form.answers(), form.chosen(), [self.consent], form.agreed())
        add_registration(event=self.event, applicant=self.person(), filled=filled, by=self.boss)

    def wait_again(self) -> None:
        waitlist(registration=self.one("confirmed", "offered", "requested", "unverified"), by=self.boss)
        self.settings()  # whoever was put back is looked at again with the next act

    def approve(self) -> None:
        approve(registration=self.one(), by=self.boss)

    def decline(self) -> None:
        decline(registration=self.one(), reason="Full", by=self.boss)

    def out_of_turn(self) -> None:
        offer(registration=self.one("waitlisted", "requested"), by=self.boss)

    def set_up(self) -> None:
        self.settings(
            capacity=self.chance.choice([None, 2, 3, 3, 4, 5]),
            approval=self.chance.random() < 0.2,
            waiting_list=self.chance.random() < 0.8,
        )

    def resize_session(self) -> None:
        rows = SessionPlaces.objects.filter(session__event=self.event)
        wanted: dict[int, int | None] = {row.session_id: self.chance.choice([1, 2, 3, None]) for row in rows}
        choose_places(event=self.event, wanted=wanted, by=self.boss)

    def decide(self) -> None:
        rows = ChangeRequest.objects.filter(registration__event=self.event, state="open").order_by("pk")
        asked = self.chance.choice(list(rows))
        if self.chance.random() < 0.7:
            accept_change(request=asked, by=self.boss)
        else:
            refuse_change(request=asked, reason="Too late", by=self.boss)

    def move(self) -> None:
        """The plenary, and with it now and then the whole event, is at another hour or place."""
        hour = self.chance.randint(5, 7)
        Session.objects.filter(event=self.event, title_en="Plenary").update(start=dt.time(hour), end=dt.time(hour + 1))
        Event.objects.filter(pk=self.event.pk).update(venue=self.chance.choice([None, *self.venues]))
        release_programme(event=Event.objects.get(pk=self.event.pk))

    def call_off_session(self) -> None:
        row = self.chance.choice(list(Session.objects.filter(event=self.event, places__isnull=False).order_by("pk")))
        Session.objects.filter(pk=row.pk).update(status="confirmed" if row.status == "cancelled" else "cancelled")
        release_programme(event=Event.objects.get(pk=self.event.pk))

    def call_off(self) -> None:
        self.chance.choice([cancel_event, withdraw_event])(event=self.event)

    def reinstate(self) -> None:
        reinstate_event(event=self.event)

    def late(self) -> None:
        """The time for changes is over, or not."""
        until = self.chance.choice([None, timezone.now() - dt.timedelta(minutes=1)])
        RegistrationSettings.objects.filter(event=self.event).update(changes_until=until)

    def wait(self) -> None:
        self.clock.shift(dt.timedelta(hours=self.chance.choice([0.1, 2, 20, 60])))
        self.tick()

    def tick(self) -> None:
        """What the clock does."""
        expire_due()
        promise_telling()
        promise_timed_letters()
        for job in Job.objects.filter(kind__in=("tell_registered", "timed_letters"), finished_at=None).order_by("pk"):
            jobs.run_job(job.pk)
