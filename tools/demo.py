"""The whole site with sample content in one command: web, worker and clock in one process. Ctrl-C stops it."""

import os
import socket
import sys
from pathlib import Path

import make_keys

ROOT = Path(__file__).resolve().parent.parent


def port_is_free(port: str) -> bool:
    """Whether this process could listen at the port of 127.0.0.1."""
    with socket.socket() as listener:
        # As gunicorn does, so that a port just left is free again.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", int(port)))
        except (OSError, ValueError, OverflowError):
            return False
    return True


def prepare() -> None:
    """The database and its content. In this process, so that the site need not be loaded twice."""
    import django  # noqa: PLC0415 - the keys must be there first
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_demo")
    connections.close_all()


def told_of_letters() -> str:
    """Where to read what delegates are sent: links to confirm and to come back stand in it."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up by then

    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    return f"Letters are kept as files in {os.path.relpath(folder, ROOT)}" if folder else "Letters are sent (EMAIL_URL)"


def main(port: str) -> None:
    if not port_is_free(port):
        sys.exit(f"Port {port} is taken: stop what listens there, or choose another one: make demo PORT=8001")
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    make_keys.main()
    os.environ.setdefault("BASE_URL", f"http://127.0.0.1:{port}")
    # Nobody who tries it has to set up an app first; whoever wants to see it may, under "Account".
    os.environ.setdefault("SECOND_FACTOR", "off")
    # Set and empty: the process works off its own jobs, whatever .env says.
    os.environ |= {"DJANGO_SETTINGS_MODULE": "cms.settings", "REDIS_URL": ""}
    prepare()
    site = os.environ["BASE_URL"]
    print(f"\nKöprü is at {site}, its admin at {site}/admin/ (Ctrl-C stops it)", flush=True)
    print(f"{told_of_letters()}\n", flush=True)
    from gunicorn.app import wsgiapp  # noqa: PLC0415

    sys.argv = ["gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--log-level", "warning"]
    wsgiapp.run()


if __name__ == "__main__":
    main(sys.argv[1])
