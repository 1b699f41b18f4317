"""The admin's menu: what is run, who is who, and what goes out."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from .choosers import dialogue_programme_chooser, event_chooser, organisation_chooser, person_chooser
from .directory import (
    MembershipViewSet,
    OfficeViewSet,
    OrganisationViewSet,
    PartnershipViewSet,
    PersonViewSet,
    PopulationViewSet,
    PositionViewSet,
    VenueViewSet,
)
from .jobs import JobViewSet
from .outbox import MessageViewSet
from .programme import DialogueProgrammeViewSet, EventViewSet, FundingViewSet, SessionViewSet


class ProgrammeGroup(ViewSetGroup):
    menu_label = _("Events")
    menu_icon = "date"
    menu_order = 110
    items = (EventViewSet, SessionViewSet, DialogueProgrammeViewSet, FundingViewSet)


class DirectoryGroup(ViewSetGroup):
    menu_label = _("Directory")
    menu_icon = "group"
    menu_order = 120
    items = (
        PersonViewSet,
        OrganisationViewSet,
        VenueViewSet,
        PartnershipViewSet,
        MembershipViewSet,
        PopulationViewSet,
        PositionViewSet,
        OfficeViewSet,
    )


class OutboxGroup(ViewSetGroup):
    menu_label = _("Outbox")
    menu_icon = "mail"
    menu_order = 130
    items = (MessageViewSet, JobViewSet)


viewsets = [
    person_chooser,
    organisation_chooser,
    event_chooser,
    dialogue_programme_chooser,
    ProgrammeGroup(),
    DirectoryGroup(),
    OutboxGroup(),
]
