"""/readyz: what an operator must mend, and what only runs late."""

from datetime import timedelta

import pytest
from django.db import InterfaceError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cms import health
from events.models import Job

pytestmark = pytest.mark.django_db
BROKER = "embedded"


@pytest.fixture(autouse=True)
def _embedded(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.REDIS_URL = ""
    monkeypatch.setattr(health, "_known_as_applied", False)


def test_all_is_well(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.headers["Cache-Control"], response.json()) == (
        200,
        "no-store",
        {
            "status": "ok",
            "degraded": [],
            "database": "ok",
            "unapplied_migrations": 0,
            "broker": "embedded",
            "oldest_unsent_mail_seconds": None,
            "oldest_unfinished_job_seconds": None,
        },
    )


def test_work_that_waits_too_long_is_told_without_stopping_the_site(client: Client) -> None:
    Job.objects.create(kind="try_out", created_at=timezone.now() - timedelta(seconds=600))
    response = client.get("/readyz")
    told = response.json()
    assert (response.status_code, told["status"], told["degraded"]) == (
        200,
        "degraded",
        ["oldest_unfinished_job_seconds"],
    )
    assert 600 <= told["oldest_unfinished_job_seconds"] < 660


def test_a_broker_that_is_away_is_told_without_stopping_the_site(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/readyz")
    assert (response.status_code, response.json()["degraded"]) == (200, ["broker"])


def test_unapplied_migrations_stop_it(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'wagtailredirects'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() | {"unapplied_migrations": 0} == {
        "status": "unavailable",
        "degraded": [],
        "database": "ok",
        "unapplied_migrations": 0,
        "broker": "embedded",
    }
    assert response.json()["unapplied_migrations"] > 0


def test_a_database_that_hung_up_is_told_as_such(client: Client) -> None:
    """A driver says so with an error that is not a DatabaseError."""

    def hang_up(*_args: object) -> None:
        raise InterfaceError("connection already closed")

    with connection.execute_wrapper(hang_up):
        response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        503,
        {"status": "unavailable", "degraded": [], "database": "unreachable"},
    )


@pytest.mark.redis
def test_a_broker_that_answers(client: Client) -> None:
    import os  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415

    settings.REDIS_URL = os.environ["REDIS_URL"]
    assert client.get("/readyz").json()["broker"] == "ok"
