"""What a registered person reads: the state and what follows from it, the answers, the consents."""

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from events import addresses, labels
from events.forms.registration.asked import told
from events.models import Answer, PublicEvent, Question, Registration, Wording, WordingSeen
from events.models.registration.registrations import State
from events.registration.wordings import fingerprint

from .setting import Setting


@dataclass(frozen=True)
class Told:
    """A state in a few words, and what it means."""

    title: str
    text: str
    tone: str  # sea, coral or quiet, as notices have it
    open: bool = True  # whether there is still something to do


def state_words(registration: Registration, public: PublicEvent, until: str, place: int) -> Told:
    """Where a registration stands, and what to do next."""
    values = {"until": until, "place": place}
    if registration.is_active and (nothing_left := words_without_event(public)):
        return nothing_left
    title, text, tone = _words()[State(registration.state)]
    if registration.state == State.UNVERIFIED and not registration.seat:
        text = _("Press the button by %(until)s. An officer then looks at your registration.")
    if registration.state == State.CANCELLED and registration.replaced_by_id:
        text = _("Your registration is cancelled, because somebody else was named to take your place.")
    if registration.group_id and registration.state in (State.UNVERIFIED, State.OFFERED):
        title, text = _("You are registered with a group"), _("Its contact has to confirm by %(until)s.")
    return Told(title % values, text % values, tone)


def words_without_event(public: PublicEvent) -> Told | None:
    """What stands instead of any state that would still lead to an event which is off or over; else None."""
    if public.status != PublicEvent.Status.PUBLIC:
        return Told(_("The event does not take place"), _("You need not do anything."), "coral", open=False)
    last = public.ends_on or public.starts_on
    if last and last < timezone.localdate(timezone=ZoneInfo(public.time_zone)):
        return Told(
            _("The event is over"), _("What you told us is kept for its days and then erased."), "quiet", open=False
        )
    return None


def _words() -> dict[State, tuple[str, str, str]]:
    return {
        State.UNVERIFIED: (
            _("One more step: confirm your registration"),
            _("Your seat is held until %(until)s. Press the button, and it is yours."),
            "sea",
        ),
        State.REQUESTED: (
            _("Waiting for approval"),
            _("An officer looks at your registration. We will write to you."),
            "sea",
        ),
        State.CONFIRMED: (_("You are registered"), _("We look forward to seeing you."), "sea"),
        State.WAITLISTED: (
            _("You are number %(place)d on the waiting list"),
            _("As soon as a seat is free for you, we write to you and hold it for a while."),
            "sea",
        ),
        State.OFFERED: (
            _("A seat is free for you"),
            _("It is held until %(until)s. If you do not take it by then, it passes on to the next."),
            "sea",
        ),
        State.EXPIRED: (
            _("The time was over, and the seat has passed on"),
            _("While registration is open, you can register again."),
            "coral",
        ),
        State.DECLINED: (_("Your registration was not accepted"), "", "coral"),
        State.CANCELLED: (
            _("Your registration is cancelled"),
            _("While registration is open, you can register again."),
            "coral",
        ),
    }


def answer_rows(registration: Registration, setting: Setting, handle: str) -> list[tuple[Question, str, str]]:
    """What was answered, in words, on whichever form; for a file the path to it. What was not asked is left out."""
    rows = registration.answers.select_related("question").order_by("question__position", "question")
    return [(row.question, told(row.question, row.value), _file_path(row, setting, handle)) for row in rows]


def _file_path(row: Answer, setting: Setting, handle: str) -> str:
    if row.question.kind != Question.Kind.FILE:
        return ""
    return addresses.own_file_path(setting.public.slug, setting.language, handle, row.value["file"])


@dataclass(frozen=True)
class ConsentRow:
    """One consent: what it says, whether it stands, since when, and the answers that go when it is taken back.

    ``read`` is the fingerprint of the text on the page, so that nobody agrees to one that came after it.
    """

    wording: Wording
    seen: WordingSeen | None
    since: str
    answers: str
    read: str


def consent_rows(registration: Registration, setting: Setting) -> list[ConsentRow]:
    """Every consent of the event with what this person said to it last; once all is over, those that still stand."""
    last: dict[int, WordingSeen] = {}
    for each in registration.wordings_seen.select_related("version").order_by("pk"):
        last[each.version.wording_id] = each
    rows = []
    answered = list(registration.answers.exclude(question__consent=None).select_related("question"))
    for wording in setting.consents:
        seen = last.get(wording.pk)
        stands = seen is not None and seen.stands
        if not stands and not registration.is_active:
            continue
        moment = seen.agreed_at if seen is not None and stands else None
        since = labels.moment_words(moment, setting.public.time_zone, setting.language) if moment else ""
        gone = quoted(row.question for row in answered if row.question.consent_id == wording.pk)
        read = fingerprint([wording], setting.language)
        rows.append(ConsentRow(wording, seen if stands else None, since, gone, read))
    return rows


def quoted(questions: Iterable[Question]) -> str:
    """Questions in one sentence."""
    return labels.list_words([f"“{each.label}”" for each in questions])
