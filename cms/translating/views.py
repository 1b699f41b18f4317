"""What the admin adds to wagtail-localize's screens."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation, report, update_translations

from cms.translating.approval import ask_for_approval, may_ask
from cms.translating.following import kept_up
from cms.translating.machine import TranslatorAwayError


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """A translation and what it still lacks, before it is handed to those who approve."""
    page = get_object_or_404(Page, pk=pk)
    translation = kept_up(page)
    if translation is None or not may_ask(request.user, page):
        raise PermissionDenied
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    if request.method == "POST":
        try:
            ask_for_approval(page=page, user=request.user)
        except ValidationError:
            messages.error(request, _("Some texts cannot stand in the page as they are. They are marked below."))
        else:
            messages.success(request, _("“%(title)s” was handed in for approval.") % {"title": page.title})
        return redirect(edit)
    total, translated = translation.get_progress()
    context = {"page": page, "edit": edit, "total": total, "waiting": total - translated}
    return TemplateResponse(request, "cms/admin/ask_for_approval.html", context)


@require_POST
def machine_translate(request: HttpRequest, translation_id: int) -> HttpResponse:
    """As wagtail-localize does it; a service that is away is said, and nothing is lost."""
    try:
        answer: HttpResponse = edit_translation.machine_translate(request, translation_id)
    except TranslatorAwayError:
        return _away(request)
    return answer


class UpdateTranslationsView(update_translations.UpdateTranslationsView):
    """Taking over changes, where a machine may be asked to translate them."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().post(request, **kwargs)
        except TranslatorAwayError:
            return _away(request)
        return answer


class TranslationsReportView(report.TranslationsReportView):
    """All translations, in an order that holds from one page of the list to the next."""

    def get_queryset(self) -> QuerySet[Translation]:
        rows: QuerySet[Translation] = super().get_queryset().order_by("source__object_repr", "pk")
        return rows


def _away(request: HttpRequest) -> HttpResponseRedirect:
    messages.error(request, _("The translation service did not answer. Nothing was changed; try again later."))
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))
