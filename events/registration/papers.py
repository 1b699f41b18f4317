"""Badges, certificates and lists for an officer: asked for, made by a job in a process of its own, kept for a day.

Whom a paper is about is fixed when it is asked for; what it says of them is read when it is made. A paper is deleted
when anybody of its event is erased, and none is kept that was read before an erasure and finished after it.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.documents.process import set_in_child
from events.jobs import JobRefusedError, promise_job
from events.models import Event, Job, Paper, Registration

from .places import hold
from .printing import badges_order, certificates_order, list_file, list_order

KEEP = dt.timedelta(hours=24)
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: More than that would not be set within the limits of one process.
MOST = 3000


def ask_for_paper(*, event: Event, kind: str, rows: Iterable[int], options: Mapping[str, Any], by: Any = None) -> Paper:
    """Promise a paper about these registrations of an event; ``options`` hold codes only, see ``printing``."""
    permissions.require(permissions.may_export_registrations(by))
    keys = list(rows)
    if not keys:
        raise ValidationError(_("There is nobody to print this for."))
    if len(keys) > MOST:
        raise ValidationError(_("That is too many for one paper: choose %(most)d at most.") % {"most": MOST})
    with transaction.atomic():
        paper = Paper.objects.create(
            event=event, kind=kind, options={**options, "rows": keys}, owner=by, rows=len(keys)
        )
        paper.job = promise_job("set_paper", owner=by, paper=paper.pk)
        paper.save(update_fields=["job"])
        log(instance=event, action="events.registration.print", user=by, data={"kind": kind, "rows": len(keys)})
    return paper


def set_job(job: Job) -> dict[str, Any]:
    """Make the paper that a job names, unless it is made, or gone with somebody who was erased."""
    paper = Paper.objects.select_related("event__public", "owner").filter(pk=job.payload["paper"]).first()
    if paper is None:
        return {"gone": True}
    if paper.made_at:
        return {"rows": paper.rows}
    if not permissions.may_export_registrations(paper.owner):
        raise JobRefusedError("Whoever asked for it may not have it any more.")
    rows = _rows(paper)
    body, content_type = _made(paper, rows)
    with transaction.atomic():
        hold(paper.event_id)  # an erasure holds it too: either it waits here, or we see it
        kept = Paper.objects.select_for_update().filter(pk=paper.pk).first()
        if kept is None or _keys(_rows(paper)) != _keys(rows):
            if kept is not None:
                kept.delete()
            return {"gone": True}
        kept.body, kept.content_type, kept.made_at, kept.rows = body, content_type, timezone.now(), len(rows)
        kept.save()
    return {"rows": len(rows)}


def forget_papers(event: int | None = None) -> None:
    """Delete what is older than a day; with an event, everything of it at once."""
    rows = Paper.objects.filter(event=event) if event else Paper.objects.filter(created_at__lt=timezone.now() - KEEP)
    rows.delete()


def _rows(paper: Paper) -> list[Registration]:
    rows = Registration.objects.kept().filter(event=paper.event_id, pk__in=paper.options["rows"])
    return list(
        rows.select_related("certificate", "organisation")
        .prefetch_related("check_ins__session")
        .order_by("sort_key", "pk")
    )


def _keys(rows: Collection[Registration]) -> list[int]:
    """Who is still there; what else changed meanwhile does no harm."""
    return [row.pk for row in rows]


def _made(paper: Paper, rows: list[Registration]) -> tuple[bytes, str]:
    if paper.kind == Paper.Kind.LIST and paper.options.get("form") == "xlsx":
        return list_file(paper.event, rows, paper.options), XLSX
    order = {
        Paper.Kind.BADGES: badges_order,
        Paper.Kind.CERTIFICATES: certificates_order,
        Paper.Kind.LIST: list_order,
    }[Paper.Kind(paper.kind)]
    return set_in_child(order(paper.event, rows, paper.options)), PDF
