"""The trial: what the file would do, before it does it; and what it did, when it is done."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from events.exchange.imports import do_import, drop_import, try_again
from events.exchange.messages import file_message, missing_messages
from events.exchange.rows import FileRefused, Remark
from events.models import ProgrammeImport
from events.viewsets.jobs.telling import ToldJob
from events.viewsets.jobs.telling import tell as tell_jobs

from .base import Stage, StepPage, step_url
from .telling import FILTERS, PER_PAGE, filter_labels, made_lines, matches, raw_rows, tell

WORKING = (Stage.TRYING, Stage.IMPORTING)


class OutcomePage(StepPage):
    """The outcome of an upload, filtered and by pages."""

    @cached_property
    def shown(self) -> str:
        """What was chosen to be shown; anything unheard of is everything."""
        wanted = self.request.GET.get("show", "")
        return wanted if wanted in FILTERS else "all"

    @cached_property
    def raw(self) -> list[dict[str, Any]]:
        return raw_rows(self.upload.outcome)

    def page(self) -> Page:
        found = [row for row in self.raw if matches(row, self.shown)]
        return Paginator(found, PER_PAGE).get_page(self.request.GET.get("p"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        outcome, page = self.upload.outcome, self.page()
        missing = [Remark(**remark) for remark in outcome.get("missing", [])]
        kwargs["upload"] = self.upload  # in the place of its number, which the address gives
        return super().get_context_data(
            filters=self.filters(),
            shown=self.shown,
            rows=[tell(row) for row in page.object_list],
            page_obj=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            made=made_lines(outcome.get("made", {})),
            missing=missing_messages(missing),
            ignored=", ".join(outcome.get("ignored", [])),
            told=bool(outcome),
            **kwargs,
        )

    def filters(self) -> list[dict[str, Any]]:
        """Each choice with how many rows it would show; what would show none is no choice."""
        counted = {name: sum(matches(row, name) for row in self.raw) for name in FILTERS}
        if not self.raw:
            counted |= self.upload.counts
        return [
            {"name": name, "label": label, "count": counted[name], "current": name == self.shown}
            for name, label in filter_labels().items()
        ]


class TrialPage(OutcomePage):
    """Show what would be done; do exactly that, or show what has become of it meanwhile."""

    template_name = "events/admin/importing/trial.html"
    step = "trial"
    stages = (Stage.TRIED, Stage.TRYING, Stage.IMPORTING)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return self._act(ProgrammeImport.objects.select_related("event").get(pk=self.upload.pk))
        except ProgrammeImport.DoesNotExist:
            messages.warning(request, _("This file is not there any more: somebody threw it away."))
            return redirect(self.home_url)

    def _act(self, upload: ProgrammeImport) -> HttpResponse:
        request = self.request
        try:
            if "leave" in request.POST:
                return self._leave(upload)
            if "again" in request.POST:
                try_again(upload=upload, by=self.user)
            else:
                do_import(upload=upload, agreed=request.POST.get("digest", ""), by=self.user)
        except FileRefused as refusal:
            messages.error(request, file_message(refusal))
        upload.refresh_from_db(fields=["stage", "outdated"])
        if upload.stage == Stage.DONE:
            messages.success(request, _("The file was imported into the working programme."))
        elif upload.outdated:
            messages.warning(
                request,
                _("Nothing was imported: the programme changed since the trial. This is the new trial."),
            )
        return redirect(step_url(upload))

    def _leave(self, upload: ProgrammeImport) -> HttpResponse:
        drop_import(upload=upload, by=self.user)
        messages.info(self.request, _("The file was thrown away; the programme is as it was."))
        return redirect(self.home_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        upload, told = self.upload, told_job(self.upload)
        ended = told is None or told.progress["ended"]
        return super().get_context_data(
            working=upload.stage in WORKING,
            progress=told.progress if told else None,
            failed=upload.stage in WORKING and ended,
            why=told.why if told else "",
            job_url=reverse("admin_job:inspect", args=[told.job.pk]) if told else "",
            anything=bool(upload.counts.get("created") or upload.counts.get("changed")),
            columns_url=reverse("event_admin:import_columns", args=[self.event.pk, upload.pk]),
            state_url=reverse("event_admin:import_state", args=[self.event.pk, upload.pk]),
            **kwargs,
        )


def told_job(upload: ProgrammeImport) -> ToldJob | None:
    """The job that is at work on an upload, in words."""
    return tell_jobs([upload.job])[0] if upload.job and upload.stage in WORKING else None


class StatePage(StepPage):
    """How far the job of an upload is; for the page that waits for it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        told = told_job(self.upload)
        progress = told.progress if told else {"ended": True}
        return JsonResponse(progress, headers={"Cache-Control": "no-store"})


class DonePage(OutcomePage):
    """What was imported, for as long as it is kept."""

    template_name = "events/admin/importing/done.html"
    step = "done"
    stages = (Stage.DONE,)
