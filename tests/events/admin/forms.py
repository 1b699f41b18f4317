"""Fill a form as a browser would: everything the page shows, with a few fields typed anew."""

from typing import Any

from django.forms import ModelMultipleChoiceField, MultipleChoiceField
from django.test import Client


def shown(client: Client, path: str) -> dict[str, Any]:
    """The values that the form of a page would post if nobody typed anything."""
    form = client.get(path).context["form"]
    values: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form[name].value()
        empty: Any = [] if isinstance(field, MultipleChoiceField | ModelMultipleChoiceField) else ""
        values[name] = empty if value in (None, "") else _posted(field, value)
    for name, formset in form.formsets.items():
        values |= {f"{name}-TOTAL_FORMS": len(formset.forms), f"{name}-INITIAL_FORMS": len(formset.initial_forms)}
        for row in formset.forms:
            for field in row.fields:
                value = row[field].value()
                values[f"{row.prefix}-{field}"] = "" if value is None else _posted(row.fields[field], value)
    return values


def _posted(field: Any, value: Any) -> Any:
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, list | tuple):
        return [getattr(each, "pk", each) for each in value]
    return (
        field.widget.format_value(value)
        if hasattr(field.widget, "formats") or hasattr(field.widget, "format")
        else value
    )


def added(name: str, number: int, **fields: Any) -> dict[str, Any]:
    """One more row in an owned list."""
    return {
        f"{name}-TOTAL_FORMS": number + 1,
        f"{name}-{number}-ORDER": number + 1,
        **{f"{name}-{number}-{field}": value for field, value in fields.items()},
    }
