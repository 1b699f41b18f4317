"""The passwords of closed pages and files: Wagtail's own views, which know no limit, with a brake before them."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from wagtail import views as pages
from wagtail.documents.views import serve as files
from wagtail.forms import PasswordViewRestrictionForm
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from events.limits import Brake, network_of

from .tries import too_many

#: For one password and one network: whoever guesses shuts nobody out elsewhere.
PASSWORDS = Brake("closed", free=5, first=15, longest=900, forgets=3600)


class _TooSoonForm(PasswordViewRestrictionForm):
    """Says when the next try is looked at, and nothing of this one."""

    def __init__(self, *args: Any, wait: int, **kwargs: Any) -> None:
        self.wait = wait
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        raise ValidationError(too_many(self.wait), code="too_many")


def page_password(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponseBase:
    """Opens a page and all below it."""

    def refuse(wait: int) -> HttpResponseBase:
        restriction = get_object_or_404(PageViewRestriction, pk=page_view_restriction_id)
        page = get_object_or_404(Page, pk=page_id).specific
        form = _TooSoonForm(request.POST, instance=restriction, wait=wait)
        refused: HttpResponseBase = page.serve_password_required_response(request, form, request.path)
        return refused

    def look() -> HttpResponseBase:
        return pages.authenticate_with_password(request, page_view_restriction_id, page_id)

    return _braked(request, f"page:{page_view_restriction_id}", look, refuse)


def files_password(request: HttpRequest, restriction_id: int) -> HttpResponseBase:
    """Opens the files of a collection."""

    def refuse(wait: int) -> HttpResponseBase:
        restriction = get_object_or_404(CollectionViewRestriction, pk=restriction_id)
        form = _TooSoonForm(request.POST, instance=restriction, wait=wait)
        context = {"form": form, "action_url": request.path}
        return TemplateResponse(request, "wagtaildocs/password_required.html", context)

    def look() -> HttpResponseBase:
        return files.authenticate_with_password(request, restriction_id)

    return _braked(request, f"files:{restriction_id}", look, refuse)


def _braked(
    request: HttpRequest, what: str, look: Callable[[], HttpResponseBase], refuse: Callable[[int], HttpResponseBase]
) -> HttpResponseBase:
    """One try, where something was typed; a right one, which leads on, is the only answer that is no page."""
    if not request.POST.get("password"):
        return look()
    tried = f"{what}:{network_of(request)}"
    if wait := PASSWORDS.wait(tried):
        response = refuse(wait)
        response.status_code = 429
        response.headers["Retry-After"] = str(wait)
        return response
    response = look()
    if response.status_code == 302:
        PASSWORDS.release(tried)
    return response
