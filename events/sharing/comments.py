"""What hosts say of a working programme: kept with a letter to the officer, done and open again."""

import datetime as dt

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.mail import promise_message
from events.models import HostComment, ProgrammeShare, Session

#: Who presses twice says it once.
_SAME = dt.timedelta(hours=1)


def add_comment(*, share: ProgrammeShare, name: str, text: str, session: Session | None = None) -> HostComment:
    """Keep what a host said, and promise a letter to whoever shared the programme; both or neither."""
    if not share.may_comment or not share.link.is_open:
        raise ValidationError(_("This link does not take comments any more."))
    with transaction.atomic():
        share = ProgrammeShare.objects.select_for_update().get(pk=share.pk)
        recent = share.comments.filter(session=session, name=name, text=text, created_at__gt=timezone.now() - _SAME)
        known = recent.first()
        if known:
            return known
        comment = HostComment(share=share, session=session, name=name, text=text)
        comment.about = str(session)[:300] if session else ""
        comment.full_clean()
        comment.save()
        _tell(comment)
    return comment


def finish_comment(*, comment: HostComment, by: User | None) -> None:
    """Say that a comment needs nothing more."""
    _mark(comment, by, done=True)


def reopen_comment(*, comment: HostComment, by: User | None) -> None:
    """Say that there is something left to do after all."""
    _mark(comment, by, done=False)


def _mark(comment: HostComment, by: User | None, *, done: bool) -> None:
    permissions.require(permissions.may_edit_programme(by))
    with transaction.atomic():
        rows = HostComment.objects.filter(pk=comment.pk, done_at__isnull=done)
        if rows.update(done_at=timezone.now() if done else None, done_by=by if done else None):
            action = "events.finish_comment" if done else "events.reopen_comment"
            log(instance=comment.share.event, action=action, user=by, data={"comment": comment.pk})


def _tell(comment: HostComment) -> None:
    """A letter without the comment itself: that stands in one place, and goes from there."""
    share = comment.share
    officer = share.created_by if share.created_by and share.created_by.is_active else None
    address = (officer.email if officer else "") or share.event.contact_email
    if not address:
        return
    language = _language_of(officer)
    with translation.override(language):
        context = {"event": str(share.event), "host": share.host, "pk": share.event_id}
    promise_message("host_comment", language=language, to_address=address, context=context, event=share.event)


def _language_of(officer: User | None) -> str:
    profile = getattr(officer, "wagtail_userprofile", None)
    preferred = getattr(profile, "preferred_language", "")
    return preferred if preferred in {"tr", "en"} else "tr"
