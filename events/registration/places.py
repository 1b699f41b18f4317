"""Seats and the waiting list: everything here happens while the event's registration row is held.

Whoever gives or takes a seat holds that one row first (:func:`hold`), so that seats are counted one after another on
any database; a CHECK is the last wall. Never count, then insert, without it.
"""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import (
    ChosenSession,
    Event,
    PublicEvent,
    Registration,
    RegistrationSettings,
    SeatedSession,
    Session,
    SessionPlaces,
)

from .quota import names_at_hand, seats_of_organisations


def hold(event_id: int, *, known: Event | None = None) -> RegistrationSettings:
    """The event's registration row, held until the transaction ends.

    ``known`` is the event, read with its public row in this very request: then neither is read again.
    """
    rows = RegistrationSettings.objects.select_for_update(of=("self",))
    if known is None or not Event.public.is_cached(known):
        return rows.select_related("event__public").get(event_id=event_id)
    settings: RegistrationSettings = rows.get(event_id=event_id)
    settings.event = known
    return settings


def save_counts(settings: RegistrationSettings) -> None:
    """Write what the verbs counted."""
    settings.save(update_fields=["taken", "last_waiting", "keeps_seats"])


def repeat_seats(settings: RegistrationSettings) -> None:
    """Let the event say the same number: seats are typed and raised in its registration settings alone."""
    Event.objects.filter(pk=settings.event_id).update(capacity=settings.capacity)


def public_event(event: Event) -> PublicEvent | None:
    """What the public sees of the event, or None before its first release."""
    return getattr(event, "public", None)


def takes_place(settings: RegistrationSettings) -> bool:
    """Whether there is any point in giving seats: public, not called off, not over."""
    public = public_event(settings.event)
    return public is not None and public.status == PublicEvent.Status.PUBLIC and not _is_over(public)


def may_resume(settings: RegistrationSettings) -> bool:
    """Whether the event is off, and its days are still to come: it may take place after all."""
    public = public_event(settings.event)
    return public is not None and public.status != PublicEvent.Status.PUBLIC and not _is_over(public)


def _is_over(public: PublicEvent) -> bool:
    last = public.ends_on or public.starts_on
    return last is not None and last < timezone.localdate(timezone=ZoneInfo(public.time_zone))


def refuse_called_off(settings: RegistrationSettings) -> None:
    """Nobody is promised a seat at what does not take place: who is confirmed hears of it, who comes later would not."""
    public = public_event(settings.event)
    if public is not None and public.status != PublicEvent.Status.PUBLIC:
        raise ValidationError(_("This event does not take place any more."))


def is_free(settings: RegistrationSettings, registration: Registration) -> bool:
    """Whether this registration could have a seat: one is left, and its organisation has not its full quota."""
    return (settings.free is None or settings.free > 0) and not quota_reached(settings, registration)


def place_in_line(registration: Registration) -> int:
    """How many are in line up to and including this one."""
    ahead = Registration.objects.filter(event=registration.event_id).waiting()
    return ahead.filter(waiting_number__lte=registration.waiting_number).count()


def seat(settings: RegistrationSettings, registration: Registration, *, held: bool) -> list[SessionPlaces]:
    """Give the seat or take it back, in the event and in the sessions that were chosen. The caller saves both rows.

    Gives the sessions in which seats became free by it: the caller passes them on, once nobody else leaves with it.
    """
    if registration.seat == held:
        return []
    registration.seat = held
    settings.taken += 1 if held else -1
    return seat_sessions(registration) if registration.pk else []


def seat_sessions(registration: Registration) -> list[SessionPlaces]:
    """Hold the sessions that were chosen as far as they have seats, or let them go with the registration's own.

    Gives those in which seats became free.
    """
    freed = []
    for chosen in registration.chosen_sessions.select_related("places__session").order_by("places"):
        wanted = registration.seat and (chosen.seat or not chosen.places.full)
        if wanted != chosen.seat:
            freed += _seat_session(chosen, held=wanted)
    return freed


def choose_sessions(registration: Registration, wanted: Iterable[SessionPlaces]) -> list[SessionPlaces]:
    """Replace what was chosen; seats of sessions follow. Gives the sessions in which seats became free."""
    keep = {each.pk for each in wanted}
    freed = []
    for chosen in registration.chosen_sessions.select_related("places__session"):
        if chosen.places_id in keep:
            keep.remove(chosen.places_id)
            continue
        if chosen.seat:
            freed += _seat_session(chosen, held=False)
        chosen.delete()
    ChosenSession.objects.bulk_create(ChosenSession(registration=registration, places_id=each) for each in sorted(keep))
    return freed + seat_sessions(registration)


def _seat_session(chosen: ChosenSession, *, held: bool) -> list[SessionPlaces]:
    chosen.places.taken += 1 if held else -1
    chosen.places.save(update_fields=["taken"])
    chosen.seat = held
    chosen.save(update_fields=["seat"])
    now, places = timezone.now(), chosen.places
    SeatedSession.objects.update_or_create(
        registration_id=chosen.registration_id,
        key=places.session.key,
        defaults={"since": now, "release": _release_of(places.session), "left_at": None} if held else {"left_at": now},
    )
    return [] if held else [places]


def _release_of(session: Session) -> int | None:
    rows = PublicEvent.objects.filter(event=session.event_id)
    return rows.values_list("release__number", flat=True).first()


def pass_sessions_on(settings: RegistrationSettings, freed: Iterable[SessionPlaces]) -> list[ChosenSession]:
    """Free seats in sessions go to whoever came first of those who wished for one and are seated at the event.

    Gives the seats that passed on: the caller tells. While the event is off, and once it is over, they stay free:
    nobody could use them. Where it takes place after all, ``resuming`` passes them on.
    """
    keys = {each.pk for each in freed}
    if not keys or not takes_place(settings):
        return []
    # Read anew: several who left the same session counted on rows of their own.
    rows = SessionPlaces.objects.filter(pk__in=keys).select_related("session").order_by("pk")
    return [chosen for places in rows for chosen in _pass_session_on(places)]


def _pass_session_on(places: SessionPlaces) -> list[ChosenSession]:
    passed_on: list[ChosenSession] = []
    wishes = ChosenSession.objects.filter(places=places, seat=False, registration__seat=True)
    for following in wishes.select_related("places__session").order_by("registration__registered_at", "pk"):
        following.places = places
        if places.full:
            break
        _seat_session(following, held=True)
        passed_on.append(following)
    return passed_on


def quota_reached(settings: RegistrationSettings, registration: Registration) -> bool:
    """Whether others of the same organisation hold all the seats that it may have."""
    if settings.quota is None or not registration.organisation_key:
        return False
    others = seats_of_organisations(settings, leaving_out=registration.pk)
    return others.of(registration.organisation_key, names_at_hand(registration)) >= settings.quota
