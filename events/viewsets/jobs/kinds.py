"""What jobs of each kind work on and what came of them, for many jobs at once in a fixed number of queries."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import addresses
from events.exchange.messages import file_message
from events.exchange.rows import FileRefused
from events.jobs import About
from events.models import Event, Job, Paper, ProgrammeImport, ProgrammeRelease


def renderings(jobs: list[Job]) -> dict[int, About]:
    """Printed programmes: of which event and release, in which language, and the paper itself."""
    rows = ProgrammeRelease.objects.without_documents().select_related("event__public")
    releases = rows.in_bulk([job.payload.get("release") for job in jobs])
    return {job.pk: _rendering(job, releases.get(job.payload.get("release"))) for job in jobs}


def _rendering(job: Job, release: ProgrammeRelease | None) -> About:
    if release is None:
        return About(outcome=_("The release is not there any more."))
    language = job.payload.get("language")
    named = {"tr": _("Turkish"), "en": _("English"), "tr-en": _("side by side")}.get(language, language)
    what = _("%(event)s, release %(number)s, %(language)s") % {
        "event": release.event,
        "number": release.number,
        "language": named,
    }
    public = getattr(release.event, "public", None)
    current = job.state == Job.State.DONE and public is not None and public.release_id == release.pk
    return About(
        what=what,
        url=reverse("event_admin:home", args=[release.event_id]),
        outcome=_("PDF") if current else "",
        outcome_url=addresses.pdf_path(public.slug, language) if current and public else "",
    )


def imports(jobs: list[Job]) -> dict[int, About]:
    """Trials and imports: which file into which event, how many rows did what, and where each row stands."""
    uploads = ProgrammeImport.objects.without_file().in_bulk([job.payload.get("upload") for job in jobs])
    events = Event.objects.in_bulk([job.payload.get("event") for job in jobs])
    return {
        job.pk: _import(job, uploads.get(job.payload.get("upload")), events.get(job.payload.get("event")))
        for job in jobs
    }


def _import(job: Job, upload: ProgrammeImport | None, event: Event | None) -> About:
    names = [str(each) for each in (upload, event) if each]
    outcome = counts_words(job.result) if job.state == Job.State.DONE else ""
    if job.result.get("outdated"):
        outcome = _("Nothing was imported: the programme had changed. The new trial is ready.")
    why = ""
    if upload and job.state == Job.State.FAILED and upload.problem:
        why = file_message(FileRefused(upload.problem["code"], **upload.problem["detail"]))
    return About(
        what=" → ".join(names),
        url=reverse("event_admin:home", args=[event.pk]) if event else "",
        outcome=outcome or (_("To the file") if upload else ""),
        outcome_url=reverse("event_admin:import_trial", args=[upload.event_id, upload.pk]) if upload else "",
        why=why,
    )


def counts_words(counts: dict[str, Any]) -> str:
    """How many rows did what, in one line; what did not happen is not told."""
    words = {"created": _("new"), "changed": _("changed"), "unchanged": _("unchanged"), "refused": _("refused")}
    return ", ".join(f"{counts[name]} {word}" for name, word in words.items() if counts.get(name))


def suggestions(jobs: list[Job]) -> dict[int, About]:
    """Translations that a machine suggests for an event."""
    events = Event.objects.in_bulk([job.payload.get("event") for job in jobs])
    return {job.pk: _suggestion(job, events.get(job.payload.get("event"))) for job in jobs}


def _suggestion(job: Job, event: Event | None) -> About:
    made = job.result.get("suggested")
    told = ngettext("%(count)s suggestion", "%(count)s suggestions", made or 0) % {"count": made}
    url = reverse("event_admin:home", args=[event.pk]) if event else ""
    return About(what=str(event or ""), url=url, outcome=told if made is not None else "")


def tellings(jobs: list[Job]) -> dict[int, About]:
    """Letters to those who are registered, after their event moved."""
    events = Event.objects.in_bulk([job.payload.get("event") for job in jobs])
    return {job.pk: _telling(job, events.get(job.payload.get("event"))) for job in jobs}


def _telling(job: Job, event: Event | None) -> About:
    told = job.result.get("told")
    outcome = ngettext("%(count)s letter", "%(count)s letters", told or 0) % {"count": told}
    url = reverse("event_admin:home", args=[event.pk]) if event else ""
    return About(what=str(event or ""), url=url, outcome=outcome if told is not None else "")


def papers(jobs: list[Job]) -> dict[int, About]:
    """Badges, certificates and lists: of which event, and for how many people."""
    rows = Paper.objects.defer("body").select_related("event").in_bulk([job.payload.get("paper") for job in jobs])
    return {job.pk: _paper(job, rows.get(job.payload.get("paper"))) for job in jobs}


def _paper(job: Job, paper: Paper | None) -> About:
    if paper is None:
        return About(outcome=_("The paper is not there any more."))
    people = ngettext("%(count)d person", "%(count)d people", paper.rows) % {"count": paper.rows}
    url = reverse("event_admin:papers", args=[paper.event_id])
    return About(what=f"{paper.event}: {paper.get_kind_display()}", url=url, outcome=people if paper.made_at else "")
