"""The site for the test of crowds: on the database of the test and, for the control run, with its lock away.

Nothing in the product can switch the lock off: this module puts a function of its own into the place of the real one.
"""

import os
import time

from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["SITE_DATABASE"]

from cms.wsgi import application  # noqa: E402 - the database must be chosen first
from events.models import Event, RegistrationSettings  # noqa: E402
from events.registration import amending, deciding, registering  # noqa: E402


def look_without_holding(event: int, *, known: Event | None = None) -> RegistrationSettings:
    """The event's row as it is, held by nobody: what check-then-insert does."""
    row = RegistrationSettings.objects.select_related("event__public").get(event=event)
    time.sleep(0.02)  # as long as a busy machine may take between looking and writing
    return row


if os.environ.get("SITE_UNLOCKED"):
    for module in (registering, deciding, amending):
        setattr(module, "hold", look_without_holding)  # noqa: B010 - each has it by its import

__all__ = ["application"]
