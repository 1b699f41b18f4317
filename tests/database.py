"""A database for the tests: made once by the real migrations, then copied.

Wagtail's migrations take half a minute. On SQLite they run once per state of the migrations, into a
template file; every run works on a copy of its own, so runs do not disturb one another.
"""

import contextlib
import fcntl
import hashlib
import os
import uuid
from collections.abc import Iterator
from functools import cached_property
from itertools import count
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.backends.utils import CursorWrapper
from wagtail.models import Site

from cms.frame import forget_frames

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
#: In the environment of a worker: the PostgreSQL database that all workers of the run copy.
SHARED = "TESTS_SHARED_DATABASE"
_OWN = f"test_koepru_{uuid.uuid4().hex[:12]}"


def _state_of_migrations() -> str:
    """Changes with any migration of ours and with any locked release of another's."""
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _use(name: Path | str) -> None:
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = str(name)


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
        self._seed = _template().read_bytes()
        self._paths = (VAR / f"tests-run-{os.getpid()}-{number}.db" for number in count())
        self._begin()

    def _begin(self) -> None:
        """A new file under a new name: a thread of a test server may hold the old one open, or be about to open it."""
        self._path = next(self._paths)
        self._path.write_bytes(self._seed)
        _use(self._path)

    def restore(self) -> None:
        """Leave the rows that migrations made, and no others."""
        self.remove()
        self._begin()

    def remove(self) -> None:
        connections.close_all()
        for path in VAR.glob(f"{self._path.name}*"):
            path.unlink(missing_ok=True)


def name() -> str:
    """The PostgreSQL database of this run: what its workers copy, where it has any."""
    return os.environ.get(SHARED, _OWN)


def _at_server(statement: str) -> bool:
    """Whether it finds anything; without a connection to the database that it is about."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount > 0


def _with_rows(cursor: CursorWrapper, schema: str) -> list[str]:
    """The tables of a schema that have rows, or had: nearly all never have any, and no file grows for nothing."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0",
        [schema],
    )
    return [name for (name,) in cursor.fetchall()]


class PostgresDatabase:
    """A database made by the real migrations in every run; a worker's is a copy of the one they all share."""

    def __init__(self) -> None:
        self._before = connection.settings_dict["NAME"]
        VAR.mkdir(exist_ok=True)
        with _alone(VAR / "tests.lock"):
            if not _at_server(f"SELECT 1 FROM pg_database WHERE datname = '{name()}'"):  # noqa: S608
                self._make()
            _use(name())
            if worker := os.environ.get("PYTEST_XDIST_WORKER"):
                connection.creation.clone_test_db(suffix=worker, verbosity=0, autoclobber=True)
                _use(f"{name()}_{worker}")

    @staticmethod
    def _make() -> None:
        settings.DATABASES["default"]["TEST"]["NAME"] = connection.settings_dict["TEST"]["NAME"] = name()
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        with connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA seed")
            for table in connection.introspection.table_names():
                cursor.execute(f'CREATE TABLE seed."{table}" AS TABLE public."{table}"')
        connections.close_all()

    @cached_property
    def _filling(self) -> list[str]:
        """Puts back the rows that migrations made, and lets keys be counted on from them."""
        with connection.cursor() as cursor:
            filled = _with_rows(cursor, "seed")
        counted = connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True))
        return [*(f'INSERT INTO public."{table}" SELECT * FROM seed."{table}"' for table in filled), *counted]  # noqa: S608

    def restore(self) -> None:
        """Leave the rows that migrations made, and no others."""
        # In one transaction: foreign keys are only looked at when it ends. One question for all tables; TRUNCATE would
        # make each one's file anew.
        with transaction.atomic(), connection.cursor() as cursor:
            emptied = [f'DELETE FROM public."{table}"' for table in _with_rows(cursor, "public")]  # noqa: S608
            cursor.execute(";".join([*emptied, *self._filling]))
        connections.close_all()

    def remove(self) -> None:
        connections.close_all()
        connection.creation.destroy_test_db(self._before, verbosity=0)


Made = SqliteCopy | PostgresDatabase


def remove_shared() -> None:
    """Take away what workers copied, after the last of them."""
    if connection.vendor == "postgresql":
        _at_server(f'DROP DATABASE IF EXISTS "{name()}"')


def make() -> Made:
    """The database that DATABASE_URL asks for."""
    return SqliteCopy() if connection.vendor == "sqlite" else PostgresDatabase()


def prepare() -> str:
    """Make ahead of the tests what each run copies; gives its name. A run on PostgreSQL finds it by SHARED."""
    if connection.vendor == "sqlite":
        return str(_template())
    PostgresDatabase()
    return name()


def forget_everything() -> None:
    """What a process keeps between requests must not go from test to test."""
    cache.clear()
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    forget_frames()
