"""The form of a group: members typed on the page or read from a sheet, tried before anything is kept."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from functools import cached_property, partial
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events import addresses
from events.bilingual import LANGUAGES
from events.forms.registration.group import GroupForm
from events.forms.registration.roster import MemberForm
from events.forms.registration.sheets import template
from events.limits import Limit
from events.models import PublicEvent
from events.registration import NotTakenError, Opening
from events.registration.groups.answering import group_questions_of, has_own_questions, member_questions_of
from events.registration.groups.registering import GroupFilled, register_group
from events.registration.registering import FormUsedError
from events.registration.shown import OLDEST, Shown, shown_before, shown_now
from events.views.finding import find_public, gone, moved
from events.views.keyed import guard
from events.views.registration.filling import SENT, organisations, refuse_closed, why_again
from events.views.registration.setting import Setting

from .people import People

LIMIT = Limit("register-group", most=20, seconds=3600)
#: Reading a stranger's file takes a process of its own for a moment.
SHEETS = Limit("group-sheet", most=40, seconds=3600)
TEMPLATES = Limit("group-template", most=40, seconds=3600)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def group_page(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The form, or why there is none; thanks have an address of their own, so that loading them again sends nothing."""
    public = find_public(slug)
    if public is None:
        return moved(request, slug, partial(addresses.group_path, language=language))
    if public.status == PublicEvent.Status.WITHDRAWN:
        return gone(request, partial(addresses.group_path, slug))
    setting = Setting(public, language, request)
    paths = {each: addresses.group_path(slug, each) for each in LANGUAGES}
    if SENT in request.GET:
        context = setting.context(_("Check your e-mail"), paths=paths)
        return guard(render(request, "events/registration/groups/sent.html", context))
    if setting.settings is not None and not setting.settings.groups:
        return guard(HttpResponseRedirect(setting.path))
    if not setting.opening.takes:
        return refuse_closed(request, setting, status=409 if request.method == "POST" else 200)
    return _Filling(request, setting).answer()


@require_safe
def template_file(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The sheet to fill in, with this event's own columns."""
    public = find_public(slug)
    setting = Setting(public, language, request) if public else None
    if public is None or setting is None or setting.settings is None or not setting.settings.groups:
        return moved(request, slug, partial(addresses.group_path, language=language))
    questions = member_questions_of(public.event_id)
    told = "|".join(f"{each.pk}.{each.version}" for each in questions)
    offered = "|".join(f"{each.pk}.{each.places.full}" for each in setting.sessions)
    digest = hashlib.sha256(f"{public.release_id}|{told}|{offered}".encode()).hexdigest()[:16]
    key = f"group-template:{public.event_id}:{language}:{digest}"
    data = cache.get(key)
    if data is None:
        if wait := TEMPLATES.wait(request):
            return guard(HttpResponse(status=429, headers={"Retry-After": str(wait)}))
        data = template(str(setting.title), questions, sessions=setting.sessions)
        cache.set(key, data, timeout=3600)
    response = HttpResponse(data, content_type=XLSX)
    name = {"tr": "grup", "en": "group"}[language]
    response.headers["Content-Disposition"] = f'attachment; filename="{public.slug}-{name}.xlsx"'
    return guard(response)


class _Filling:
    """One request to the form: what was typed, what it asked for, what it is answered."""

    def __init__(self, request: HttpRequest, setting: Setting) -> None:
        self.request, self.setting = request, setting
        self.act = request.POST.get("act", "")

    @cached_property
    def people(self) -> People:
        most = self.setting.settings.largest_group if self.setting.settings else 0
        questions = member_questions_of(self.setting.public.event_id)
        return People(self.request.POST, self.request.FILES, questions, sessions=self.setting.sessions, most=most)

    @cached_property
    def form(self) -> GroupForm:
        posted = self.request.method == "POST"
        return GroupForm(
            self.request.POST if posted else None,
            self.request.FILES if posted else None,
            questions=group_questions_of(self.setting.public.event_id),
            initial={"x-shown": shown_now(self.setting.texts).seal()},
        )

    def answer(self) -> HttpResponse:
        if self.request.method != "POST":
            self.people.begin()
            return self.show()
        if self.act == "check" or self.request.FILES.get("sheet"):
            return self.check()
        if self.act in ("more", "typed") or self.act.startswith("drop:"):
            self.people.rearrange(self.act)
            self.form.errors.clear()
            return self.show()
        return self.take()

    def show(self, status: int = 200) -> HttpResponse:
        setting, slug, language = self.setting, self.setting.public.slug, self.setting.language
        context = setting.context(
            _("Register a group"),
            paths={each: addresses.group_path(slug, each) for each in LANGUAGES},
            form=self.form,
            people=self.people.typed,
            wrong=self.people.wrong,
            full=self.people.full,
            trial=self.people.trial,
            notice=setting.notice,
            waiting=setting.opening == Opening.WAITING,
            organisations=organisations(),
            group_path=addresses.group_path(slug, language),
            template_path=addresses.group_path(slug, language, TEMPLATE_NAMES[language]),
            own_questions=has_own_questions(setting.public.event_id),
        )
        return guard(render(self.request, "events/registration/groups/form.html", context, status=status))

    def check(self) -> HttpResponse:
        """Read the list and show what each row says; nothing is kept."""
        if wait := SHEETS.wait(self.request):
            return self._later(wait)
        wrong, valid = self.people.try_file(), self.form.is_valid()
        if wrong:
            self.form.add_error("sheet", wrong)
        trial = self.people.trial
        return self.show(status=200 if valid and trial and not trial.wrong else 422)

    def take(self) -> HttpResponse:
        """Everything again, and then for good."""
        people = self.people.gather()
        shown = shown_before(self.request.POST.get("x-shown", ""))
        valid, again = self.form.is_valid(), why_again(self.setting, shown)
        if self.people.is_lost:
            self.people.begin()
            self.form.add_error("sheet", _("The list was open for a long time. Choose the file once more."))
        elif not people:
            self.form.add_error(None, _("Enter the members of the group, or choose your list."))
        if again:
            self.form.add_error(None, again)
            self._open_anew(shown)
        if not valid or self.form.errors or any(each.errors for each in people) or shown is None:
            return self.show(status=422)
        if wait := LIMIT.wait(self.request):
            return self._later(wait)
        return self._register(people, shown)

    def _register(self, people: Sequence[MemberForm], shown: Shown) -> HttpResponse:
        setting, language = self.setting, self.setting.language
        filled = GroupFilled(
            contact=self.form.contact(language),
            members=[each.member(language) for each in people],
            answers=self.form.answers(),
            notice=setting.notice,
            shown_at=shown.at,
        )
        try:
            register_group(event=setting.public.event, filled=filled, once=shown.once, invited=setting.invited)
        except NotTakenError as refused:
            return refuse_closed(self.request, setting, opening=refused.opening, status=409)
        except ValidationError as error:
            if isinstance(error, FormUsedError):
                self._open_anew(None)
            self.form.add_error(None, error)
            return self.show(status=422)
        return guard(HttpResponseRedirect(f"{addresses.group_path(setting.public.slug, language)}?{SENT}"))

    def _open_anew(self, shown: Shown | None) -> None:
        """Seal the form anew, unless it is only too young."""
        if shown is not None and shown.texts == self.setting.texts and shown.age < OLDEST:
            return
        data: Any = self.form.data.copy()  # type: ignore[attr-defined]
        data["x-shown"] = shown_now(self.setting.texts).seal()
        self.form.data = data

    def _later(self, wait: int) -> HttpResponse:
        """Too much came from this network: when to go on, and what was typed."""
        moment = timezone.localtime() + dt.timedelta(seconds=wait)
        self.form.add_error(
            None,
            _("Much came from your network within an hour. Nothing is lost: send this again after %(time)s.")
            % {"time": f"{moment:%H:%M}"},
        )
        if self.people.trial is None:
            self.people.keep()
        response = self.show(status=429)
        response.headers["Retry-After"] = str(wait)
        return response


TEMPLATE_NAMES = {"tr": "sablon.xlsx", "en": "template.xlsx"}
