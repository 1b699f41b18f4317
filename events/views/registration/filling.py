"""The form: shown, taken, answered in the same way whoever it was that sent it."""

import datetime as dt
from functools import partial
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events import addresses, labels
from events.forms.registration import Files, RegistrationForm
from events.forms.registration.delegate import TRAP
from events.limits import Limit
from events.links import open_link
from events.models import Organisation, PublicEvent, Question
from events.registration import Filled, NotTakenError, Opening, register
from events.registration.registering import FormUsedError
from events.registration.shown import OLDEST, QUICKEST, Shown, shown_before, shown_now
from events.registration.uploading import drop_drafts, move_drafts
from events.views.finding import find_public, find_taking, gone, moved
from events.views.keyed import enter, guard, no_such_link

from .setting import INVITATION, Setting
from .uploads import take_files

#: A municipality shares one address, and registers its whole council and its directors on one morning.
LIMIT = Limit("register", most=120, seconds=3600)
SENT = "sent"
#: Seconds. What the event asks and tells is in the key; only a new member is missing so long from the suggestions.
_KEEP_FIELDS = 300


@require_http_methods(["GET", "HEAD", "POST"])
def form_page(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The form, or why there is none; thanks have an address of their own, so that loading them again sends nothing."""
    public = find_taking(slug)
    if public is None:
        return moved(request, slug, partial(addresses.registration_path, language=language))
    if public.status == PublicEvent.Status.WITHDRAWN:
        return gone(request, partial(addresses.registration_path, slug))
    setting = Setting(public, language, request)
    if request.method == "POST":
        return _take(request, setting)
    if SENT in request.GET:
        return guard(render(request, "events/registration/sent.html", setting.context(_("Check your e-mail"))))
    if not setting.opening.takes:
        return refuse_closed(request, setting)
    return _show_empty(request, setting)


@require_http_methods(["GET", "HEAD"])
def by_invitation(request: HttpRequest, slug: str, language: str, key: str) -> HttpResponse:
    """The invitation link: on to the form, which this browser may then see."""
    public, link = find_public(slug), open_link(key, INVITATION)
    if public is None or link is None or getattr(link.target, "event_id", None) != public.event_id:
        return no_such_link(request)
    return enter(key, link, {each: addresses.registration_path(public.slug, each) for each in ("tr", "en")})


def _form(setting: Setting, data: Any = None, **kwargs: Any) -> RegistrationForm:
    return RegistrationForm(
        data, questions=setting.questions, sessions=setting.sessions, consents=setting.consents, **kwargs
    )


def _take(request: HttpRequest, setting: Setting) -> HttpResponse:
    if not setting.opening.takes:
        return refuse_closed(request, setting, status=409)
    shown = shown_before(request.POST.get("x-shown", ""))
    again, anew = why_again(setting, shown), _anew(setting, shown)
    form = _form(setting, request.POST, files=_files(request, setting, anew or shown))
    valid = form.is_valid()
    if again:
        form.add_error(None, again)
    if anew:
        _open_anew(form, setting, anew)
    if not valid or again or shown is None:
        return _show(request, setting, form, status=422)
    wait = LIMIT.wait(request, shown.once)
    if wait:
        return _later(request, setting, form, wait)
    return _register(request, setting, form, shown)


def _anew(setting: Setting, shown: Shown | None) -> Shown | None:
    """The form anew, unless it is ours and says what holds; files that wait on the old one go along."""
    if shown is not None and shown.texts == setting.texts and shown.age < OLDEST:
        return None
    anew = shown_now(setting.texts)
    if shown is not None:
        move_drafts(before=shown.once, draft=anew.once)
    return anew


def _files(request: HttpRequest, setting: Setting, shown: Shown | None) -> Files:
    """What programs send that fill in every field is not even read."""
    if shown is None or request.POST.get(TRAP):
        return Files()
    return take_files(request, setting.questions, draft=shown.once)


def _register(request: HttpRequest, setting: Setting, form: RegistrationForm, shown: Shown) -> HttpResponse:
    filled = Filled(
        answers=form.answers(),
        sessions=form.chosen(),
        shown=setting.wordings,
        agreed=form.agreed(),
        shown_at=shown.at,
    )
    try:
        register(
            event=setting.public.event,
            applicant=form.applicant(setting.language),
            filled=filled,
            once=shown.once,
            invited=setting.invited,
        )
    except NotTakenError as refused:
        return refuse_closed(request, setting, opening=refused.opening, status=409)
    except FormUsedError as used:
        return _show_used(request, setting, form, shown, used)
    except ValidationError as error:
        form.add_error(None, error)
        return _show(request, setting, form, status=422)
    if any(question.kind == Question.Kind.FILE for question in setting.questions):
        drop_drafts(shown.once)  # what was chosen twice, or by somebody who is registered
    return guard(HttpResponseRedirect(f"{setting.path}?{SENT}"))


def _show_used(
    request: HttpRequest, setting: Setting, form: RegistrationForm, shown: Shown, used: FormUsedError
) -> HttpResponse:
    """The form as a new one, which counts anew, with all that was typed."""
    anew = shown_now(setting.texts)
    move_drafts(before=shown.once, draft=anew.once)
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["x-shown"] = anew.seal()
    form.data = data
    form.add_error(None, used)
    return _show(request, setting, form, status=422)


def why_again(setting: Setting, shown: Shown | None) -> str:
    """Why this form has to be looked at once more; empty where it has not."""
    if shown is None or shown.age > OLDEST:
        return _("This form was open for a long time. Nothing is lost: look through it and send it again.")
    if shown.texts != setting.texts:
        return _(
            "The information on personal data changed while you were writing. Nothing is lost: read it below and send again."
        )
    if shown.age < QUICKEST:
        return _("That was faster than people write, so we ask you to press the button once more.")
    return ""


def _open_anew(form: RegistrationForm, setting: Setting, anew: Shown) -> None:
    """Seal the form anew. The texts may be others by now, so consent is asked again."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]
    data["x-shown"] = anew.seal()
    for consent in setting.consents:
        data.pop(f"c-{consent.key}", None)
    form.data = data


def _later(request: HttpRequest, setting: Setting, form: RegistrationForm, wait: int) -> HttpResponse:
    """Too much came from this network: when to go on, and what was typed."""
    moment = timezone.localtime() + dt.timedelta(seconds=wait)
    form.add_error(
        None,
        _("Many registrations came from your network within an hour. Nothing is lost: send this again after %(time)s.")
        % {"time": f"{moment:%H:%M}"},
    )
    response = _show(request, setting, form, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def _show_empty(request: HttpRequest, setting: Setting) -> HttpResponse:
    """The form before anything was typed: its fields are the same for everybody, so they are drawn once and kept."""
    seal = shown_now(setting.texts).seal()
    if setting.sessions:  # how many seats they have left is told beside them
        return _show(request, setting, _form(setting, initial={"x-shown": seal}))
    key = f"registration-form:{setting.form_stamp}"
    kept = cache.get(key)
    if kept is None:
        form = _form(setting)
        told = {"form": form, "notice": setting.notice, "organisations": organisations()}
        kept = render_to_string("events/registration/form_fields.html", told), form.is_multipart()
        cache.set(key, kept, _KEEP_FIELDS)
    fields, multipart = kept
    context = setting.context(_("Register"), waiting=setting.opening == Opening.WAITING)
    context |= {"fields": mark_safe(fields), "multipart": multipart, "seal": seal}  # noqa: S308 - drawn by us
    return guard(render(request, "events/registration/form.html", context))


def _show(request: HttpRequest, setting: Setting, form: RegistrationForm, status: int = 200) -> HttpResponse:
    context = setting.context(
        _("Register"),
        form=form,
        multipart=form.is_multipart(),
        notice=setting.notice,
        waiting=setting.opening == Opening.WAITING,
        organisations=organisations(),
    )
    return guard(render(request, "events/registration/form.html", context, status=status))


def organisations() -> list[str]:
    """Members by name, for browsers to complete what is typed; whoever is not among them writes freely."""
    return [str(row.name) for row in Organisation.objects.members(timezone.localdate()).order_by("sort_key")]


def refuse_closed(
    request: HttpRequest, setting: Setting, *, opening: Opening | None = None, status: int = 200
) -> HttpResponse:
    opening = opening or setting.opening
    opens = setting.settings.opens_at if setting.settings else None
    words = labels.deadline_words(opens, setting.public.time_zone, setting.language) if opens else ""
    context = setting.context(_("Register"), opening=str(opening), opens_words=words)
    return guard(
        render(request, "events/registration/closed.html", context, status=404 if opening == "none" else status)
    )
