"""What the clock asks for. Each may run in several processes at once, and twice."""

from datetime import timedelta

from django.utils import timezone

from events import bell, jobs, leases, mail
from events.models import Job, Message, Presence, ProgrammeImport, Rendering
from events.registration import expire_due
from events.registration.keeping import delete_overdue
from events.registration.papers import forget_papers as forget_old_papers
from events.registration.telling import promise_telling
from events.registration.timed import promise_timed_letters
from events.registration.uploading import forget_files
from events.release import release_due_plans

SWEEP_SECONDS = 15
_AT_ONCE = 200
KEEP_DONE_JOBS = timedelta(days=30)


def announce_due_jobs() -> None:
    """Ring for each job that is due: those that nobody announced, that failed, or whose process died."""
    for pk in leases.due(Job.objects.all()).values_list("pk", flat=True)[:_AT_ONCE]:
        bell.ring("job", pk)


def run_due_jobs() -> None:
    """Do here what is due."""
    for pk in list(leases.due(Job.objects.all()).values_list("pk", flat=True)[:_AT_ONCE]):
        jobs.run_job(pk)


def send_due_messages() -> None:
    """Send every letter that is due."""
    for pk in list(leases.due(Message.objects.all()).values_list("pk", flat=True)[:_AT_ONCE]):
        mail.send_message(pk)


def release_planned() -> None:
    """Programmes that were given a time: those whose time has come become public."""
    release_due_plans()


def drop_expired_renderings() -> None:
    """Renderings whose time is over; whoever asks for one again gets it made anew."""
    Rendering.objects.filter(valid_until__lt=timezone.now()).delete()


def forget_uploads() -> None:
    """Files for an import or of a form that nobody came back to, and reports of imports a month ago."""
    ProgrammeImport.objects.expired().delete()
    forget_files()


def forget_done_jobs() -> None:
    """Jobs done or called off a month ago. Failed ones stay until somebody has looked."""
    Job.objects.filter(
        state__in=(Job.State.DONE, Job.State.CANCELLED), finished_at__lt=timezone.now() - KEEP_DONE_JOBS
    ).delete()


def expire_registrations() -> None:
    """Seats that nobody confirmed or took in time pass on."""
    expire_due()


def delete_overdue_registrations() -> None:
    """Answers and registrations whose days are over."""
    delete_overdue()


def tell_registered() -> None:
    """Whoever has to hear that an event is another now, and was not promised it yet."""
    promise_telling()


def send_timed_letters() -> None:
    """Reminders and thanks whose time has come."""
    promise_timed_letters()


def forget_papers() -> None:
    """Badges, certificates and lists that were made a day ago."""
    forget_old_papers()


def forget_presences() -> None:
    """Who was at a desk whose browser did not say that it closed."""
    Presence.objects.gone().delete()
