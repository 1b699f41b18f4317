"""The released programme for conference apps: schedule.xml and schedule.json."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from events.bilingual import LANGUAGES
from events.exchange.schedule import RENDERER, schedule_json, schedule_xml
from events.models import PublicEvent, Rendering
from events.programme import Programme
from events.renderings import find_rendering, gzipped, keep_told
from events.views.stored import is_known, tag, takes_gzip

_FORMS: dict[str, tuple[str, Callable[[Programme, str], bytes]]] = {
    "xml": ("application/xml; charset=utf-8", schedule_xml),
    "json": ("application/json; charset=utf-8", schedule_json),
}


@csrf_exempt  # a POST is answered with 405, not with a word about forms
@require_safe
def schedule(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The current release in one form; ``?language=`` chooses the titles, Turkish without it."""
    language = request.GET.get("language", LANGUAGES[0])
    if language not in LANGUAGES:
        return HttpResponseBadRequest(_("Choose the language tr or en."), content_type="text/plain; charset=utf-8")
    event = _find(slug)
    if event.status == PublicEvent.Status.WITHDRAWN:
        return HttpResponse(_("This event was withdrawn."), status=410, content_type="text/plain; charset=utf-8")
    rendering = _render(event, form, language)
    if is_known(request, rendering.etag):
        return _headed(request, HttpResponse(status=304), rendering.etag, language)
    content_type, _renderer = _FORMS[form]
    gzip = takes_gzip(request)
    response = HttpResponse(gzipped(rendering) if gzip else bytes(rendering.body), content_type=content_type)
    if gzip:
        response.headers["Content-Encoding"] = "gzip"
    # Apps in a browser may read it from anywhere: it is public, and nobody's session goes with it.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return _headed(request, response, rendering.etag, language)


def _find(slug: str) -> PublicEvent:
    """The public event at its address or at one it had before; neither redirects, for apps do not follow."""
    events = PublicEvent.objects.select_related("release").defer(
        "release__public_document", "release__restricted_document", "release__public_delta"
    )
    event = events.filter(slug=slug).first() or events.filter(event__former_slugs__slug=slug).first()
    if event is None:
        raise Http404
    return event


def _render(event: PublicEvent, form: str, language: str) -> Rendering:
    kind = f"schedule.{form}"
    kept = find_rendering(event.release, kind, language, RENDERER)
    if kept:
        return kept
    render = _FORMS[form][1]
    return keep_told(event.release, kind, language, RENDERER, lambda programme: render(programme, language))


def _headed(request: HttpRequest, response: HttpResponse, etag: str, language: str) -> HttpResponse:
    if response.status_code == 304:
        del response.headers["Content-Type"]
    response.headers["ETag"] = tag(etag, gzip=takes_gzip(request))
    response.headers["Cache-Control"] = "public, max-age=300"
    response.headers["Vary"] = "Accept-Encoding"
    # The address says it, not the reader's browser.
    response.headers["Content-Language"] = language
    return response
