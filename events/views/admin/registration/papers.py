"""Papers of an event: asked for about those whom the list showed, made in the background, taken along."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from events import labels, permissions
from events.documents.process import REASONS
from events.forms.registration.papers import FORMS, forms_for
from events.models import Event, Job, Paper, Registration
from events.models.registration.registrations import State
from events.registration.certifying import issue_certificates
from events.registration.organisations import Organisations
from events.registration.papers import PDF, ask_for_paper
from events.views.admin.building.acts import add_errors

from .answers import asked_answer, readable
from .base import RegistrationScreen
from .listing import narrowed

_FILTERS = ("q", "state", "organisation", "group", "mail", "details", "came")


class PapersPage(RegistrationScreen):
    """Three forms, one of which is sent; below them what was made today."""

    allowed = staticmethod(permissions.may_export_registrations)
    template_name = "events/admin/registration/papers.html"
    page_title = gettext_lazy("Badges, certificates, lists")
    header_icon = "doc-full"

    @cached_property
    def asked(self) -> dict[str, str]:
        """Narrowed as the list was; one person by number."""
        query = self.request.GET
        found = {name: query.get(name, "")[:220] for name in _FILTERS}
        found["answer"] = asked_answer(query, readable(self.event, self.user))
        return {**found, "one": query.get("one", "") if query.get("one", "").isdecimal() else ""}

    @cached_property
    def rows(self) -> QuerySet[Registration]:
        """Whom a paper would be about: those who are confirmed, unless the address says otherwise."""
        everybody = Registration.objects.kept().filter(event=self.event)
        if self.asked["one"]:
            return everybody.filter(pk=int(self.asked["one"][:18]))
        found = narrowed(everybody, self.asked, Organisations(self.event))
        return found if self.asked["state"] or self.asked["came"] else found.filter(state=State.CONFIRMED)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        forms = kwargs.pop("forms", None) or forms_for(None, "")
        papers = [self._paper(each) for each in self._papers()]
        attended = self.rows.filter(check_ins__state="present").distinct().count()
        return super().get_context_data(
            sections=self._sections(forms),
            count=self.rows.count(),
            attended=attended,
            narrowed=any(self.asked.values()),
            one=self.rows.first() if self.asked["one"] else None,
            papers=papers,
            may_issue=permissions.may_manage_registrations(self.user),
            waits=any(each["waits"] for each in papers),
            **kwargs,
        )

    def _sections(self, forms: Any) -> list[dict[str, Any]]:
        return [
            {"kind": kind, "title": Paper.Kind(kind).label, "form": forms[kind]}
            for kind in FORMS
            if kind != "certificates" or permissions.may_manage_registrations(self.user)
        ]

    def _papers(self) -> list[Paper]:
        rows = Paper.objects.filter(event=self.event).defer("body").select_related("job", "owner")
        return list(rows[:20])

    def _paper(self, paper: Paper) -> dict[str, Any]:
        failed = paper.job is not None and paper.job.state == Job.State.FAILED
        return {
            "paper": paper,
            "when": labels.moment_words(paper.created_at, self.event.time_zone),
            "failed": _reason(paper.job) if failed and paper.job else "",
            "waits": not failed and paper.made_at is None,
            "url": self.to("paper", paper.pk) if paper.made_at else "",
        }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.settings is None:
            return redirect(self.to("registrations"))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind = request.POST.get("kind", "")
        if kind not in FORMS or self.settings is None:
            return redirect(self.to("papers"))
        forms = forms_for(request.POST, kind)
        form = forms[kind]
        if form.is_valid():
            try:
                ask_for_paper(
                    event=self.event, kind=kind, rows=self._about(kind), options=form.cleaned_data, by=self.user
                )
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, _("It is being made. It appears below in a moment."))
                return redirect(f"{self.to('papers')}?{request.GET.urlencode()}")
        return self.render_to_response(self.get_context_data(forms=forms), status=422)

    def _about(self, kind: str) -> list[int]:
        """The rows of a paper; certificates are issued first, and are only for those who were there."""
        rows = self.rows
        if kind == "certificates":
            issue_certificates(event=self.event, by=self.user)
            rows = rows.filter(certificate__revoked_at=None, certificate__isnull=False)
        return list(rows.order_by("sort_key", "pk").values_list("pk", flat=True))


def paper_file(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """A finished paper, for those who may have it; nobody on the way keeps it."""
    if not permissions.may_export_registrations(request.user):
        raise PermissionDenied
    row = get_object_or_404(Paper, pk=paper, event=pk)
    if row.body is None:
        raise Http404
    response = HttpResponse(bytes(row.body), content_type=row.content_type)
    ending = "pdf" if row.content_type == PDF else "xlsx"
    slug = Event.objects.values_list("slug", flat=True).get(pk=pk)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{row.kind}.{ending}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _reason(job: Job) -> str:
    code = next((code for code in REASONS if f"SettingFailedError: {code}" in job.error), "failed")
    return _(REASONS[code])
