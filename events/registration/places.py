"""Seats and the waiting list: everything here happens while the event's registration row is held.

Whoever gives or takes a seat holds that one row first (:func:`hold`), so that seats are counted one after another on
any database; a CHECK is the last wall. Never count, then insert, without it.
"""

from collections.abc import Iterable

from django.db.models import Count
from django.utils import timezone

from events.models import ChosenSession, Event, PublicEvent, Registration, RegistrationSettings, SessionPlaces
from events.models.registration.registrations import RegistrationQuerySet


def hold(event_id: int) -> RegistrationSettings:
    """The event's registration row, held until the transaction ends."""
    rows = RegistrationSettings.objects.select_for_update(of=("self",))
    return rows.select_related("event__public").get(event_id=event_id)


def save_counts(settings: RegistrationSettings) -> None:
    """Write what the verbs counted."""
    settings.save(update_fields=["taken", "last_waiting"])


def public_event(event: Event) -> PublicEvent | None:
    """What the public sees of the event, or None before its first release."""
    return getattr(event, "public", None)


def takes_place(settings: RegistrationSettings) -> bool:
    """Whether there is any point in giving seats: public, not called off, not over."""
    public = public_event(settings.event)
    if public is None or public.status != PublicEvent.Status.PUBLIC:
        return False
    last = public.ends_on or public.starts_on
    return last is None or last >= timezone.localdate()


def is_free(settings: RegistrationSettings, registration: Registration) -> bool:
    """Whether this registration could have a seat: one is left, and its organisation has not its full quota."""
    return (settings.free is None or settings.free > 0) and not _quota_reached(settings, registration)


def may_sit_down(settings: RegistrationSettings, registration: Registration) -> bool:
    """Whether a newcomer gets a seat at once: one is free, and nobody in line could have it."""
    return is_free(settings, registration) and first_in_line(settings) is None


def first_in_line(settings: RegistrationSettings, *, leaving_out: int | None = None) -> Registration | None:
    """Who gets the next seat: the first on the waiting list whose organisation still has seats."""
    waiting = settings_waiting(settings).exclude(pk=leaving_out or 0)
    if settings.quota is not None:
        waiting = waiting.exclude(organisation_key__in=_full_organisations(settings))
    return waiting.first()


def settings_waiting(settings: RegistrationSettings) -> RegistrationQuerySet:
    """The event's waiting list in order."""
    return Registration.objects.filter(event=settings.event_id).waiting()


def place_in_line(registration: Registration) -> int:
    """How many are in line up to and including this one."""
    ahead = Registration.objects.filter(event=registration.event_id).waiting()
    return ahead.filter(waiting_number__lte=registration.waiting_number).count()


def seat(settings: RegistrationSettings, registration: Registration, *, held: bool) -> None:
    """Give the seat or take it back, in the event and in the sessions that were chosen. The caller saves both rows."""
    if registration.seat == held:
        return
    registration.seat = held
    settings.taken += 1 if held else -1
    if registration.pk:
        seat_sessions(registration)


def seat_sessions(registration: Registration) -> None:
    """Hold the sessions that were chosen as far as they have seats, or let them go with the registration's own."""
    for chosen in registration.chosen_sessions.select_related("places").order_by("places"):
        wanted = registration.seat and (chosen.seat or not chosen.places.full)
        if wanted != chosen.seat:
            _seat_session(chosen, held=wanted)


def choose_sessions(registration: Registration, wanted: Iterable[SessionPlaces]) -> None:
    """Replace what was chosen; seats of sessions follow."""
    keep = {each.pk for each in wanted}
    for chosen in registration.chosen_sessions.select_related("places"):
        if chosen.places_id in keep:
            keep.remove(chosen.places_id)
            continue
        if chosen.seat:
            _seat_session(chosen, held=False)
        chosen.delete()
    ChosenSession.objects.bulk_create(ChosenSession(registration=registration, places_id=each) for each in sorted(keep))
    seat_sessions(registration)


def _seat_session(chosen: ChosenSession, *, held: bool) -> None:
    chosen.places.taken += 1 if held else -1
    chosen.places.save(update_fields=["taken"])
    chosen.seat = held
    chosen.save(update_fields=["seat"])
    if not held:
        _pass_session_on(chosen)


def _pass_session_on(left: ChosenSession) -> None:
    """A seat in a session goes to whoever came first of those who wished for it and are seated at the event."""
    wishes = ChosenSession.objects.filter(places=left.places, seat=False, registration__seat=True).exclude(pk=left.pk)
    following = wishes.select_related("places").order_by("registration__registered_at", "pk").first()
    if following and not following.places.full:
        _seat_session(following, held=True)


def _quota_reached(settings: RegistrationSettings, registration: Registration) -> bool:
    if settings.quota is None or not registration.organisation_key:
        return False
    others = Registration.objects.filter(event=settings.event_id, organisation_key=registration.organisation_key)
    return others.seated().exclude(pk=registration.pk).count() >= settings.quota


def _full_organisations(settings: RegistrationSettings) -> list[str]:
    seated = Registration.objects.filter(event=settings.event_id).seated().exclude(organisation_key="")
    counted = seated.order_by().values("organisation_key").annotate(count=Count("pk"))
    return [each["organisation_key"] for each in counted if each["count"] >= (settings.quota or 0)]
