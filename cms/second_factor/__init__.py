"""The second factor of staff: an app on the phone (TOTP, RFC 6238) beside the password, and recovery codes.

Whoever has set one up is asked for it at each log-in; members of some groups, and administrators, have to. A session
that has not passed it counts as nobody's (``middleware``), on every address of the site. django-otp computes and
throttles; what it would keep in the open, its own devices' secrets and recovery codes, is kept sealed and hashed here.
"""

from .verbs import WrongCodeError, guard_groups, new_codes, remove, reset, set_up, verify

__all__ = ["WrongCodeError", "guard_groups", "new_codes", "remove", "reset", "set_up", "verify"]
