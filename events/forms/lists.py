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
from wagtail.admin.forms.models import WagtailAdminModelForm, formfield_for_dbfield

from events.bilingual import BilingualModel
from events.models.base import VersionedModel

from .fields import LanguagesField, read_as_typed
from .sharing import share_rows

#: What a small whole number holds in every database.
_LAST_PLACE = 32_767


class RowForm(WagtailAdminModelForm):
    """One row of an owned list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read_as_typed(self)

    def save(self, commit: bool = True) -> Any:
        row = self.instance
        if isinstance(row, BilingualModel):
            before = type(row)._default_manager.filter(pk=row.pk).first() if row.pk else None
            row.note_translations(before)
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
