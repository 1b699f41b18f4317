"""Who must have a second factor, and who looks after those of others."""

from typing import Any

from django.conf import settings

from cms.models import Authenticator, GuardedGroup


def authenticator_of(user: Any) -> Authenticator | None:
    """The person's app; asks nothing where the log-in brought it along (``backend``)."""
    found: Authenticator | None = getattr(user, "authenticator", None)
    return found


def must_have(user: Any) -> bool:
    """Whether this person may not work without: an administrator, or a member of a guarded group."""
    if not settings.SECOND_FACTOR:
        return False
    return user.is_superuser or GuardedGroup.objects.filter(group__user=user).exists()


def may_look_after(user: Any) -> bool:
    """See who has a second factor, say who must, take one away from somebody whose phone is lost."""
    return user is None or (user.is_active and user.has_perm("auth.change_user"))


def may_reset(user: Any, whose: Any) -> bool:
    """Nobody below an administrator lets an administrator in with a password alone."""
    return may_look_after(user) and (user is None or user.is_superuser or not whose.is_superuser)
