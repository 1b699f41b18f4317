"""The printed programme: kept ones are sent as they are; what is not ready yet says so and comes by itself."""

from datetime import timedelta

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import addresses
from events.bilingual import active_language
from events.documents import store
from events.documents.process import REASONS
from events.jobs import promise_job
from events.models import FormerSlug, Job, PublicEvent
from events.renderings import Current, current_bytes, find_current

from .stored import is_known, tag

_NAMES = {"tr": "program", "en": "programme", "tr-en": "program-programme"}
RETRY_SECONDS = 5
# How long a failure stands before somebody who asks has it tried again.
_FAILURE_STANDS = timedelta(hours=1)


@require_safe
def programme_pdf(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The released programme as PDF; ``language`` is tr, en or tr-en."""
    current = _find(slug, language)
    if current and current.status != PublicEvent.Status.WITHDRAWN:
        if is_known(request, current.etag):
            return _headed(HttpResponse(status=304), current.etag)
        if (body := current_bytes(current, gzip=False)) is not None:
            return _pdf(body, current.etag, f"{slug}-{_NAMES[language]}.pdf")
    event = _event(slug)
    if event.status == PublicEvent.Status.WITHDRAWN:
        return render(request, "410.html", status=410)
    return _not_ready(request, event, language)


def _find(slug: str, language: str) -> Current | None:
    return find_current(slug, store.KIND, language, store.RENDERER)


def _event(slug: str) -> PublicEvent:
    """The public event at this address or the one that had it before."""
    former = FormerSlug.objects.filter(slug=slug).values("event")
    found = PublicEvent.objects.filter(slug=slug).first() or PublicEvent.objects.filter(event__in=former).first()
    if found is None:
        raise Http404
    return found


def _pdf(body: bytes, etag: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Content-Length"] = str(len(body))
    return _headed(response, etag)


def _headed(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = tag(etag, gzip=False)
    response["Cache-Control"] = "public, no-cache"
    return response


def _not_ready(request: HttpRequest, event: PublicEvent, language: str) -> HttpResponse:
    """Somebody at a former address gets the document too; else it is being made, or could not be."""
    current = _find(event.slug, language)
    if current and (body := current_bytes(current, gzip=False)) is not None:
        if is_known(request, current.etag):
            return _headed(HttpResponse(status=304), current.etag)
        return _pdf(body, current.etag, f"{event.slug}-{_NAMES[language]}.pdf")
    job = _job(event, language)
    failed = job.state == Job.State.FAILED
    context = {
        "event": event,
        "programme": addresses.programme_path(event.slug, active_language()),
        "reason": _reason(job) if failed else "",
        "seconds": RETRY_SECONDS,
    }
    response = render(request, "documents/waiting.html", context, status=503 if failed else 202)
    response["Retry-After"] = str(int(_FAILURE_STANDS.total_seconds()) if failed else RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _job(event: PublicEvent, language: str) -> Job:
    """The job that makes the document: the one under way or just failed, else a new one, promised once."""
    with transaction.atomic():
        release = PublicEvent.objects.select_for_update(of=("self",)).get(pk=event.pk).release_id
        jobs = Job.objects.filter(kind="render_programme", payload__release=release, payload__language=language)
        job = jobs.order_by("-pk").first()
        if job and (job.finished_at is None or _stands(job)):
            return job
        return promise_job("render_programme", release=release, language=language)


def _stands(job: Job) -> bool:
    since = timezone.now() - _FAILURE_STANDS
    return job.state == Job.State.FAILED and job.finished_at is not None and job.finished_at > since


def _reason(job: Job) -> str:
    """Why there is no document, in words for whoever asked; the job's own error is for the staff."""
    code = next((code for code in REASONS if f"SettingFailedError: {code}" in job.error), "failed")
    return _(REASONS[code])
