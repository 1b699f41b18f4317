"""Wagtail's generic views as this house needs them: folded search, one transaction a save, use told from keys."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin.utils import quote
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.views.mixins import Echo

from events.labels import sentence
from events.models import Person
from events.turkish import fold

from .uses import Use, protecting, uses

SEE = ["add", "change", "delete", "view"]
_FORMULA = re.compile(r"'*[=+\-@]")


class ListView(generic.IndexView):
    """A list whose search finds ``Ilgın`` for ``ilgin``: every word in one of the folded texts.

    ``folded`` are columns that are stored folded, ``plain`` those to fold on the way (for small tables);
    ``related`` and ``prefetched`` keep the number of queries the same for one row and for twenty.
    """

    folded: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()

    @cached_property
    def is_searchable(self) -> bool:
        return bool(self.folded or self.plain)

    @cached_property
    def columns(self) -> list[Any]:
        """The first column leads to the row and carries its buttons."""
        first, *others = super().columns
        if isinstance(first, TitleColumn):
            return [first, *others]
        title = self._get_title_column_class(TitleColumn)
        leading = title(
            first.name,
            label=first.label,
            accessor=first.accessor,
            sort_key=first.sort_key,
            get_url=lambda row: self.get_edit_url(row) or self.get_inspect_url(row),
        )
        return [leading, *others]

    def get_base_queryset(self) -> models.QuerySet[Any]:
        rows = super().get_base_queryset().select_related(*self.related).prefetch_related(*self.prefetched)
        return rows.filter(erased_at=None) if self.model is Person else rows

    @cached_property
    def filters(self) -> Any:
        """A year beyond the calendar is an error beside its filter; the database would fail with it."""
        filters = super().filters
        for name, each in filters.filters.items() if filters else ():
            if "__" in each.field_name:
                filters.form.fields[name].label = _way_label(self.model, each.field_name)
            if each.lookup_expr == "year":
                filters.form.fields[name].validators += [MinValueValidator(1), MaxValueValidator(9999)]
        return filters

    def filter_queryset(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return self._each_once(super().filter_queryset(queryset), self.list_filter or ())

    def _each_once(self, queryset: models.QuerySet[Any], names: Iterable[str]) -> models.QuerySet[Any]:
        """A row that is found by several of its own, such as two positions, is one row all the same."""
        return queryset.distinct() if any("__" in name for name in names) else queryset

    def stream_csv(self, queryset: models.QuerySet[Any]) -> Iterator[str]:
        """As Turkish Excel opens it: byte-order mark, semicolons."""
        writer: Any = csv.DictWriter(Echo(), fieldnames=self.list_export, delimiter=";")
        yield "\ufeff"
        yield writer.writerow({name: self.get_heading(queryset, name) for name in self.list_export})
        for row in queryset:
            yield self.write_csv_row(writer, self.to_row_dict(row))

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """No cell of a text table can become a formula; a workbook knows what is text."""
        told = super().preprocess_field_value(field, value, export_format)
        guarded = export_format == self.FORMAT_CSV and isinstance(told, str) and _FORMULA.match(told)
        return f"'{told}" if guarded else told

    def search_queryset(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        for word in fold(self.search_query or "").split():
            found = models.Q()
            for name in self.folded:
                found |= models.Q(**{f"{name}__contains": word})
            if self.plain:
                found |= models.Q(pk__in=self._holding(queryset, word))
            queryset = self._each_once(queryset.filter(found), self.folded)
        return queryset

    def _holding(self, queryset: models.QuerySet[Any], word: str) -> list[int]:
        rows = queryset.order_by().values_list("pk", *self.plain)
        return [row[0] for row in rows if any(word in fold(str(text or "")) for text in row[1:])]


def _way_label(model: type[models.Model], path: str) -> str:
    """“Organisation: kind”; the name of a way back, such as from a person to its positions, is not for readers."""
    words: list[str] = []
    for name in path.split("__"):
        field: Any = model._meta.get_field(name)
        words += [] if field.auto_created else [str(field.verbose_name)]
        model = field.related_model or model
    return sentence(": ".join(words))


class OneTransaction:
    """Checking the version and saving happen in one transaction, so that nobody slips in between."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        return response


class AddView(OneTransaction, generic.CreateView):
    """Make a row; an error shows beside its field and keeps what was typed."""


class EditView(OneTransaction, generic.EditView):
    """Change a row; a stale save shows both versions above the form."""

    template_name = "events/admin/edit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["differences"] = getattr(self.form, "differences", [])
        return context


class CopyView(generic.CopyView):
    """Show a filled form that makes a new row; Wagtail's own view overwrites the original when posted to."""

    http_method_names = ["get", "head", "options"]


class HistoryView(history.HistoryView):
    any_permission_required = SEE


class InspectView(generic.InspectView):
    """All of a row for those who may only look."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        # Wagtail looks for a method get_<name>_display_value, and one of our columns is called "field".
        if field_name == "field":
            return self.object.get_field_display() or "–"
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, list):
            return ", ".join(str(each) for each in value) or "–"
        return "–" if value in (None, "") else value


class UsageView(usage.UsageView):
    """Where a row is named, told from the foreign keys themselves."""

    permission_required = None
    any_permission_required = SEE

    def get_queryset(self) -> list[Use]:
        return uses(self.object)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("name", label=_("Name"), accessor="label", get_url=lambda row: row["edit_url"]),
            Column("kind", label=_("Type"), accessor="kind"),
        ]

    def get_table(self, object_list: Any, **kwargs: Any) -> Any:
        finder = AdminURLFinder(self.request.user)
        rows = [
            {
                "label": str(use.row),
                "kind": sentence(str(use.row._meta.verbose_name)),
                "edit_url": finder.get_edit_url(use.row),
            }
            for use in object_list
        ]
        return super(usage.UsageView, self).get_table(rows, **kwargs)


class DeleteView(generic.DeleteView):
    """Delete a row that nothing needs any more; otherwise say what needs it."""

    # Django's own way for DELETE asks nobody what still needs the row.
    http_method_names = ["get", "head", "post", "options"]
    template_name = "events/admin/confirm_delete.html"

    def get_usage(self) -> None:
        return None

    def get_usage_url(self) -> str | None:
        return reverse(self.usage_url_name, args=(quote(self.object.pk),)) if self.usage_url_name else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super(generic.DeleteView, self).get_context_data(**kwargs)
        return {
            **context,
            "in_the_way": protecting(self.object),
            "instead": self.get_alternatives(),
            "next": self.get_success_url(),
        }

    def get_alternatives(self) -> list[tuple[str, str]]:
        """What can be done with a row that cannot be deleted: labels and addresses."""
        return []

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            if protecting(self.object):
                messages.error(self.request, _("Nothing was deleted: other records still need this one."))
                return self.render_to_response(self.get_context_data(form=form))
            response: HttpResponse = super().form_valid(form)
        return response
