"""Jobs in an officer's words: what is done, how far it is, what came of it, why it failed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.exchange.messages import FILE
from events.jobs import About, about, kind_label
from events.labels import moment_words, sentence
from events.models import Job
from events.progress import seen

#: What stands at the beginning of an error, and what that means to somebody who is no technician.
_CAUSES = (
    ("SettingFailedError: memory", gettext_lazy("Printing it took more memory than is allowed.")),
    ("SettingFailedError: time", gettext_lazy("Printing it took too long and was stopped.")),
    ("SettingFailedError", gettext_lazy("It could not be set for printing.")),
    ("TranslatorAwayError", gettext_lazy("The translation service did not answer.")),
    ("Timeout", gettext_lazy("It took too long and was stopped.")),
    ("MemoryError", gettext_lazy("It took more memory than is allowed.")),
    ("OperationalError", gettext_lazy("The database could not be reached or was busy for too long.")),
    ("InterfaceError", gettext_lazy("The database could not be reached or was busy for too long.")),
    ("Connection", gettext_lazy("Another service did not answer.")),
    ("PermissionDenied", gettext_lazy("Whoever started this may not do it any more.")),
    ("The account that started this is gone", gettext_lazy("The account that started this is gone.")),
    ("Nothing here does jobs", gettext_lazy("This version of the software does not know this kind of work.")),
    ("The process ended", gettext_lazy("The software stopped in the middle of it, each time it was tried.")),
)


@dataclass(frozen=True)
class ToldJob:
    """One job as list and page show it."""

    job: Job
    label: str
    about: About
    progress: dict[str, Any]
    why: str

    @property
    def may_retry(self) -> bool:
        return self.job.state == Job.State.FAILED

    @property
    def may_cancel(self) -> bool:
        return self.job.state == Job.State.QUEUED and self.job.owner_id is not None

    @property
    def announcement(self) -> str:
        """What is spoken when the job's state changes."""
        return ": ".join(filter(None, (self.label, self.about.what, self.progress["said"])))

    @property
    def when(self) -> str:
        return moment_words(self.job.created_at, timezone.get_current_timezone_name())

    @property
    def ended(self) -> str:
        ended = self.job.finished_at
        return moment_words(ended, timezone.get_current_timezone_name()) if ended else ""


def tell(jobs: Iterable[Job]) -> list[ToldJob]:
    """Tell of many jobs with a fixed number of queries for each kind."""
    rows = list(jobs)
    told = about(rows)
    return [_tell(job, told.get(job.pk, About())) for job in rows]


def _tell(job: Job, found: About) -> ToldJob:
    return ToldJob(job, kind_label(job.kind), found, progress_of(job), found.why or why(job))


def progress_of(job: Job) -> dict[str, Any]:
    """How far a job is, as its page and its script need it."""
    done, total = seen(job)
    return {
        "ended": job.finished_at is not None,
        "done": done,
        "total": total,
        "percent": min(100, done * 100 // total) if total else None,
        "said": said(job, done, total),
    }


def said(job: Job, done: int, total: int | None) -> str:
    """Where a job stands, in one sentence."""
    if job.state == Job.State.RUNNING:
        if not total:
            return _("Being worked on …")
        return _("%(percent)s per cent done") % {"percent": min(100, done * 100 // total)}
    if job.state == Job.State.QUEUED:
        if job.error:
            return _("It did not succeed and will be tried again at %(time)s.") % {
                "time": f"{timezone.localtime(job.due_at):%H:%M}"
            }
        return _("Waiting for its turn …")
    return sentence(str(job.get_state_display()))


def why(job: Job) -> str:
    """Why a job failed, or did not succeed yet, in words that help; empty where it did not fail."""
    if not job.error:
        return ""
    kind, _colon, code = job.error.partition(": ")
    if kind == "FileRefused":
        return _first_sentence(code)
    found = next((text for mark, text in _CAUSES if job.error.startswith(mark)), None)
    if found is not None:
        return str(found)
    return _("Something unexpected happened. Tell whoever looks after the site the number of this job: %(number)s.") % {
        "number": job.pk
    }


def _first_sentence(code: str) -> str:
    """The message of a refused file; one that would name a figure we do not have is told in general."""
    text = str(FILE.get(code, FILE["reader_failed"]))
    return str(FILE["reader_failed"]) if "%(" in text else text
