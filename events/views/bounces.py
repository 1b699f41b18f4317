"""Where the mail provider reports what came back. Who has not the secret is refused; without a provider it is not there."""

import logging

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from events import bounces

logger = logging.getLogger(__name__)


@csrf_exempt
def report(request: HttpRequest, provider: str) -> HttpResponse:
    """A provider's report, by POST and with the secret in its address (HTTP basic authentication)."""
    view = bounces.view_of(provider)
    if view is None:
        raise Http404
    try:
        response: HttpResponse = view(request)
    except (AttributeError, KeyError, TypeError, ValueError) as error:  # it has the secret, and speaks nonsense
        logger.warning("report of a mail provider not understood: %s", type(error).__name__)
        raise BadRequest from error
    response.headers["Cache-Control"] = "private, no-store"
    return response
