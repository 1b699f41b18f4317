"""What several models share: random public keys, derived columns and the row's version."""

import secrets
from collections.abc import Collection, Iterable
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.turkish import clean

_CLEAR = "abcdefghijkmnpqrstuvwxyz23456789"
_CODE = "abcdefghijklmnopqrstuvwxyz23456789"

M = TypeVar("M", bound="DerivedModel")


def new_code() -> str:
    """Eight characters of a–z and 2–9, for short links; collisions are left to the unique column."""
    return "".join(secrets.choice(_CODE) for _each in range(8))


def new_key() -> str:
    """Ten characters that are easy to read out: the public name of a person or a session."""
    return "".join(secrets.choice(_CLEAR) for _each in range(10))


class DerivedQuerySet(models.QuerySet[M]):
    """Derive before bulk writes too, so that no way into the table leaves search or sorting behind."""

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        rows = list(objs)
        for row in rows:
            row.derive()
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        rows = list(objs)
        for row in rows:
            row.derive()
        return super().bulk_update(rows, [*{*fields, *self.model.derived}], *args, **kwargs)


class DerivedModel(models.Model):
    """A row with columns computed from its others (sort keys, folded search text) at every save."""

    derived: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.derive()
        if update_fields is not None:
            update_fields = {*update_fields, *self.derived}
        super().save(update_fields=update_fields, **kwargs)

    def derive(self) -> None:
        """Compute the derived columns; must give the same again when nothing changed."""

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Bring typed texts into one form before they are validated."""
        for field in self._meta.concrete_fields:
            if field.editable and isinstance(field, (models.CharField, models.TextField)) and not field.choices:
                value = getattr(self, field.attname)
                if isinstance(value, str):
                    setattr(self, field.attname, clean(value, lines=isinstance(field, models.TextField)))
        super().clean_fields(exclude=exclude)


class VersionedModel(models.Model):
    """A row whose every save carries the version it was read at, so that two hands never overwrite."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True, editable=False)

    class Meta:
        abstract = True


def check_period(starts_on: Any, ends_on: Any, field: str = "ends_on") -> None:
    """Refuse a period that ends before it starts."""
    if starts_on and ends_on and ends_on < starts_on:
        raise ValidationError({field: _("The end is before the start. Check both dates.")})


def check_years(row: models.Model, *names: str) -> None:
    """Refuse a date that is surely mistyped; at the ends of the calendar no zone could place it."""
    for name in names:
        value = getattr(row, name)
        if value and not 1900 <= value.year <= 2199:
            raise ValidationError({name: _("Check the year.")})
