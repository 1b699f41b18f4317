"""Two releases of an event side by side, to read and to print."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import labels, permissions
from events.forms.comparing import CompareForm
from events.models import ProgrammeRelease
from events.release import open_release

from .base import EventPage
from .side_by_side import side_by_side


class ReleasesCompared(EventPage):
    """Any two releases; without a choice the last two."""

    template_name = "events/admin/compared.html"
    page_title = gettext_lazy("Compare releases")
    header_icon = "history"

    @cached_property
    def releases(self) -> dict[int, ProgrammeRelease]:
        """All of them by number, the newest first, without their documents."""
        rows = ProgrammeRelease.objects.without_documents().filter(event=self.event).order_by("-number")
        return {row.number: row for row in rows}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = CompareForm(self._asked, releases=[(number, self._name(row)) for number, row in self.releases.items()])
        chosen = list(self._chosen(form.numbers)) if form.is_valid() else []
        opened = [open_release(row) for row in chosen]
        return super().get_context_data(
            form=form,
            may_edit=permissions.may_edit_programme(self.request.user),
            few=len(self.releases) < 2,
            chosen=[(row, self._name(row)) for row in chosen],
            compared=side_by_side(*opened, whole=form.cleaned_data["whole"]) if opened else None,
            **kwargs,
        )

    def _chosen(self, numbers: tuple[int, int]) -> Any:
        """With their documents, the earlier one first."""
        return ProgrammeRelease.objects.filter(event=self.event, number__in=numbers).order_by("number")

    @property
    def _asked(self) -> dict[str, Any]:
        last = list(self.releases)[:2]
        asked = {"newer": str(last[0]), "older": str(last[-1])} if len(last) > 1 else {}
        return {
            **asked,
            **{name: self.request.GET[name] for name in ("older", "newer", "whole") if name in self.request.GET},
        }

    def _name(self, release: ProgrammeRelease) -> str:
        when = labels.moment_words(release.released_at, self.event.time_zone)
        return _("Release %(number)s, %(when)s") % {"number": release.number, "when": when}
