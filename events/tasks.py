"""The door to Celery in this package: a task fetches nothing and decides nothing, it calls one function."""

from celery import shared_task

from events import jobs


@shared_task(name="events.run_job", ignore_result=True)
def run_job(pk: int) -> None:
    """Do one job. Losing the call loses nothing: the next sweep finds the row."""
    jobs.run_job(pk)
