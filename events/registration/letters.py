"""What registered people are written, in their language, in the transaction that it tells of."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Concat
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events import addresses, ical, labels, mail
from events.bilingual import LANGUAGES, pick, texts
from events.links import issue_link, key_of
from events.models import (
    ChosenSession,
    Message,
    PublicEvent,
    Registration,
    RegistrationGroup,
    RegistrationSettings,
)
from events.models.registration.registrations import ACTIVE, State

from .changes import Change, told
from .chosen_words import chosen_sessions
from .entries import session_entries
from .facts import facts_of, when_of, where_of
from .keys import person_key, spelled
from .opening import is_to_come
from .own_words import Words, words_for
from .places import place_in_line, public_event
from .sessions import sessions_of
from .timings import TIMED
from .wording import ABOUT_LINKS, BUTTONS, name_of

#: So many letters that somebody else may cause go to one address in an hour; further first ones wait, others are dropped.
MOST_AN_HOUR = 3
#: Letters that anybody could cause by typing an address into a form.
CAUSED = tuple(
    f"registration_{group}{name}" for group in ("", "group_") for name in ("link", "unverified", "waitlisted")
)
LINK = "registration"
#: What the link is for with which a new address is confirmed, and the letter that has it; it opens nothing else.
NEW_ADDRESS, PROVING = "address", "registration_new_address"
_HOUR = dt.timedelta(hours=1)
#: What somebody's calendar says by now: the entry is struck out there, or there is none and the person knows that
#: the event waited for is off.
STRUCK_OUT, CALLED_OFF = "cancelled", "called off"
#: These show the code for the entrance.
_WITH_CODE = (State.CONFIRMED, "reminder", "last_reminder")
#: So much of the fingerprint of an entry is about the event's days and place, the rest about its hours.
_CORE = 16
#: Of an event that is off, whoever has or hopes for a seat is told that and nothing else.
OFF = {
    State.CONFIRMED: "called_off",
    **dict.fromkeys((State.REQUESTED, State.WAITLISTED, State.OFFERED), "called_off_waiting"),
}
#: Letters after which the event is in nobody's calendar any more.
_GONE = (State.CANCELLED, State.DECLINED, State.WAITLISTED, "replaced")


def tell_state(settings: RegistrationSettings, registration: Registration, *, also: str = "") -> None:
    """Tell the person where the registration stands, with the calendar entry that goes with it.

    Members of a group hear nothing before they are confirmed: until then their address is only what somebody typed.
    ``also`` names a letter whose words go into this one.
    """
    if registration.group_id and registration.state != State.CONFIRMED and not registration.invited_as:
        return
    replaced = registration.state == State.CANCELLED and registration.replaced_by_id is not None
    _write(settings, registration, "replaced" if replaced else registration.state, also=also)


def ask_details(settings: RegistrationSettings, registration: Registration) -> None:
    """Ask who is confirmed for the details that are still missing."""
    _write(settings, registration, "details")


def tell_news(settings: RegistrationSettings, registration: Registration, changes: Sequence[Change]) -> bool:
    """One letter on all that releases changed for this person: the event itself, and what is on the agenda.

    False where there is nothing to tell. That the event begins or ends at another hour is no news by itself: it
    does so because sessions moved, and who has those is told. Its entry comes along with that letter.
    """
    public = public_event(settings.event)
    if public is None:
        return False
    moved = _moved(public, registration)
    if public.status != PublicEvent.Status.PUBLIC:
        return _tell_off(settings, registration)
    if moved or changes:
        _write(settings, registration, "changed" if moved else "agenda", changes=changes)
    return moved or bool(changes)


def _moved(public: PublicEvent, registration: Registration) -> bool:
    """Whether the event is on other days or at another place than the person's calendar says."""
    invited = registration.invited_as
    return bool(invited) and invited[:_CORE] != entry_of(public)[:_CORE]


def _tell_off(settings: RegistrationSettings, registration: Registration) -> bool:
    """Tell who is confirmed that the event is off, once, also where no letter has brought an entry yet."""
    if registration.invited_as == STRUCK_OUT:
        return False
    _write(settings, registration, "called_off")
    if not registration.invited_as:
        _remember(registration, STRUCK_OUT)
    return True


def tell_called_off(settings: RegistrationSettings, registration: Registration) -> bool:
    """Tell who waits for a seat that the event is off, once; there is no calendar entry to strike out."""
    public = public_event(settings.event)
    if public is None or public.status == PublicEvent.Status.PUBLIC or registration.invited_as == CALLED_OFF:
        return False
    _write(settings, registration, "called_off_waiting")
    _remember(registration, CALLED_OFF)
    return True


def tell_new_address(settings: RegistrationSettings, registration: Registration) -> None:
    """Where it stands, for an address that has had no letter yet: with the link, and the calendar entry as it is."""
    if registration.group_id and registration.state != State.CONFIRMED:
        return
    _write_again(settings, registration)


def send_link(settings: RegistrationSettings, registration: Registration) -> bool:
    """The link once more, to whoever lost it; False where the address had its letters for this hour."""
    if _recent(registration).count() >= MOST_AN_HOUR:
        return False
    _write(settings, registration, "link")
    return True


def resend(settings: RegistrationSettings, registration: Registration) -> None:
    """What was told last, once more: an officer decided it."""
    _write_again(settings, registration, forced=True)


def _write_again(settings: RegistrationSettings, registration: Registration, *, forced: bool = False) -> None:
    """Where it stands by now, and the details that are still missing and can be told; or that the event is off.

    What changed and waits to be told goes first: the entry that comes with this letter would swallow the news.
    """
    public = public_event(settings.event)
    if public and public.status != PublicEvent.Status.PUBLIC and registration.state in OFF:
        _write(settings, registration, OFF[State(registration.state)], forced=forced)
        return
    if public and registration.state == State.CONFIRMED and _moved(public, registration):
        _write(settings, registration, "changed", forced=forced)
    also = "details" if registration.details_due and is_to_come(settings) else ""
    _write(settings, registration, registration.state, anew=False, forced=forced, also=also)


def tell_timed(
    settings: RegistrationSettings, registration: Registration, letter: str, *, useless_at: dt.datetime | None
) -> Message | None:
    """A reminder or the thanks; not sent after ``useless_at``."""
    return _write(settings, registration, letter, useless_at=useless_at)


def tell_session_seats(settings: RegistrationSettings, passed_on: Iterable[ChosenSession]) -> None:
    """Tell those to whom a seat in a session that is to come passed on that it is theirs: one letter each."""
    places: dict[int, set[int]] = {}
    for chosen in passed_on:
        places.setdefault(chosen.registration_id, set()).add(chosen.places_id)
    if not places:
        return
    for row in Registration.objects.filter(pk__in=places, state=State.CONFIRMED).order_by("pk"):
        row.event = settings.event
        public = public_event(settings.event)
        offered = sessions_of(public, row.language) if public else []
        words = [each.told for each in offered if each.pk in places[row.pk] and not each.begun]
        if words:
            _write(settings, row, "session_seat", sessions=words)


def tell_decision(
    settings: RegistrationSettings, registration: Registration, *, accepted: bool, reason: str = ""
) -> None:
    """What became of a request for a change, and why not."""
    _write(settings, registration, "change_accepted" if accepted else "change_refused", reason=reason)


def link_of(message: Message) -> str:
    """The address behind ``{{link:registration}}`` at the moment of sending: of what stands, else of what ended last.

    An address may have moved onto that of a later registration, which has ended. A reminder or thanks that waited until the person cancelled or the event was called off is needed no more.
    """
    rows = Registration.objects.filter(event=message.event, person_key=message.person_key).select_related(
        "event__public"
    )
    registration = rows.order_by(Case(When(state__in=ACTIVE, then=0), default=1), "-pk").first()
    if registration is None or public_event(registration.event) is None:
        raise mail.LetterRefusedError("There is no such registration any more.")
    if person_key(message.to_address) != registration.person_key:
        # The link is for whoever reads this address, which is somebody else's by now.
        raise mail.LetterRefusedError("The registration has another address by now.")
    if message.letter.removeprefix("registration_") in TIMED and not _is_coming(registration):
        raise mail.LetterNotNeededError(mail.NOT_NEEDED)
    return addresses.absolute(path_of(registration, message.language))


def _is_coming(registration: Registration) -> bool:
    public = public_event(registration.event)
    takes_place = public is not None and public.status == PublicEvent.Status.PUBLIC
    return takes_place and registration.state == State.CONFIRMED


def path_of(registration: Registration, language: str) -> str:
    """The path that opens somebody's registration, with its key."""
    slug = registration.event.public.slug
    return addresses.open_registration_path(slug, language, key_of(issue_link(target=registration, purpose=LINK)))


def write_words(
    settings: RegistrationSettings, registration: Registration, letter: str, words: Words, **options: Any
) -> Message | None:
    """A letter in words of its own, with the facts and the link of all the others. In the caller's transaction."""
    return _write(settings, registration, letter, words=words, **options)


def _write(
    settings: RegistrationSettings,
    registration: Registration,
    letter: str,
    *,
    anew: bool = True,
    forced: bool = False,
    also: str = "",
    words: Words | None = None,
    useless_at: dt.datetime | None = None,
    changes: Sequence[Change] = (),
    **more: Any,
) -> Message | None:
    """``forced``: an officer sends it, also to an address that takes no mail as far as we know. ``changes`` are
    told with their calendar entries; ``more`` goes into the letter's template.
    """
    public = public_event(settings.event)
    if not registration.email or public is None:
        return None
    calendar = _calendar(public, registration, letter, anew=anew) + "".join(
        session_entries(public, registration, changes, gone=letter == "called_off" or letter in _GONE)
    )
    with translation.override(registration.language):
        more["changes"] = [asdict(each) for each in told(changes, public.time_zone, registration.language)]
        context = context_of(settings, public, registration, letter, words, also=also) | more
    return mail.promise_message(
        f"registration_{letter}",
        template="registration",
        language=registration.language,
        to_address=registration.email,
        to_name=registration.name,
        event=settings.event,
        person_key=registration.person_key,
        context=context,
        calendar=calendar,
        qr=registration.code.upper() if letter in _WITH_CODE else "",
        due_at=_due(registration, letter),
        useless_at=useless_at,
        withheld=mail.ADDRESS if registration.address_refused_at and not forced else "",
    )


def context_of(
    settings: RegistrationSettings,
    public: PublicEvent,
    registration: Registration,
    letter: str,
    words: Words | None = None,
    *,
    also: str = "",
) -> dict[str, Any]:
    """What the template of the letters is filled with; call it with the person's language active."""
    language = registration.language
    values = _values(public, registration)
    confirmed = letter == State.CONFIRMED
    shows_code = letter in _WITH_CODE
    named = name_of(_words_for(registration, letter), approval=settings.approval)
    said = words or words_for(settings.event_id, named, language)
    subject, paragraphs = said.filled(values)
    if also:
        paragraphs += words_for(settings.event_id, also, language).filled(values)[1]
    return {
        "language": language,
        "subject": subject,
        "name": registration.name,
        "paragraphs": paragraphs,
        "reason": "" if letter in ABOUT_LINKS else registration.reason,  # another address is told nothing of it
        "thanks": pick(texts(settings, "thanks"), language) if confirmed else "",
        "facts": facts_of(public, language),
        "chosen": chosen_sessions(public, registration, letter),
        "event_title": values["event"],
        "event_url": addresses.event_url(public.slug, language),
        "button": BUTTONS.get(also or letter, _("Open your registration")),
        "link": "{{link:registration}}",
        "about_link": ABOUT_LINKS.get(letter, ""),
        "code": registration.code.upper() if shows_code else "",
    }


def _values(public: PublicEvent, registration: Registration) -> dict[str, str]:
    """What stands in a letter where its words have a placeholder."""
    language, zone = registration.language, public.time_zone
    until = labels.deadline_words(registration.held_until, zone, language) if registration.held_until else ""
    return {
        "event": str(pick(texts(public, "title"), language)) or public.slug,
        "until": until,
        "place": str(place_in_line(registration) or 1) if registration.waiting_number else "",
        "state": registration.get_state_display(),
        "name": registration.name,
        "organisation": registration.organisation_name,
        "date": when_of(public, language),
        "venue": where_of(public, language),
        "code": registration.code.upper(),
        "contact": registration.group.name if registration.group else registration.name,
        "count": str(registration.group.active_members.count()) if registration.group else "1",
    }


def _words_for(registration: Registration, letter: str) -> str:
    """Whoever was entered by somebody else is told so with the first letter."""
    if letter == State.CONFIRMED and registration.source == Registration.Source.SUBSTITUTE:
        return "substitute"
    return "member" if letter == State.CONFIRMED and registration.group_id else letter


def _calendar(public: PublicEvent, registration: Registration, letter: str, *, anew: bool) -> str:
    """The entry that a letter brings, changes or strikes out; remembers what the person's calendar says by then."""
    invited = registration.invited_as not in ("", STRUCK_OUT, CALLED_OFF)
    gone = letter == "called_off" or (letter in _GONE and invited)
    late = letter == "agenda" and invited and registration.invited_as != entry_of(public)
    if not gone and not late and letter not in (State.CONFIRMED, "changed"):
        return ""
    if gone and not invited:
        return ""
    if registration.invited_as and (anew or registration.invited_as != entry_of(public)):
        registration.sequence += 1
    _remember(registration, STRUCK_OUT if gone else entry_of(public))
    return ical.invitation(public, registration, cancelled=gone)


def _remember(registration: Registration, said: str) -> None:
    """Write down what the person's calendar says by now, at once: the caller may have saved the row before."""
    registration.invited_as = said
    Registration.objects.filter(pk=registration.pk).update(sequence=registration.sequence, invited_as=said)


def entry_of(public: PublicEvent) -> str:
    """What makes a calendar entry another one: days, zone, place and whether it takes place, then the hours."""
    places = [getattr(public, f"place_{language}") for language in LANGUAGES]
    core = [public.starts_on, public.ends_on, public.time_zone, public.status, *places]
    hours = [public.starts_at, public.ends_at]
    return "".join(hashlib.sha256(repr(each).encode()).hexdigest()[:_CORE] for each in (core, hours))


def is_crowded(address: str) -> bool:
    """Whether an address has had its letters for this hour."""
    own = Q(person_key=person_key(address)) & ~Q(letter=PROVING)
    same = own | Q(to_address__iexact=address) | proving(address)
    return bool(address) and Message.objects.filter(same, due_at__gt=timezone.now() - _HOUR).count() >= MOST_AN_HOUR


def refuse_crowded(address: str) -> None:
    """Refuse to write to an address that somebody else typed, where it has had its letters for this hour."""
    if is_crowded(address):
        raise ValidationError({"email": _("This address had several letters within an hour. Try again later.")})


def _recent(registration: Registration) -> Any:
    """Letters of the last hour to this address that anybody could have caused by typing it into a form."""
    if not registration.email:
        return Message.objects.none()
    # Letters to the contact of a group stand under the group's code.
    groups = RegistrationGroup.objects.filter(person_key=registration.person_key)
    same = Q(person_key=registration.person_key) | Q(person_key__in=groups.values(key=Concat(Value("~"), "code")))
    caused = (same & Q(letter__in=CAUSED)) | proving(registration.email)
    return Message.objects.filter(caused, due_at__gt=timezone.now() - _HOUR)


def proving(address: str) -> Q:
    """Letters to an address that somebody gave as a new one; they stand under that person's key."""
    return Q(letter=PROVING, to_address__iexact=spelled(address))


def _due(registration: Registration, letter: str) -> dt.datetime:
    """At once; the letters after a registration wait where the address has had its letters for this hour."""
    now = timezone.now()
    if letter not in (State.UNVERIFIED, State.WAITLISTED):
        return now
    recent = list(_recent(registration).order_by("-due_at").values_list("due_at", flat=True)[:MOST_AN_HOUR])
    return max(now, recent[-1] + _HOUR) if len(recent) == MOST_AN_HOUR else now
