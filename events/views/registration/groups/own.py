"""The page of a group's contact: GET shows all that is held, POST acts. Programs that read letters press no buttons."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events import addresses, labels
from events.bilingual import LANGUAGES
from events.exchange.export import workbook
from events.forms.registration.asked import told
from events.labels import sentence
from events.links import open_link
from events.models import Registration, RegistrationGroup
from events.models.registration.registrations import State
from events.registration.groups.answering import member_questions_of
from events.registration.groups.deciding import accept_group, cancel_group, verify_group
from events.registration.groups.letters import LINK
from events.registration.groups.members import why_nobody
from events.registration.groups.own_data import all_about_group
from events.registration.keeping import erase_group_contact
from events.registration.line import LAST_HOURS
from events.registration.opening import takes_changes, takes_requests
from events.registration.places import place_in_line
from events.registration.sessions import chosen_of
from events.registration.substituting import may_substitute
from events.views.finding import find_public
from events.views.keyed import enter, entered, guard, no_such_link
from events.views.registration.held import show_held
from events.views.registration.setting import Setting
from events.views.registration.telling import Told, words_without_event

from .filling import XLSX

Page = Callable[[HttpRequest, Setting, RegistrationGroup, str], HttpResponseBase]


@require_safe
def open_by_key(request: HttpRequest, slug: str, language: str, key: str) -> HttpResponse:
    """What a letter leads to: on to the page without the key in its address."""
    link = open_link(key, LINK)
    group = link.target if link else None
    if link is None or not isinstance(group, RegistrationGroup):
        return no_such_link(request)
    public = group.event.public
    return enter(key, link, {each: addresses.own_group_path(public.slug, each, link.handle) for each in LANGUAGES})


def let_in(request: HttpRequest, slug: str, language: str, handle: str, page: Page) -> HttpResponseBase:
    """Ask the key that the browser keeps, at each request anew."""
    link, public = entered(request, LINK, handle), find_public(slug)
    group = link.target if link else None
    if public is None or not isinstance(group, RegistrationGroup) or group.event_id != public.event_id:
        return no_such_link(request)
    group.event = public.event
    return guard(page(request, Setting(public, language, request), group, handle))


@require_http_methods(["GET", "HEAD", "POST"])
def own_page(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, _act if request.method == "POST" else _show)


@require_safe
def held_page(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, _held)


@require_safe
def own_data(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, _data)


@require_safe
def members_file(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    return let_in(request, slug, language, handle, _members_file)


def _show(request: HttpRequest, setting: Setting, group: RegistrationGroup, handle: str) -> HttpResponse:
    slug, language = setting.public.slug, setting.language
    members = list(group.members.select_related("replaced_by").order_by("pk"))
    until = labels.deadline_words(group.held_until, setting.public.time_zone, language) if group.held_until else ""
    off = group.is_active and words_without_event(setting.public)
    seated = group.state == State.CONFIRMED and not off
    nobody = why_nobody(setting.settings, group, ready=setting.notice is not None) if seated else ""
    context = setting.context(
        _("Your group"),
        paths={each: addresses.own_group_path(slug, each, handle) for each in LANGUAGES},
        group=group,
        state=off or _state_words(group, until),
        members=[_row(setting, each, handle) for each in members if each.name],
        active=sum(each.is_active for each in members),
        answers=[
            (row.question, told(row.question, row.value))
            for row in group.answers.select_related("question").order_by("question__position", "pk")
        ],
        late=group.is_active and takes_requests(setting.settings),
        may_add=seated and not nobody,
        why_nobody=nobody,
        add_path=addresses.group_member_path(slug, language, handle),
        held_path=addresses.group_held_path(slug, language, handle),
        group_form_path=addresses.group_path(slug, language),
        registered=labels.moment_words(group.registered_at, setting.public.time_zone, language),
        last_days=LAST_HOURS.days,
    )
    return render(request, "events/registration/groups/own.html", context)


def _row(setting: Setting, member: Registration, handle: str) -> dict[str, Any]:
    named = (setting.public.slug, setting.language, handle, member.code)
    to_come = words_without_event(setting.public) is None
    may_correct = member.is_active and takes_changes(setting.settings)
    return {
        "row": member,
        "path": addresses.group_member_path(*named) if member.is_active and to_come else "",
        "correct_path": addresses.correct_member_path(*named) if may_correct else "",
        "may_substitute": may_substitute(setting.settings, member),
    }


def _state_words(group: RegistrationGroup, until: str) -> Told:
    """Where the group stands, and what to do next."""
    count = group.active_members.count()
    first = group.active_members.filter(waiting_number__isnull=False).order_by("waiting_number").first()
    values = {"until": until, "count": count, "place": place_in_line(first) if first else 0}
    title, text, tone = _words(group)
    return Told(title % values, text % values, tone)


def _words(group: RegistrationGroup) -> tuple[str, str, str]:
    again = _("While registration is open, you can register the group again.")
    match group.state:
        case State.UNVERIFIED if group.active_members.filter(seat=True).exists():
            text = _("%(count)d seats are held until %(until)s. Press the button, and they are yours.")
            return _("One more step: confirm your group"), text, "sea"
        case State.UNVERIFIED:
            return _("One more step: confirm your group"), _("Press the button by %(until)s."), "sea"
        case State.REQUESTED:
            return _("Waiting for approval"), _("An officer looks at your group. We will write to you."), "sea"
        case State.CONFIRMED:
            return _("Your group is registered"), _("%(count)d people have a seat."), "sea"
        case State.WAITLISTED:
            text = _("%(count)d people wait, from number %(place)d in line. They get seats together or not at all.")
            return _("Your group is on the waiting list"), text, "sea"
        case State.OFFERED:
            text = _("They are held until %(until)s. If you do not take them by then, they pass on.")
            return _("%(count)d seats are free for your group"), text, "sea"
        case State.EXPIRED:
            return _("The time was over, and the seats have passed on"), again, "coral"
        case State.DECLINED:
            return _("Your group was not accepted"), "", "coral"
    return _("Your group is cancelled"), again, "coral"


def _act(request: HttpRequest, setting: Setting, group: RegistrationGroup, handle: str) -> HttpResponse:
    """One button, one verb; pressed twice it does nothing twice."""
    act, late = request.POST.get("act", ""), _("The time was over: the seats have passed on.")
    try:
        if (act == "verify" and verify_group(group=group).state == State.EXPIRED) or (
            act == "accept" and accept_group(group=group).state == State.EXPIRED
        ):
            messages.info(request, late)
        elif act == "cancel":
            cancel_group(group=group)
        elif act == "erase":
            erase_group_contact(group=group)
            return render(request, "events/registration/erased.html", setting.context(_("Your data is erased")))
    except ValidationError as error:
        messages.info(request, " ".join(error.messages))
    return HttpResponseRedirect(addresses.own_group_path(setting.public.slug, setting.language, handle))


def _held(request: HttpRequest, setting: Setting, group: RegistrationGroup, handle: str) -> HttpResponse:
    paths = {each: addresses.group_held_path(setting.public.slug, each, handle) for each in LANGUAGES}
    return show_held(request, setting, all_about_group(group, told), paths)


def _data(request: HttpRequest, setting: Setting, group: RegistrationGroup, handle: str) -> HttpResponse:
    response = JsonResponse(all_about_group(group), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = f'attachment; filename="{group.code}.json"'
    return response


def _members_file(request: HttpRequest, setting: Setting, group: RegistrationGroup, handle: str) -> HttpResponse:
    """The members as a sheet, with codes for whoever has to pass them on; what only a member was asked is not in it."""
    questions = member_questions_of(group.event_id)
    named = ("name", "role", "email", "phone", "state", "code")
    header = [sentence(str(Registration._meta.get_field(name).verbose_name)) for name in named]  # type: ignore[union-attr]
    header += [str(each.label) for each in questions] + ([_("Sessions")] if setting.sessions else [])
    rows: list[list[Any]] = []
    for row in group.members.kept().prefetch_related("answers", "chosen_sessions").order_by("pk"):
        answers = {each.question_id: each for each in row.answers.all()}
        said = [told(each, answers[each.pk].value) if each.pk in answers else "" for each in questions]
        person = [row.name, row.role, row.email, row.phone, row.get_state_display(), row.code.upper()]
        chosen = ["; ".join(session.title for session, _seat in chosen_of(row, setting.sessions))]
        rows.append([*person, *said, *(chosen if setting.sessions else [])])
    data = workbook(f"{setting.title}: {group}", header, rows, sheet=_("People"), width=24)
    response = HttpResponse(data, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{setting.public.slug}-{group.code}.xlsx"'
    return response
