"""The list of jobs, one job, its state for those who watch it, trying it again and calling it off."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin import messages

from events import jobs, permissions
from events.models import Job
from events.viewsets import views

from .telling import ToldJob, tell

#: As many jobs as one question about their state may name: what a page of the list holds.
MOST = 50


class JobList(views.ListView):
    """What runs and what ran, the newest first; the cells of unfinished ones are kept up to date by a script."""

    template_name = "events/admin/jobs/index.html"
    state_url_name = ""
    related = ("owner",)

    def get_table(self, object_list: Any) -> Any:
        for told in tell(object_list):
            told.job.told = told  # type: ignore[attr-defined]
        return super().get_table(object_list)

    def get_list_more_buttons(self, instance: Job) -> list[Any]:
        """What can be done stands in the cell beside the reason for doing it."""
        return []

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        newest = Job.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        return {**context, "state_url": reverse(self.state_url_name), "newest": newest}


class JobStates(views.InspectView):
    """How jobs stand that somebody watches, as the cells of their rows, and whether there are newer ones."""

    http_method_names = ["get", "head", "options"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """No row is asked for here; the generic view would look for one."""
        self.request, self.args, self.kwargs = request, args, kwargs

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = [int(text) for text in request.GET.getlist("job")[:MOST] if _is_number(text)]
        after = request.GET.get("after", "")
        newer = Job.objects.filter(pk__gt=int(after)).count() if _is_number(after) else 0
        rows = tell(Job.objects.filter(pk__in=wanted).select_related("owner"))
        told = {told.job.pk: self._told(told) for told in rows}
        return JsonResponse({"jobs": told, "newer": newer}, headers={"Cache-Control": "no-store"})

    def _told(self, told: ToldJob) -> dict[str, Any]:
        context = {"told": told, "may_act": permissions.may_retry_jobs(self.request.user)}
        cells = {name: render_to_string(f"events/admin/jobs/{name}.html", context) for name in ("state", "outcome")}
        return {**cells, "key": told.job.state, "said": told.announcement, "ended": told.progress["ended"]}


class JobPage(views.InspectView):
    """Everything about one job; while it is not finished the page follows it."""

    template_name = "events/admin/jobs/job.html"

    def get_object(self, queryset: Any = None) -> Job:
        job: Job = get_object_or_404(Job.objects.select_related("owner"), pk=self.pk)
        return job

    def get_page_title(self) -> str:
        return jobs.kind_label(self.object.kind)

    def get_page_subtitle(self) -> str:
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        [told] = tell([self.object])
        may_act = permissions.may_retry_jobs(self.request.user)
        return super().get_context_data(told=told, may_act=may_act, follow_url=self._url("follow"), **kwargs)

    def _url(self, name: str) -> str:
        return reverse(f"admin_job:{name}", args=[self.object.pk])


class JobProgress(JobPage):
    """How far one job is, for the page that follows it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        [told] = tell([self.object])
        # A job that waits for another attempt is shown anew, with the reason.
        ended = told.progress["ended"] or request.GET.get("state", self.object.state) != self.object.state
        return JsonResponse({**told.progress, "ended": ended}, headers={"Cache-Control": "no-store"})


class ActPage(JobPage):
    """Ask, then do one thing with a job."""

    any_permission_required = None
    permission_required = "change"
    template_name = "events/admin/jobs/act.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.act()
        return redirect(self._url("inspect"))

    def act(self) -> None:
        """Do it and say so."""


class RetryPage(ActPage):
    extra_context = {
        "button": gettext_lazy("Try again"),
        "question": gettext_lazy("Try this again? First see to the cause:"),
    }

    def act(self) -> None:
        if jobs.retry_job(job=self.object, by=self.request.user):
            messages.success(self.request, gettext("It will be tried again at once."))
        else:
            messages.warning(self.request, gettext("Nothing to do: it has not failed."))


class CancelPage(ActPage):
    extra_context = {
        "button": gettext_lazy("Call off"),
        "question": gettext_lazy("Call this off? What was not begun will not be done."),
    }

    def act(self) -> None:
        if jobs.cancel_job(job=self.object, by=self.request.user):
            messages.success(self.request, gettext("It is called off."))
        else:
            messages.warning(self.request, gettext("It cannot be called off: somebody is at it, or it is done."))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
