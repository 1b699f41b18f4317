"""The site's own answers: the way in, its health, its pictures."""

import errno
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.http import require_safe
from django.views.static import serve

from cms import health


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """To the reader's own language."""
    return redirect(f"/{translation.get_language()}/")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive. Asks nothing of anybody, the database included."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """503 for what only an operator can mend (database, migrations); all else is told as degraded."""
    found = health.readiness()
    status = "unavailable" if not found.ready else "degraded" if found.degraded else "ok"
    answer = JsonResponse({"status": status, "degraded": found.degraded} | found.details)
    answer.status_code = 200 if found.ready else 503
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture that an editor put up; a name that no file system would take is not found either."""
    try:
        # Below its own folder alone: from `images/../` one would get to the files that only Wagtail may give out.
        return serve(request, path.removeprefix("images/"), document_root=str(Path(settings.MEDIA_ROOT, "images")))
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise Http404 from None
        raise


def no_such_file(request: HttpRequest) -> HttpResponse:
    """For numbers that no file has."""
    raise Http404
