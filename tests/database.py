"""A database for the tests: made once by the real migrations, then copied.

Wagtail's migrations take half a minute. On SQLite they run once per state of the migrations, into a
template file; every run works on a copy of its own, so runs do not disturb one another.
"""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, transaction

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"


def _state_of_migrations() -> str:
    """Changes with any migration of ours and with any locked release of another's."""
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _use(path: Path) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = str(path)
    connection.settings_dict["NAME"] = str(path)


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _template() -> Path:
    VAR.mkdir(exist_ok=True)
    path = VAR / f"tests-{_state_of_migrations()}.sqlite3"
    with _alone(VAR / "tests.lock"):
        if not path.exists():
            for old in VAR.glob("tests-*.sqlite3*"):
                old.unlink(missing_ok=True)
            making = path.with_suffix(".making")
            making.unlink(missing_ok=True)
            _use(making)
            call_command("migrate", verbosity=0, interactive=False)
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA journal_mode=DELETE")
            connections.close_all()
            making.rename(path)
    return path


class SqliteCopy:
    """This run's own copy of the template."""

    def __init__(self) -> None:
        template = _template()
        self._seed = template.read_bytes()
        self.path = VAR / f"tests-run-{os.getpid()}.db"
        self._write()
        _use(self.path)

    def _write(self) -> None:
        # A new file, not new content: a thread of a test server may still hold the old one open, and locked.
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        self.path.write_bytes(self._seed)

    def restore(self) -> None:
        """Put back what a flush took: the rows that migrations made."""
        connections.close_all()
        self._write()

    def remove(self) -> None:
        connections.close_all()
        for path in VAR.glob(f"{self.path.name}*"):
            path.unlink(missing_ok=True)


class PostgresDatabase:
    """A database made by the real migrations in every run."""

    def __init__(self) -> None:
        settings.DATABASES["default"]["TEST"]["NAME"] = f"test_koepru_{os.getpid()}"
        connection.settings_dict["TEST"]["NAME"] = f"test_koepru_{os.getpid()}"
        self._before = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        self._tables = connection.introspection.table_names()
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA seed")
            for table in self._tables:
                cursor.execute(f'CREATE TABLE seed."{table}" AS TABLE public."{table}"')

    def restore(self) -> None:
        """Put back what a flush took, and take away what it made anew (content types, permissions)."""
        models = apps.get_models(include_auto_created=True)
        # In one transaction: foreign keys are only looked at when it ends.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")
            for table in self._tables:
                # Nearly all are empty: quicker than TRUNCATE, which makes each table's file anew.
                cursor.execute(f'DELETE FROM public."{table}"')  # noqa: S608
            for table in self._tables:
                cursor.execute(f'INSERT INTO public."{table}" SELECT * FROM seed."{table}"')  # noqa: S608
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)

    def remove(self) -> None:
        connections.close_all()
        connection.creation.destroy_test_db(self._before, verbosity=0)


def make() -> SqliteCopy | PostgresDatabase:
    """The database that DATABASE_URL asks for."""
    return SqliteCopy() if connection.vendor == "sqlite" else PostgresDatabase()
