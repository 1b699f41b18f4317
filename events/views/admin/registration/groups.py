"""Groups of an event: which there are and where each stands, one of them with its members, and acts on all of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button, HeaderButton

from events import labels, permissions
from events.bilingual import active_language
from events.forms.registration.asked import told
from events.forms.registration.group import ContactForm
from events.forms.registration.roster import MemberForm
from events.models import Registration, RegistrationGroup
from events.models.registration.registrations import State
from events.registration import Applicant
from events.registration.groups.answering import member_questions_of
from events.registration.groups.contact import amend_contact
from events.registration.groups.deciding import GROUP_ACTS
from events.registration.groups.letters import message_key
from events.registration.groups.members import add_member
from events.registration.line import LAST_HOURS
from events.registration.outbox import why
from events.registration.places import place_in_line
from events.registration.registering import FormUsedError
from events.registration.sessions import sessions_of
from events.registration.several import ACTS, do_to_several
from events.registration.substituting import substitute
from events.turkish import clean
from events.views.admin.building.acts import add_errors
from events.views.registration.uploads import once_of

from .base import RegistrationScreen
from .history import history_of
from .telling import tell_done


class GroupScreen(RegistrationScreen):
    """A screen about one group, below the list of groups."""

    header_icon = "group"

    @cached_property
    def group(self) -> RegistrationGroup:
        rows = RegistrationGroup.objects.select_related("organisation", "notice")
        group = get_object_or_404(rows, pk=self.kwargs["group"], event=self.event)
        group.event = self.event
        return group

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        items.insert(-1, {"url": self.to("registration_groups"), "label": _("Groups")})
        return items


class GroupsPage(RegistrationScreen):
    """Every group in the order in which they came, with its place in line and how often it was passed."""

    template_name = "events/admin/registration/groups.html"
    page_title = gettext_lazy("Groups")
    header_icon = "group"

    @property
    def header_buttons(self) -> list[Any]:
        if not permissions.may_manage_registrations(self.user) or self.settings is None:
            return []
        return [HeaderButton(_("Add group"), url=self.to("add_group"), icon_name="plus", priority=10)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts: dict[int, list[Registration]] = {}
        for row in (
            Registration.objects.filter(event=self.event).exclude(group=None).active().order_by("waiting_number")
        ):
            counts.setdefault(row.group_id or 0, []).append(row)
        groups = list(RegistrationGroup.objects.filter(event=self.event).order_by("registered_at", "pk"))
        line = self._line() if any(group.state == State.WAITLISTED for group in groups) else {}
        rows = [self._row(group, counts.get(group.pk, []), line) for group in groups]
        return super().get_context_data(rows=rows, last_days=LAST_HOURS.days, **kwargs)

    def _line(self) -> dict[Any, int]:
        """Places in line by waiting number."""
        waiting = Registration.objects.filter(event=self.event).waiting().values_list("waiting_number", flat=True)
        return {number: place for place, number in enumerate(waiting, 1)}

    def _row(self, group: RegistrationGroup, members: list[Registration], line: dict[Any, int]) -> dict[str, Any]:
        zone = self.event.time_zone
        return {
            "group": group,
            "url": self.to("registration_group", group.pk),
            "members": len(members),
            "place": line.get(members[0].waiting_number) if group.state == State.WAITLISTED and members else None,
            "when": labels.moment_words(group.registered_at, zone),
            "until": labels.moment_words(group.held_until, zone) if group.held_until else "",
        }


class GroupPage(GroupScreen):
    """Contact, members, history; what is done here is done to all members or to none."""

    template_name = "events/admin/registration/group.html"

    def get_page_title(self) -> str:
        return str(self.group)

    @property
    def header_buttons(self) -> list[Any]:
        if not permissions.may_manage_registrations(self.user) or self.group.state != State.CONFIRMED:
            return []
        url = self.to("add_group_member", self.group.pk)
        return [HeaderButton(_("Add member"), url=url, icon_name="plus", priority=10)]

    @property
    def header_more_buttons(self) -> list[Any]:
        if not permissions.may_manage_registrations(self.user) or not self.group.is_active:
            return []
        url = self.to("edit_group", self.group.pk)
        return [Button(_("Edit contact"), url=url, icon_name="edit", priority=10)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        group, zone = self.group, self.event.time_zone
        kwargs.pop("group", None)  # the number in the address
        members = list(group.members.select_related("replaced_by").order_by("pk"))
        first = next((each for each in members if each.waiting_number), None)
        return super().get_context_data(
            group=group,
            members=[self._member(each) for each in members],
            active=sum(each.is_active for each in members),
            one_act=self._one_act(),
            refused_why=why(group.address_refused),
            place=place_in_line(first) if first else None,
            until=labels.moment_words(group.held_until, zone) if group.held_until else "",
            registered=labels.moment_words(group.registered_at, zone),
            answers=self._answers(),
            history=history_of(group, zone),
            letters=self.event.messages.filter(person_key=message_key(group)).order_by("-pk")[:30],
            acts=[(name, ACTS[name].label) for name in GROUP_ACTS],
            last_days=LAST_HOURS.days,
            **kwargs,
        )

    def _one_act(self) -> str:
        """What can be done to one member alone: who has a seat is cancelled, who waits is declined."""
        return "cancel" if self.group.state == State.CONFIRMED else "decline"

    def _member(self, row: Registration) -> dict[str, Any]:
        may = permissions.may_manage_registrations(self.user) and row.state == State.CONFIRMED
        return {
            "row": row,
            "url": self.to("registration", row.pk),
            "substitute_url": self.to("substitute_registration", row.pk) if may else "",
        }

    def _answers(self) -> list[tuple[str, str]]:
        rows = self.group.answers.select_related("question").order_by("question__position", "pk")
        return [
            (str(row.question), told(row.question, row.value))
            for row in rows
            if permissions.may_read_answers(self.user, row.question.visible_to)
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        permissions.require(permissions.may_manage_registrations(request.user))
        act, count = request.POST.get("act", ""), self.group.active_members.count()
        said = clean(request.POST.get("reason", ""))[:500]
        if act == "one":
            self._do_to_one(said)
        elif act in GROUP_ACTS:
            reason = {"reason": said} if ACTS[act].takes_reason else {}
            try:
                GROUP_ACTS[act](group=self.group, by=self.user, **reason)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                done = ngettext("%(act)s: %(count)s registration.", "%(act)s: %(count)s registrations.", count)
                messages.success(request, done % {"act": ACTS[act].label, "count": count})
        return redirect(self.to("registration_group", self.group.pk))

    def _do_to_one(self, reason: str) -> None:
        code = clean(self.request.POST.get("member", ""))
        keys = list(self.group.active_members.filter(code=code).values_list("pk", flat=True))
        act = self._one_act()
        if keys:
            tell_done(
                self.request, act, do_to_several(act=act, event=self.event, keys=keys, reason=reason, by=self.user)
            )
        else:
            messages.error(self.request, _("Choose the member first."))


class EditContactPage(GroupScreen):
    """Another name or address for the contact; the letters that came back are then sent again from the group's page."""

    allowed = staticmethod(permissions.may_manage_registrations)
    template_name = "events/admin/registration/form.html"
    page_title = gettext_lazy("Edit contact")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        permissions.require(type(self).allowed(request.user))
        self.group  # noqa: B018 - as below
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None) -> ContactForm:
        named = ("name", "email", "language", "phone")
        return ContactForm(data, initial={name: getattr(self.group, name) for name in named})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("group", None)
        told = _(
            "With another address, the link that the old one got opens nothing any more. Send the last letter again."
        )
        form = kwargs.pop("form", None) or self.make_form()
        return super().get_context_data(form=form, explained=told, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if form.is_valid():
            try:
                amend_contact(group=self.group, contact=Applicant(**form.cleaned_data), by=self.user)
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, _("“%(name)s” was saved.") % {"name": form.cleaned_data["name"]})
                return redirect(self.to("registration_group", self.group.pk))
        return self.render_to_response(self.get_context_data(form=form))


class AddMemberPage(GroupScreen):
    """Somebody more for a group that has its seats."""

    allowed = staticmethod(permissions.may_manage_registrations)
    template_name = "events/admin/registration/form.html"
    page_title = gettext_lazy("Add member")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        permissions.require(type(self).allowed(request.user))
        # Looked for at once: the form itself would be shown under the address of another event.
        self.group  # noqa: B018
        return super().dispatch(request, *args, **kwargs)

    def make_form(self, data: Any = None) -> MemberForm:
        public = getattr(self.event, "public", None)
        sessions = sessions_of(public, active_language()) if public else []
        form = MemberForm(data, questions=member_questions_of(self.event.pk), sessions=sessions)
        form.number(once_of(self.request))
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("group", None)
        return super().get_context_data(**{**kwargs, "form": kwargs.get("form") or self.make_form()})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if form.is_valid():
            try:
                row = self._add(form)
            except ValidationError as error:
                if isinstance(error, FormUsedError):
                    form.number_anew()
                add_errors(form, error)
            else:
                messages.success(request, _("“%(name)s” was saved.") % {"name": row})
                return redirect(self.to("registration_group", self.group.pk))
        return self.render_to_response(self.get_context_data(form=form))

    def _add(self, form: MemberForm) -> Registration:
        number = f"m{self.group.pk}-{once_of(self.request)}"
        return add_member(group=self.group, member=form.member(self.group.language), once=number, by=self.user)


class SubstitutePage(RegistrationScreen):
    """Somebody else in a registered person's place; times and settings do not bind officers."""

    allowed = staticmethod(permissions.may_manage_registrations)
    template_name = "events/admin/registration/form.html"
    page_title = gettext_lazy("Name a substitute")

    @cached_property
    def registration(self) -> Registration:
        return get_object_or_404(Registration, pk=self.kwargs["registration"], event=self.event)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        permissions.require(type(self).allowed(request.user))
        if not self.registration.is_active:  # a second press, after the first
            return redirect(self.to("registration", self.registration.replaced_by_id or self.registration.pk))
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.registration)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("registration", None)
        return super().get_context_data(
            **{
                **kwargs,
                "form": kwargs.get("form") or MemberForm(questions=()),
                "explained": _("Answers and consents stay with whoever leaves; the seat changes hands at once."),
                "registration": self.registration,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = MemberForm(request.POST, questions=())
        if form.is_valid():
            applicant = form.member(self.registration.language).person
            try:
                row = substitute(registration=self.registration, applicant=applicant, by=self.user)
            except ValidationError as error:
                add_errors(form, error)
            else:
                messages.success(request, _("“%(name)s” was saved.") % {"name": row})
                return redirect(self.to("registration", row.pk))
        return self.render_to_response(self.get_context_data(form=form))
