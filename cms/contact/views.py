"""The public answers of a contact page: the form, what is wrong with it, thanks."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from cms.listing import step_within
from cms.models.contact import ContactPage
from events.limits import Limit

from .builder import CONSENT, SHOWN, ContactForm
from .seen import OLDEST, QUICKEST, Seen, opened, seen_now, texts_of
from .verbs import keep_message

#: What one office may send in an hour.
LIMIT = Limit("contact", most=10, seconds=3600)
SENT = "sent"


def answer(request: HttpRequest, page: ContactPage) -> HttpResponseBase:
    """The form, or thanks behind an address of their own: loading that again sends nothing."""
    if request.method == "POST":
        return _take(request, page)
    if SENT in request.GET:
        return _thanks(request, page)
    seen = seen_now(page)
    return _form(request, page, page.get_form(page=page, initial={SHOWN: seen.seal()}))


def _take(request: HttpRequest, page: ContactPage) -> HttpResponseBase:
    form: ContactForm = page.get_form(request.POST, page=page)
    seen = opened(request.POST.get(SHOWN, "")[:500])
    valid = form.is_valid()
    fresh = _why_not(page, seen)
    if fresh:
        form.add_error(None, fresh)
        _reseal(form, page, seen)
    if not valid or fresh or seen is None:
        return _form(request, page, form, status=422)
    wait = LIMIT.wait(request)
    if wait:
        return _later(request, page, form, wait)
    keep_message(page=page, form=form, seen=seen, consents=form.cleaned_data[CONSENT])
    return HttpResponseRedirect(f"{page.get_url(request)}?{SENT}")


def _why_not(page: ContactPage, seen: Seen | None) -> str:
    """Why this form has to be looked at once more; empty where it has not."""
    if seen is None or timezone.now() - seen.at > OLDEST:
        return _("This form was open for a long time. Nothing is lost: look through it and send it again.")
    if seen.texts != texts_of(page):
        return _(
            "The information on personal data changed while you were writing. Nothing is lost: read it below and send again."
        )
    if timezone.now() - seen.at < QUICKEST:
        return _("That was faster than people write, so we ask you to press the button once more.")
    return ""


def _reseal(form: ContactForm, page: ContactPage, seen: Seen | None) -> None:
    """Open the form anew, unless it is only too young. Then the texts may be others, and consent is asked again."""
    if seen is not None and seen.texts == texts_of(page) and timezone.now() - seen.at < OLDEST:
        return
    form.data = form.data.copy()
    form.data[SHOWN] = seen_now(page).seal()
    form.data.pop(CONSENT, None)


def _later(request: HttpRequest, page: ContactPage, form: ContactForm, wait: int) -> HttpResponseBase:
    """Too much came from this network: when to go on, and what was typed."""
    moment = timezone.localtime() + dt.timedelta(seconds=wait)
    form.add_error(
        None,
        _("Many messages came from your network within an hour. Nothing is lost: send this again after %(time)s.")
        % {"time": f"{moment:%H:%M}"},
    )
    response = _form(request, page, form, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def _form(request: HttpRequest, page: ContactPage, form: ContactForm, status: int = 200) -> TemplateResponse:
    context: dict[str, Any] = page.get_context(request) | {"form": form}
    response = TemplateResponse(request, page.get_template(request), context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


def _thanks(request: HttpRequest, page: ContactPage) -> TemplateResponse:
    context = page.get_context(request)
    context |= {"head": step_within(page, context["head"], _("Your message was sent")), "other_query": SENT}
    return TemplateResponse(request, page.get_landing_page_template(request), context)
