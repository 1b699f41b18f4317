"""Bring back what a session was in a release: first what that changes, then the act."""

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from events import labels, permissions
from events.building import Earlier, read_earlier, restore_session
from events.forms.restoring import RestoreForm
from events.models import Person, ProgrammeRelease, Session

from .base import EventPage
from .rows import people_of, told_row
from .side_by_side import pair_lines
from .wording import Line


class RestorePage(EventPage):
    """What would change in the row, field by field; the desk can undo it."""

    allowed = staticmethod(permissions.may_edit_programme)
    template_name = "events/admin/restore.html"
    header_icon = "undo"

    @cached_property
    def release(self) -> ProgrammeRelease:
        found = self.event.releases.select_related("event").filter(number=self.kwargs["number"]).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def earlier(self) -> Earlier:
        found = read_earlier(self.release, self.kwargs["key"])
        if found is None:
            raise Http404
        return found

    @property
    def session(self) -> Session | None:
        rows = self.event.sessions.select_related("event", "room__venue", "venue", "track", "organisation")
        return rows.prefetch_related("parties", "contributions__person").filter(key=self.kwargs["key"]).first()

    def get_page_title(self) -> str:
        return _("Back to release %(number)s") % {"number": self.release.number}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Beside the title stands the session, not the event that the way here names."""
        *way, here = super().get_breadcrumbs_items()
        return [*way, {**here, "sublabel": self.earlier.title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session, earlier = self.session, self.earlier
        lines = [line for line in self._lines(session, earlier) if line.before != line.after]
        return super().get_context_data(
            form=RestoreForm(initial={"version": session.version if session else None}),
            release=self.release,
            when=labels.moment_words(self.release.released_at, self.event.time_zone),
            session=session,
            earlier=earlier,
            lines=lines,
            may_restore=bool(session) or permissions.may_add_sessions(self.request.user),
            **kwargs,
        )

    def _lines(self, session: Session | None, earlier: Earlier) -> list[Line]:
        after = copy(session) if session else Session(event=self.event)
        earlier.put(after)
        names = dict(Person.objects.filter(pk__in=[each.person for each in earlier.people]).values_list("pk", "name"))
        people = [(names[each.person], each.role, dict(each.shown)) for each in earlier.people if each.person in names]
        then, then_names = told_row(after, earlier.parties, people)
        if session is None:
            return list(pair_lines(None, then, then_names, then_names))
        now, now_names = told_row(session, session.parties.all(), people_of(session.contributions.all()))
        return list(pair_lines(now, then, now_names, then_names))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RestoreForm(request.POST)
        version = form.cleaned_data["version"] if form.is_valid() else -1
        key, number = self.kwargs["key"], self.release.number
        if read_earlier(self.release, key) is None:
            raise Http404
        try:
            session = restore_session(event=self.event, by=self.user, key=key, number=number, version=version)
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
            return self.render_to_response(self.get_context_data())
        messages.success(
            request,
            _("“%(title)s” is again what it was in release %(number)s. Nothing is public before the next release.")
            % {"title": session, "number": number},
        )
        return redirect(f"{reverse('event_admin:programme', args=[self.event.pk])}?day={session.day}")
