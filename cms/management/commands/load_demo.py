"""``manage.py load_demo``: the sample content, the site around it, and the log-ins to look at both."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from cms.demo import Desk, load_sample, load_site, make_logins


class Command(BaseCommand):
    help = "Load the sample content and the site once, make the log-ins of the demo and print them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done; a second run loads nothing and prints the same log-ins."""
        loaded = load_sample()
        self.stdout.write("Sample content loaded." if loaded else "Sample content is already there.")
        logins = make_logins()
        users = get_user_model().objects
        with quiet():
            loaded = load_site(Desk(users.get(username="editor"), users.get(username="admin")))
        self.stdout.write("Site loaded." if loaded else "There is a site already.")
        widest = max(len(login.name) for login in logins)
        for login in logins:
            password = login.password or "(as somebody set it; manage.py changepassword sets another)"
            self.stdout.write(f"  {login.name:<{widest}} {password}")


@contextmanager
def quiet() -> Iterator[None]:
    """Wagtail notes every page that is saved, several lines each."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
