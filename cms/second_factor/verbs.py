"""What is done with a second factor; each act in one transaction, and in the history of the person."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.models import Authenticator, GuardedGroup, RecoveryCode
from cms.models.second_factor import new_recovery_code
from events import permissions

from .rules import may_look_after, may_reset, must_have

RECOVERY_CODES = 10


class WrongCodeError(ValidationError):
    """The code is not the one of this moment, or too many were wrong; says how long to wait."""


def set_up(*, user: Any, secret: str, code: str) -> tuple[Authenticator, list[str]]:
    """Tie the app that shows this code for this secret to the person; gives the recovery codes, this once.

    An app that was there before is replaced, and all that was logged in by it is out.
    """
    with transaction.atomic():
        user = get_user_model().objects.select_for_update().get(pk=user.pk)
        Authenticator.objects.filter(user=user).delete()
        device = Authenticator(user=user, name="app")
        device.write_secret(secret)
        device.save()
        if not device.verify_token(code):
            raise WrongCodeError(_("This is not the code that the app shows now. Wait for the next one and type it."))
        log(instance=user, action="cms.second_factor.set_up", user=user)
        return device, _fill(device)


def verify(*, user: Any, code: str) -> Authenticator:
    """Take a code of the app, or a recovery code; raises WrongCodeError. A wrong one is counted though it is refused."""
    with transaction.atomic():
        device = _held(user)
        allowed, why = device.verify_is_allowed()
        right = device.verify_token(code)
    if not allowed:
        raise WrongCodeError(
            _("Too many wrong codes. Try again after %(time)s.")
            % {"time": f"{timezone.localtime(why['locked_until']):%H:%M:%S}"}
        )
    if not right:
        raise WrongCodeError(_("This code is not right. Type the six digits that the app shows now."))
    return device


def new_codes(*, user: Any) -> list[str]:
    """Ten new recovery codes; those before are void."""
    with transaction.atomic():
        device = _held(user)
        device.recovery_codes.all().delete()
        log(instance=user, action="cms.second_factor.new_codes", user=user)
        return _fill(device)


def remove(*, user: Any) -> None:
    """Go back to the password alone; refused to whoever must have a second factor."""
    with transaction.atomic():
        device = _held(user)
        if must_have(user):
            raise ValidationError(_("You need a second factor for your work. You can replace the app instead."))
        device.delete()
        log(instance=user, action="cms.second_factor.remove", user=user)


def reset(*, user: Any, by: Any = None) -> bool:
    """Take the second factor of somebody away whose phone is lost; False where there was none. Ends all log-ins by it."""
    permissions.require(may_reset(by, user))
    with transaction.atomic():
        had = bool(Authenticator.objects.filter(user=user).delete()[0])
        if had:
            log(instance=user, action="cms.second_factor.reset", user=by)
    return had


def guard_groups(*, groups: Iterable[Group], by: Any = None) -> None:
    """Say whose members must have a second factor, from their next log-in on."""
    permissions.require(may_look_after(by))
    wanted = {group.pk: group for group in groups}
    with transaction.atomic():
        there = set(GuardedGroup.objects.select_for_update().values_list("group", flat=True))
        GuardedGroup.objects.exclude(group__in=wanted).delete()
        GuardedGroup.objects.bulk_create(GuardedGroup(group=wanted[pk]) for pk in sorted(wanted.keys() - there))
        for pk in sorted(there ^ wanted.keys()):
            act = "guard" if pk in wanted else "unguard"
            log(instance=Group.objects.get(pk=pk), action=f"cms.second_factor.{act}", user=by)


def _held(user: Any) -> Authenticator:
    device: Authenticator = Authenticator.objects.select_for_update().get(user=user)
    return device


def _fill(device: Authenticator) -> list[str]:
    codes = [new_recovery_code() for _each in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(authenticator=device, digest=device.digest_of(code)) for code in codes
    )
    return codes
