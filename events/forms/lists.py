"""Small owned lists inside a form: plain foreign keys, edited with Wagtail's own inline panel.

Wagtail's panel asks for a modelcluster relation, which would give every row drafts. Plain Django formsets
under the same names serve it as well.
"""

from functools import lru_cache
from typing import Any, cast

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.forms import models as model_forms
from django.forms.formsets import ORDERING_FIELD_NAME
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm, formfield_for_dbfield

from events.bilingual import BilingualModel
from events.models.base import VersionedModel

from .fields import LanguagesField, read_as_typed
from .sharing import share_rows

#: What a small whole number holds in every database.
_LAST_PLACE = 32_767


class RowForm(WagtailAdminModelForm):
    """One row of an owned list; ``before`` is the row as it is stored, where the list had to look at it."""

    before: Model | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read_as_typed(self)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        # The key of a row stands in a hidden field: what is wrong with it would be told nowhere.
        if self._errors.pop(self.instance._meta.pk.name, None):
            self.add_error(
                None,
                _("Somebody else removed this row in the meantime. Remove it here too, or remove it and add it anew."),
            )
        return cleaned

    def stored(self) -> Model | None:
        """The row as it is stored; None for a new one."""
        row = self.instance
        return type(row)._default_manager.filter(pk=row.pk).first() if row.pk else None

    def save(self, commit: bool = True) -> Any:
        row = self.instance
        if isinstance(row, BilingualModel):
            before = self.before or self.stored()
            row.note_translations(before if isinstance(before, BilingualModel) else None)
        if isinstance(row, VersionedModel) and row.pk:
            row.version += 1
        return super().save(commit=commit)


class ListFormSet(model_forms.BaseInlineFormSet):
    """An owned list; where its rows have a position, the order on the screen is kept in it."""

    @cached_property
    def forms(self) -> list[Any]:
        inherited: Any = model_forms.BaseInlineFormSet.forms
        rows: list[Any] = inherited.func(self)
        share_rows(rows)
        return rows

    def save_existing_objects(self, commit: bool = True) -> Any:
        for form in self.deleted_forms:
            if form.instance.pk:
                self.delete_existing(form.instance)
        self._make_way()
        return super().save_existing_objects(commit=commit)

    def _make_way(self) -> None:
        """Take out rows that change what is unique in the list; each is written again under its own number.

        Two people who change places would stand in each other's way: the database looks after each row.
        """
        model: Any = self.model
        unique = {name for constraint in model._meta.total_unique_constraints for name in constraint.fields}
        kept: list[Any] = [form for form in self.initial_forms if form.instance.pk]
        changed = [form for form in kept if not unique.isdisjoint(form.changed_data)]
        if len(changed) < 2:
            return
        for form in changed:
            form.before = form.stored()
        rows = model._default_manager.filter(pk__in=[form.instance.pk for form in changed])
        rows._raw_delete(rows.db)

    def save_new(self, form: Any, commit: bool = True) -> Any:
        self._place(form)
        return super().save_new(form, commit=commit)

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        self._place(form)
        return super().save_existing(form, obj, commit=commit)

    def _place(self, form: Any) -> None:
        if self.can_order:
            form.instance.position = min(max(form.cleaned_data.get(ORDERING_FIELD_NAME) or 0, 0), _LAST_PLACE)


def list_formset(parent: type[Model], name: str, options: dict[str, Any]) -> type[ListFormSet]:
    """The formset class for one list of a model, from what Wagtail's inline panel asks for."""
    widgets = tuple(sorted((options.get("widgets") or {}).items()))
    return _list_formset(parent, name, tuple(options["fields"]), widgets, options.get("min_num"))


@lru_cache(maxsize=64)
def _list_formset(
    parent: type[Model], name: str, fields: tuple[str, ...], widgets: tuple[tuple[str, Any], ...], least: int | None
) -> type[ListFormSet]:
    relation = getattr(parent, name).rel
    child = relation.related_model
    form: type[RowForm] = RowForm
    if "languages" in fields:
        form = type("RowForm", (RowForm,), {"languages": LanguagesField()})
    made: Any = model_forms.inlineformset_factory(
        parent,
        child,
        form=form,
        formset=ListFormSet,
        fk_name=relation.field.name,
        fields=fields,
        widgets=dict(widgets),
        formfield_callback=formfield_for_dbfield,
        extra=0,
        min_num=least,
        can_delete=True,
        can_order=_has_position(child),
    )
    return cast(type[ListFormSet], made)


def _has_position(child: type[Model]) -> bool:
    try:
        child._meta.get_field("position")
    except FieldDoesNotExist:
        return False
    return True
