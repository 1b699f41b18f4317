"""The list to take along: only the columns that this officer may see, and the export is written down."""

import datetime as dt
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.bilingual import active_language
from events.exchange.export import text_table, workbook
from events.forms.registration.asked import told
from events.labels import sentence
from events.models import ChosenSession, Event, Question, Registration
from events.registration.attended import came_on, came_words
from events.registration.organisations import Organisations

from .answers import asked_answer, readable
from .listing import narrowed

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Those that the list shows, narrowed by the same address."""
    if not permissions.may_export_registrations(request.user):
        raise PermissionDenied
    event, user = get_object_or_404(Event, pk=pk), cast(User, request.user)
    if form not in TYPES:
        raise Http404
    questions = [each for each in event.questions.order_by("position", "pk") if _may_read(user, each)]
    asked = {
        name: request.GET.get(name, "")[:220]
        for name in ("q", "state", "organisation", "group", "mail", "details", "came")
    }
    asked["answer"] = asked_answer(request.GET, readable(event, user))
    kept = Registration.objects.kept().filter(event=event)
    rows = narrowed(kept, asked, Organisations(event)).order_by("sort_key", "pk")
    header, table = _table(_with_all(rows), questions, event)
    sensitive = any(each.sensitive for each in questions)
    log(
        instance=event,
        action="events.registration.export",
        user=user,
        data={"rows": len(table), "sensitive": sensitive},
    )
    title = f"{event}: {_('registrations')}"
    data = (
        text_table(header, table, active_language())
        if form == "csv"
        else workbook(title, header, table, sheet=_("registrations"))
    )
    response = HttpResponse(data, content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}-registrations.{form}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _may_read(user: User, question: Question) -> bool:
    allowed = permissions.may_read_answers(user, question.visible_to)
    return allowed and (not question.sensitive or permissions.may_open_sensitive(user))


def _with_all(rows: Any) -> Any:
    return rows.select_related("group").prefetch_related(
        "answers", "group__answers", "chosen_sessions__places__session", "check_ins__session"
    )


def _table(rows: Any, questions: list[Question], event: Event) -> tuple[list[str], list[list[Any]]]:
    named = ("name", "email", "phone", "organisation_name", "role", "language", "state", "registered_at")
    header = [sentence(str(Registration._meta.get_field(name).verbose_name)) for name in named]  # type: ignore[union-attr]
    header[-1] = f"{header[-1]} ({event.time_zone})"
    header += [_("Group"), _("Sessions"), _("Attendance"), _("Was there"), *(str(each.label) for each in questions)]
    zone = ZoneInfo(event.time_zone)
    return header, [_cells(row, questions, zone) for row in rows]


def _cells(row: Registration, questions: list[Question], zone: ZoneInfo) -> list[Any]:
    answers: dict[int, Any] = {answer.question_id: answer for answer in row.answers.all()}
    if row.group:
        answers |= {answer.question_id: answer for answer in row.group.answers.all()}
    group = f"{row.group} ({row.group.code.upper()})" if row.group else ""
    # On the event's clocks; a cell of a workbook has no zone, so its column says which.
    moment: dt.datetime = row.registered_at.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
    sessions = "; ".join(_session_words(each) for each in row.chosen_sessions.all())
    said = [told(each, answers[each.pk].value) if each.pk in answers else "" for each in questions]
    person = [row.name, row.email, row.phone, row.organisation_name, row.role, row.get_language_display()]
    attended = [came_words(row), came_on(row, zone.key)]
    return [*person, row.get_state_display(), moment, group, sessions, *attended, *said]


def _session_words(chosen: ChosenSession) -> str:
    """A session, and where no seat of it is held, that it is only wished for: who counts seats counts the others."""
    wish = _("wish, without a seat")
    return str(chosen.places.session) if chosen.seat else f"{chosen.places.session} ({wish})"
