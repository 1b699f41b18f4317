"""Which jobs the list shows."""

from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from events.jobs import kind_labels
from events.models import Job


class JobFilters(WagtailFilterSet):
    """By state, by kind of work, by who started it, by day."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=Job.State.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=lambda: list(kind_labels().items()))
    owner = django_filters.ModelChoiceFilter(
        label=_("Started by"),
        queryset=lambda _request: get_user_model().objects.filter(
            pk__in=Job.objects.exclude(owner=None).values("owner")
        ),
    )
    created_at = django_filters.DateFromToRangeFilter(label=_("Created"), widget=DateRangePickerWidget)

    class Meta:
        model = Job
        fields: list[Any] = []
