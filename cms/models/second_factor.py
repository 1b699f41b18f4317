"""The second factor of a member of staff: an authenticator app, and codes for the day that the phone is lost."""

import base64
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin
from django_otp.oath import TOTP

from events.models.base import new_key
from events.sealing import seal, unseal

#: So many bytes RFC 4226 recommends for the secret.
_SECRET_BYTES = 20
#: A code of the step before and of the one after is taken too: clocks differ, and typing takes time.
_TOLERANCE = 1
#: Of so many wrong codes each makes the next wait twice as long, up to a quarter of an hour: 84 tries a day for three
#: codes of a million, and whoever knows the password cannot lock the person out for good.
_MOST_DOUBLED = 11
_CLEAR = "abcdefghijkmnpqrstuvwxyz23456789"
_CODE_LENGTH = 16


def new_secret() -> str:
    """A secret for an authenticator app, as apps take it: 32 letters of base 32."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def new_recovery_code() -> str:
    """``abcd-efgh-jkmn-pqrs``: 80 bits, so that a fast hash of it is enough."""
    letters = [secrets.choice(_CLEAR) for _each in range(_CODE_LENGTH)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, _CODE_LENGTH, 4))


class Authenticator(ThrottlingMixin, Device):
    """One person's authenticator app. The secret is sealed (``events.sealing``), a code is good once (RFC 6238).

    ``generation`` is what a session remembers of having passed: it is another with each app that is set up, so that
    whoever loses it is out everywhere. After each wrong code the next try waits, longer each time.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="authenticator")
    sealed = models.TextField()
    generation = models.CharField(max_length=12, default=new_key)
    drift = models.SmallIntegerField(default=0)
    last_step = models.BigIntegerField(default=-1)
    set_up_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    def __str__(self) -> str:
        return str(self.user)

    def get_throttle_factor(self) -> int:
        """One second after the first wrong code, two after the next, then four."""
        return 1

    def throttle_increment(self, commit: bool = True) -> None:
        super().throttle_increment(commit=False)
        self.throttling_failure_count = min(self.throttling_failure_count, _MOST_DOUBLED)  # type: ignore[has-type]
        if commit:
            self.save()

    def verify_token(self, token: Any) -> bool:
        """Whether an app or a recovery code says this now; hold the row (``select_for_update``) before. Saves it."""
        if not self.verify_is_allowed()[0]:
            return False
        typed = "".join(char for char in str(token).lower() if char.isalnum())
        right = self._is_now(int(typed)) if typed.isdecimal() and len(typed) == 6 else self._is_recovery(typed)
        if right:
            self.throttle_reset(commit=False)
        else:
            self.throttle_increment(commit=False)
        self.save()
        return right

    def _is_now(self, token: int) -> bool:
        clock = TOTP(base64.b32decode(unseal(self.sealed)), drift=self.drift)
        right: bool = clock.verify(token, _TOLERANCE, self.last_step + 1)
        if right:
            self.drift, self.last_step = clock.drift, clock.t()
        return right

    def _is_recovery(self, typed: str) -> bool:
        """A recovery code is good once: whoever deletes it was the one who used it."""
        return bool(self.recovery_codes.filter(digest=self.digest_of(typed)).delete()[0])

    def write_secret(self, secret: str) -> None:
        self.sealed = seal(secret)

    def digest_of(self, code: str) -> str:
        """How a recovery code of this app is stored."""
        return hashlib.sha256(f"{self.generation}:{code.replace('-', '').lower()}".encode()).hexdigest()


class RecoveryCode(models.Model):
    """One code that lets its person in once, without the app; only its hash is kept."""

    authenticator = models.ForeignKey(Authenticator, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [models.UniqueConstraint(fields=["authenticator", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"{self.authenticator_id}: {self.pk}"


class GuardedGroup(models.Model):
    """A group whose members must have a second factor. Administrators must have one in any case."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="guarded")

    class Meta:
        verbose_name = _("group with a second factor")
        verbose_name_plural = _("groups with a second factor")

    def __str__(self) -> str:
        return str(self.group)
