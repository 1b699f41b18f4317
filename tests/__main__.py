"""`python -m tests`: makes the database that the tests copy, while something else is done, and says what it is called."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests import database  # noqa: E402 - it needs the apps

print(database.prepare())  # noqa: T201 - that is what it is called for
