"""What the admin adds to wagtail-localize's screens."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.forms import HiddenInput
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.views import page_privacy
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views import convert, edit_translation, report, submit_translations, update_translations

from cms.translating.approval import ask_for_approval, may_ask
from cms.translating.following import follow_privacy, kept_up
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


@require_POST
def upload_pofile(request: HttpRequest, translation_id: int) -> HttpResponse:
    """As wagtail-localize does it; a file that is none of ours, or none at all, is said and not an error."""
    try:
        answer: HttpResponse = edit_translation.upload_pofile(request, translation_id)
    except KeyError:
        messages.error(request, _("Choose the PO file that was downloaded from this translation."))
        return _back(request)
    return answer


def convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """As wagtail-localize does it, by those who may publish: the public then reads the source's text here."""
    if not get_object_or_404(Page, pk=page_id).permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    answer: HttpResponse = convert.convert_to_alias(request, page_id)
    return answer


class SetPrivacyView(page_privacy.SetPrivacyView):
    """As Wagtail does it, for both languages."""

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        follow_privacy(page=self.page)
        return answer


class UpdateTranslationsView(update_translations.UpdateTranslationsView):
    """Taking over changes, where a machine may be asked to translate them. Publishing them takes that right."""

    def get_form(self) -> Any:
        form = super().get_form()
        if not self._may_publish():
            field = form.fields["publish_translations"]
            field.disabled, field.widget = True, HiddenInput()
        return form

    def _may_publish(self) -> bool:
        targets = [each.get_target_instance() for each in self.object.translations.filter(enabled=True)]
        return all(page.permissions_for_user(self.request.user).can_publish() for page in targets)

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
    return _back(request)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))


class SubmitPageView(submit_translations.SubmitPageTranslationView):
    """Translating a page. Where only one language is left, nobody is asked which."""

    def get_form(self) -> Any:
        form = super().get_form()
        languages = list(form.fields["locales"].queryset)
        if len(languages) == 1:
            form.initial.setdefault("locales", languages)
        return form
