"""Releases at a time: planned by an officer, made by the clock, once, whatever processes run and die meanwhile."""

import datetime as dt
import logging
import re
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from events import labels, permissions
from events.bilingual import LANGUAGES, pick, texts
from events.mail import promise_message
from events.models import Event, PlannedRelease, ProgrammeRelease

from .verbs import release_programme

logger = logging.getLogger(__name__)

#: A time beyond this is mistyped.
AT_MOST = dt.timedelta(days=400)
#: So often a release is tried that fails for no reason that an officer could mend.
ATTEMPTS = 5
LETTER = "planned_release"
#: What a session's key can be; PostgreSQL refuses some of what else a form may bring.
_KEY = re.compile(r"[a-z0-9]{1,12}")


def schedule_release(
    *,
    event: Event,
    by: User,
    at: dt.datetime,
    note_tr: str = "",
    note_en: str = "",
    held: Iterable[str] = (),
) -> PlannedRelease:
    """Plan that what stands in the working programme at that instant becomes public then.

    An earlier plan of the event is replaced. ``held`` are keys of sessions that keep their last released state.
    """
    permissions.require(permissions.may_release(by))
    now = timezone.now()
    if at <= now:
        raise ValidationError({"at": _("This time is over. Choose a later one.")})
    if at > now + AT_MOST:
        raise ValidationError({"at": _("Check the year.")})
    with transaction.atomic():
        event = _lock(event.pk)
        keys = sorted({key for key in held if _KEY.fullmatch(key)})
        planned = {"due_at": at, "note_tr": note_tr, "note_en": note_en, "held": keys, "planned_by": by}
        plan, _made = PlannedRelease.objects.update_or_create(
            event=event, defaults={**planned, "attempts": 0, "refused": ""}
        )
        log(instance=event, action="events.schedule_release", user=by, data={"at": at.isoformat()})
    return plan


def unschedule_release(*, event: Event, by: User | None) -> bool:
    """Take the plan of an event away; False where there is none, because it was made or taken away before."""
    permissions.require(permissions.may_release(by))
    with transaction.atomic():
        event = _lock(event.pk)
        number, _rows = PlannedRelease.objects.filter(event=event).delete()
        if number:
            log(instance=event, action="events.unschedule_release", user=by)
    return bool(number)


def release_due_plans() -> int:
    """Make every release whose time has come; gives how many were made. Any number of processes may call it."""
    due = _due().order_by("due_at", "pk")
    return sum(_try(pk, event) for pk, event in list(due.values_list("pk", "event_id")))


def _due() -> QuerySet[PlannedRelease]:
    """What the clock has to do; what was planned anew meanwhile has the same row and is none of these."""
    return PlannedRelease.objects.filter(due_at__lte=timezone.now(), refused="")


def _lock(pk: int) -> Event:
    return Event.objects.select_for_update(of=("self",)).get(pk=pk)


def _try(pk: int, event: int) -> bool:
    try:
        with transaction.atomic():
            return _make(pk, event)
    except (ValidationError, PermissionDenied) as error:
        reasons = error.messages if isinstance(error, ValidationError) else [str(error)]
        _refuse(pk, " ".join(str(each) for each in reasons))
    except Exception:  # whatever goes wrong with one event must not keep the others waiting
        logger.exception("the planned release of event %s could not be made", event)
        _count(pk)
    return False


def _make(pk: int, event_pk: int) -> bool:
    """Release and forget the plan in one transaction; whoever comes second finds no plan."""
    event = _lock(event_pk)
    plan = _due().filter(pk=pk).first()
    if plan is None:
        return False
    language = _language(plan.planned_by)
    with translation.override(language):
        _require_possible(plan, event)
        release = release_programme(
            event=event, by=plan.planned_by, note_tr=plan.note_tr, note_en=plan.note_en, held=plan.held
        )
    plan.delete()
    _tell(plan, release=release)
    return release is not None


def _require_possible(plan: PlannedRelease, event: Event) -> None:
    # Without a user it would be the system that releases, which may do everything.
    if plan.planned_by is None:
        raise ValidationError(_("Whoever planned it has no log-in any more."))
    if event.withdrawn_at:
        raise ValidationError(_("The event was withdrawn meanwhile."))


def _refuse(pk: int, reason: str) -> None:
    """Keep the reason with the plan and write it to the officer, in one transaction."""
    with transaction.atomic():
        plan = _due().select_related("planned_by", "event").filter(pk=pk).first()
        if plan and _due().filter(pk=pk, planned_at=plan.planned_at).update(refused=reason):
            _tell(plan, reason=reason)


def _count(pk: int) -> None:
    plan = _due().select_related("planned_by").filter(pk=pk).first()
    if plan is None:
        return
    plan.attempts += 1
    plan.save(update_fields=["attempts"])
    if plan.attempts >= ATTEMPTS:
        with translation.override(_language(plan.planned_by)):
            _refuse(pk, _("An error of the system kept it from being made. The technician finds it in the log."))


def _tell(plan: PlannedRelease, *, release: ProgrammeRelease | None = None, reason: str = "") -> None:
    """A letter to whoever planned it; to the staff where nobody has that log-in any more."""
    user, event = plan.planned_by, plan.event
    language = _language(user)
    told = {
        "title": pick(texts(event, "title"), language) or event.slug,
        "when": when_words(plan, language),
        "number": release.number if release else None,
        "reason": reason,
        "path": reverse("event_admin:release" if reason else "event_admin:home", args=[event.pk]),
    }
    for address in [user.email] if user and user.email else settings.STAFF_MAIL:
        name = user.get_full_name() if user else ""
        promise_message(LETTER, language=language, to_address=address, to_name=name, context=told, event=event)


def when_words(plan: PlannedRelease, language: str | None = None) -> str:
    """The planned time on the clocks of the event, with their zone."""
    zone = plan.event.time_zone
    return f"{labels.moment_words(plan.due_at, zone, language)}, {labels.zone_label(zone, plan.due_at, language)}"


def _language(user: User | None) -> str:
    """What the officer reads the admin in."""
    profile = UserProfile.objects.filter(user=user).first() if user else None
    wanted = (profile.preferred_language if profile else "").split("-")[0]
    return wanted if wanted in LANGUAGES else settings.LANGUAGE_CODE.split("-")[0]
