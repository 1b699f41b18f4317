"""``manage.py load_demo``: the sample content and the log-ins to look at it."""

from typing import Any

from django.core.management.base import BaseCommand

from cms.demo import load_sample, make_logins


class Command(BaseCommand):
    help = "Load the sample content once, make the log-ins of the demo and print them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done; a second run loads nothing and prints the same log-ins."""
        loaded = load_sample()
        self.stdout.write("Sample content loaded." if loaded else "Sample content is already there.")
        for login in make_logins():
            password = login.password or "(as somebody set it; manage.py changepassword sets another)"
            self.stdout.write(f"  {login.name:<8} {password}")
