"""Sharing a working programme with a host, ending that, and forgetting what ended."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.links import KEEP_ENDED, issue_link, key_of, revoke_link
from events.models import Event, Link, ProgrammeShare
from events.models.sharing import DRAFT

#: No link to a programme that is not public lasts longer.
LONGEST = dt.timedelta(days=366)


def share_programme(
    *,
    event: Event,
    by: User | None,
    host: str,
    last_day: dt.date,
    language: str = "tr",
    may_comment: bool = True,
    drafts: bool = True,
    restricted: bool = False,
) -> ProgrammeShare:
    """Make a link by which a host sees the working programme, until the end of ``last_day`` where the event is.

    ``drafts`` shows sessions that no release would have yet, ``restricted`` those that are not for the public.
    """
    permissions.require(permissions.may_share(by))
    expires_at = _end_of(last_day, event)
    with transaction.atomic():
        share = ProgrammeShare(event=event, host=host, language=language, may_comment=may_comment, created_by=by)
        share.drafts, share.restricted = drafts, restricted
        share.full_clean()
        share.save()
        issue_link(target=share, purpose=DRAFT, expires_at=expires_at)
        log(instance=event, action="events.share", user=by, data={"share": share.pk})
    return share


def revoke_share(*, share: ProgrammeShare, by: User | None) -> None:
    """End a link at once. The comments stay until they are forgotten with it."""
    permissions.require(permissions.may_share(by))
    with transaction.atomic():
        revoke_link(link=share.link)
        log(instance=share.event, action="events.revoke_share", user=by, data={"share": share.pk})


def share_key(share: ProgrammeShare) -> str:
    """The key of a link, to show it again."""
    return key_of(share.link)


def last_day(share: ProgrammeShare) -> dt.date | None:
    """The last day on which a link opens, where the event is."""
    end = share.link.expires_at
    return (end - dt.timedelta(microseconds=1)).astimezone(ZoneInfo(share.event.time_zone)).date() if end else None


def forget_ended_shares() -> None:
    """Links that ended a month ago, with what was said through them: its purpose has ended."""
    before = timezone.now() - KEEP_ENDED
    ended = Q(expires_at__lt=before) | Q(revoked_at__lt=before)
    kept = Link.objects.filter(purpose=DRAFT).exclude(ended)
    # Also those whose link was forgotten already.
    ProgrammeShare.objects.exclude(pk__in=kept.values_list("object_id", flat=True)).delete()


def _end_of(last_day: dt.date, event: Event) -> dt.datetime:
    zone = ZoneInfo(event.time_zone)
    today = timezone.localdate(timezone=zone)
    if not today <= last_day <= today + LONGEST:
        raise ValidationError({"last_day": _("Choose a day from today on, at most a year ahead.")})
    return dt.datetime.combine(last_day + dt.timedelta(days=1), dt.time(), zone)
