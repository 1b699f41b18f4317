"""Choosing people, organisations and events among hundreds: a search, not a list of options."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.chooser import ChooserViewSet

from events.forms.sharing import KnownChooser
from events.labels import dates_words
from events.models import DialogueProgramme, Event, Organisation, Person
from events.turkish import fold

from .views import SEE


class FoldedSearchForm(BaseFilterForm):
    """Find ``Ilgın`` for ``ilgin``."""

    q = forms.CharField(label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"}))

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        words = fold(self.cleaned_data["q"]).split()
        self.is_searching = bool(words)
        self.search_query = self.cleaned_data["q"]
        for word in words:
            objects = objects.filter(search_text__contains=word)
        return super().filter(objects)


class TitleSearchForm(FoldedSearchForm):
    """The same where no folded text is kept: for tables of tens of rows."""

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        words = fold(self.cleaned_data["q"]).split()
        self.is_searching = bool(words)
        self.search_query = self.cleaned_data["q"]
        titles = objects.values_list("pk", "title_tr", "title_en") if words else []
        found = [pk for pk, *texts in titles if all(word in fold(" ".join(texts)) for word in words)]
        # Past the folded form's own filter, which would ask for a column that is not there.
        return super(FoldedSearchForm, self).filter(objects.filter(pk__in=found) if words else objects)


class ForThoseWhoMaySee(PermissionCheckedMixin):
    """Names are shown to those who may see the directory, not to everybody with a log-in."""

    any_permission_required = SEE


class Choose(ForThoseWhoMaySee, chooser.ChooseView):
    filter_form_class = FoldedSearchForm


class ChooseResults(ForThoseWhoMaySee, chooser.ChooseResultsView):
    filter_form_class = FoldedSearchForm


class Chosen(ForThoseWhoMaySee, chooser.ChosenView):
    def get_object(self, pk: str) -> Any:
        if not _is_key(pk):
            raise Http404
        return super().get_object(pk)


class ChosenMultiple(ForThoseWhoMaySee, chooser.ChosenMultipleView):
    def get_objects(self, pks: list[str]) -> Any:
        return super().get_objects([pk for pk in pks if _is_key(pk)])


def _is_key(text: str) -> bool:
    """Whether an address names a row at all: the database fails with anything else."""
    return text.isdecimal() and len(text) < 16


class DirectoryChooser(ChooserViewSet):
    choose_view_class = Choose
    choose_results_view_class = ChooseResults
    chosen_view_class = Chosen
    chosen_multiple_view_class = ChosenMultiple
    base_widget_class = KnownChooser
    per_page = 15

    def get_urlpatterns(self) -> list[URLPattern]:
        """Without Wagtail's view for making a row in the dialogue: we offer none, and it fails without a form."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class PersonChooser(DirectoryChooser):
    model = Person
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    edit_item_text = _("Edit this person")

    def get_object_list(self) -> QuerySet[Person]:
        return Person.objects.kept()


class OrganisationChooser(DirectoryChooser):
    model = Organisation
    icon = "group"
    choose_one_text = _("Choose an organisation")
    choose_another_text = _("Choose another organisation")
    edit_item_text = _("Edit this organisation")


class WithDates:
    """Titles come again every year: tell the dates beside them."""

    @property
    def columns(self) -> list[Column]:
        columns: list[Column] = super().columns  # type: ignore[misc]
        return [*columns, Column("dates", label=_("When"), accessor=_dates)]


def _dates(event: Event) -> str:
    return dates_words(event.starts_on, event.ends_on) or "–"


class ChooseEvent(WithDates, Choose):
    """The dialogue's first page."""


class ChooseEventResults(WithDates, ChooseResults):
    """Its further pages and what a search finds."""


class EventChooser(DirectoryChooser):
    model = Event
    icon = "date"
    choose_one_text = _("Choose an event")
    choose_another_text = _("Choose another event")
    edit_item_text = _("Edit this event")
    choose_view_class = ChooseEvent
    choose_results_view_class = ChooseEventResults
    # Sessions choose their event from a plain list.
    register_widget = False


class ChooseProgramme(Choose):
    filter_form_class = TitleSearchForm


class ChooseProgrammeResults(ChooseResults):
    filter_form_class = TitleSearchForm


class DialogueProgrammeChooser(DirectoryChooser):
    model = DialogueProgramme
    icon = "list-ul"
    choose_one_text = _("Choose a dialogue programme")
    choose_another_text = _("Choose another dialogue programme")
    edit_item_text = _("Edit this dialogue programme")
    choose_view_class = ChooseProgramme
    choose_results_view_class = ChooseProgrammeResults
    register_widget = False


person_chooser = PersonChooser("person_chooser", url_prefix="choose-person")
organisation_chooser = OrganisationChooser("organisation_chooser", url_prefix="choose-organisation")
event_chooser = EventChooser("event_chooser", url_prefix="choose-event")
dialogue_programme_chooser = DialogueProgrammeChooser("dialogue_programme_chooser", url_prefix="choose-programme")
