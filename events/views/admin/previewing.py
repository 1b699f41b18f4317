"""The working programme as the next release would show it, by the very functions of the public pages."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events import permissions
from events.bilingual import LANGUAGES
from events.models import Event
from events.release import preview_programme
from events.views.event_page import event_html
from events.views.programme_page import programme_html


@never_cache
@require_safe
def preview(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The programme page, or with ``?page=event`` the event's, with everything that participants see too."""
    if not permissions.may_preview(request.user):
        raise PermissionDenied
    if language not in LANGUAGES:
        raise Http404
    event = get_object_or_404(Event, pk=pk)
    programme = preview_programme(event, restricted=permissions.may_see_restricted(request.user))
    if request.GET.get("page") == "event":
        return HttpResponse(event_html(programme, language, preview=True))
    return HttpResponse(programme_html(programme, language, query=request.GET.dict(), preview=True))
