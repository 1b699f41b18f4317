"""What the contact of a group is written: where the group stands, and what members without an address should hear."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from events import addresses, labels, mail
from events.bilingual import pick, texts
from events.links import issue_link, key_of
from events.models import Message, PublicEvent, Registration, RegistrationGroup, RegistrationSettings
from events.models.registration.registrations import State
from events.registration.facts import facts_of, when_of, where_of
from events.registration.keys import person_key
from events.registration.letters import CALLED_OFF, CAUSED, MOST_AN_HOUR, OFF, entry_of, proving
from events.registration.own_words import words_for
from events.registration.places import place_in_line, public_event
from events.registration.wording import BUTTONS, name_of

LINK = "group"
_HOUR = dt.timedelta(hours=1)


def tell_state(settings: RegistrationSettings, group: RegistrationGroup, *, forced: bool = False) -> None:
    """Tell the contact where the group stands. ``forced``: also at an address that takes no mail as far as we know."""
    public = public_event(settings.event)
    if public and public.status != PublicEvent.Status.PUBLIC and group.state in OFF:
        _write(settings, group, OFF[State(group.state)], forced=forced)
        return
    if forced and group.state == State.CONFIRMED:
        tell_event_changed(settings, group, forced=True)  # else it would count as told by this letter
    _write(settings, group, group.state, forced=forced)
    if public and group.state == State.CONFIRMED:
        group.told_as = entry_of(public)
        group.save(update_fields=["told_as"])


def tell_event_changed(settings: RegistrationSettings, group: RegistrationGroup, *, forced: bool = False) -> bool:
    """Tell the contact for members without an address that the event is at another time or place, or called off."""
    public = public_event(settings.event)
    if public is None or not group.told_as or group.told_as == entry_of(public):
        return False
    group.told_as = entry_of(public)
    group.save(update_fields=["told_as"])
    if not group.active_members.filter(email="").exists():
        return False
    _write(settings, group, "changed" if public.status == PublicEvent.Status.PUBLIC else "called_off", forced=forced)
    return True


def tell_called_off(settings: RegistrationSettings, group: RegistrationGroup) -> bool:
    """Tell the contact of a group that waits for seats that the event is off, once."""
    public = public_event(settings.event)
    if public is None or public.status == PublicEvent.Status.PUBLIC or group.told_as == CALLED_OFF:
        return False
    group.told_as = CALLED_OFF
    group.save(update_fields=["told_as"])
    _write(settings, group, "called_off_waiting")
    return True


def tell_member_added(settings: RegistrationSettings, group: RegistrationGroup) -> None:
    """The list as it is by now, with the codes of those without an address."""
    _write(settings, group, "members")


def tell_members_left(settings: RegistrationSettings, group: RegistrationGroup, left: Sequence[Registration]) -> None:
    """Whom an officer took out of the group, and why; what became of the group stands in a letter of its own."""
    if left and group.is_active:
        with translation.override(group.language):
            names = "\n".join(f"{each.name}: {each.get_state_display()}" for each in left)
        _write(settings, group, "left", more=[names], reason=left[0].reason)


def send_link(settings: RegistrationSettings, group: RegistrationGroup) -> bool:
    """The link once more; False where the address had its letters for this hour."""
    if _recent(group).count() >= MOST_AN_HOUR:
        return False
    _write(settings, group, "link")
    return True


def link_of(message: Message) -> str:
    """The address behind ``{{link:group}}`` at the moment of sending."""
    groups = RegistrationGroup.objects.filter(event=message.event, code=message.person_key.removeprefix("~"))
    group = groups.select_related("event__public").first() if message.person_key else None
    if group is None or group.erased_at or public_event(group.event) is None:
        raise mail.LetterRefusedError("There is no such group any more.")
    if person_key(message.to_address) != group.person_key:
        # The link is for whoever reads this address, which is somebody else's by now.
        raise mail.LetterRefusedError("The group has another address by now.")
    return addresses.absolute(path_of(group, message.language))


def path_of(group: RegistrationGroup, language: str) -> str:
    """The path that opens a group's page for its contact, with its key."""
    key = key_of(issue_link(target=group, purpose=LINK))
    return addresses.open_group_path(group.event.public.slug, language, key)


def message_key(group: RegistrationGroup) -> str:
    """Under what key letters to the contact stand in the outbox."""
    return f"~{group.code}"


def _write(
    settings: RegistrationSettings,
    group: RegistrationGroup,
    letter: str,
    *,
    forced: bool = False,
    more: Sequence[str] = (),
    reason: str = "",
) -> None:
    public = public_event(settings.event)
    if not group.email or public is None:
        return
    with translation.override(group.language):
        context = _context(settings, public, group, letter)
    context["paragraphs"] += more
    context["reason"] = reason or context["reason"]
    mail.promise_message(
        f"registration_group_{letter}",
        template="registration",
        language=group.language,
        to_address=group.email,
        to_name=group.name,
        event=settings.event,
        person_key=message_key(group),
        context=context,
        due_at=_due(group, letter),
        withheld=mail.ADDRESS if group.address_refused_at and not forced else "",
    )


def _context(
    settings: RegistrationSettings, public: PublicEvent, group: RegistrationGroup, letter: str
) -> dict[str, Any]:
    told = words_for(settings.event_id, name_of(f"group_{letter}", approval=settings.approval), group.language)
    values = _values(public, group, letter)
    subject, paragraphs = told.filled(values)
    if letter in (State.CONFIRMED, "members", "changed"):
        paragraphs += _codes(group)
    if group.left_out and letter in (State.UNVERIFIED, State.WAITLISTED, State.REQUESTED, State.CONFIRMED):
        paragraphs.append(_("Some of those whom you entered are registered already. Your page names them."))
    return {
        "language": group.language,
        "subject": subject,
        "name": group.name,
        "paragraphs": paragraphs,
        "reason": group.reason,
        "facts": facts_of(public, group.language),
        "event_title": values["event"],
        "event_url": addresses.event_url(public.slug, group.language),
        "button": BUTTONS.get(f"group_{letter}", _("Open your group")),
        "link": "{{link:group}}",
        "about_link": _("With this link you see your group and change or cancel it. Do not pass it on."),
    }


def _values(public: PublicEvent, group: RegistrationGroup, letter: str) -> dict[str, str]:
    until = labels.deadline_words(group.held_until, public.time_zone, group.language) if group.held_until else ""
    first = group.active_members.filter(waiting_number__isnull=False).order_by("waiting_number").first()
    return {
        "event": str(pick(texts(public, "title"), group.language)) or public.slug,
        "until": until,
        "place": str(place_in_line(first)) if first and letter == State.WAITLISTED else "",
        "state": group.get_state_display(),
        "count": str(group.active_members.count()),
        "name": group.name,
        "contact": group.name,
        "organisation": group.organisation_name,
        "date": when_of(public, group.language),
        "venue": where_of(public, group.language),
        "code": group.code.upper(),
    }


def _codes(group: RegistrationGroup) -> list[str]:
    """Names and codes of those who get no letter of their own."""
    without = list(group.active_members.filter(email=""))
    if not without:
        return []
    told = _("These members have no address of their own. Please pass on to each of them the code for the entrance:")
    return [told, "\n".join(f"{each.name}: {each.code.upper()}" for each in without)]


def _recent(group: RegistrationGroup) -> Any:
    """Letters of the last hour to the contact's address that anybody could have caused."""
    same = Q(person_key=message_key(group)) | Q(to_address__iexact=group.email)
    if group.email:
        same |= Q(person_key=person_key(group.email))
    caused = (same & Q(letter__in=CAUSED)) | proving(group.email)
    return Message.objects.filter(caused, due_at__gt=timezone.now() - _HOUR)


def _due(group: RegistrationGroup, letter: str) -> dt.datetime:
    """At once; the letters after a registration wait where the address has had its letters for this hour."""
    now = timezone.now()
    if letter not in (State.UNVERIFIED, State.WAITLISTED):
        return now
    recent = list(_recent(group).order_by("-due_at").values_list("due_at", flat=True)[:MOST_AN_HOUR])
    return max(now, recent[-1] + _HOUR) if len(recent) == MOST_AN_HOUR else now
