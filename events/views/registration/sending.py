"""A file that somebody uploaded, on its way back: saved by the browser, shown by none, kept nowhere between."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from events.models import Registration, Upload
from events.sealing import SealedError
from events.turkish import slug as slug_of
from events.uploads import store
from events.views.keyed import no_such_link

from .letting_in import let_in
from .setting import Setting

TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
_ENDS = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}


@require_safe
def own_file(request: HttpRequest, slug: str, language: str, handle: str, name: str) -> HttpResponseBase:
    """To the person alone: the browser that the key let in, and only what this registration answered."""

    def page(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponseBase:
        upload = find_file(registration, name)
        return no_such_link(request) if upload is None else file_response(upload, registration)

    return let_in(request, slug, language, handle, page)


def find_file(registration: Registration, name: str) -> Upload | None:
    """A file among the answers of one registration."""
    rows = Upload.objects.filter(answer__registration=registration, name=name)
    return rows.select_related("question", "answer").first()


def file_response(upload: Upload, registration: Registration) -> HttpResponse:
    """The bytes as they were written anew; 404 where they are gone."""
    try:
        data = store.get(upload.name)
    except (FileNotFoundError, SealedError) as gone:
        raise Http404 from gone
    response = HttpResponse(data, content_type=TYPES[upload.kind])
    called = f"{registration.code}-{slug_of(str(upload.question.label), length=40) or 'file'}.{_ENDS[upload.kind]}"
    response.headers["Content-Disposition"] = f'attachment; filename="{called}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
