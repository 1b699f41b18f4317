"""A working programme as a host sees it who was sent a link: read like the public page, marked, and kept by nobody."""

import datetime as dt
from html import escape as esc
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events import addresses, labels
from events.bilingual import LANGUAGES, active_language, pick
from events.forms.comments import CommentForm
from events.limits import Limit
from events.links import open_link
from events.models import ProgrammeShare
from events.models.sharing import DRAFT
from events.programme import Entry, Programme, days
from events.release import preview_programme
from events.sharing import add_comment, last_day

from .heads import Head
from .keyed import enter, entered, guard, no_such_link
from .programme_page import other_zones, programme_days, zone_words

#: What one office may say in an hour.
LIMIT = Limit("host_comment", most=30, seconds=3600)
SENT = "sent"


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, key: str) -> HttpResponseBase:
    """With a key: let the reader in, and go on without it. With a handle: the page, for who was let in."""
    link = open_link(key, DRAFT)
    if link and request.method != "POST":
        paths = {each: addresses.draft_path(link.handle, each) for each in LANGUAGES}
        return enter(key, link, paths)
    link = entered(request, DRAFT, key)
    share = ProgrammeShare.objects.select_related("event__venue").filter(links=link).first() if link else None
    if link is None or share is None:
        return no_such_link(request)
    page = DraftPage(request, share, link.handle)
    return guard(page.take() if request.method == "POST" else page.show())


class DraftPage:
    """One share as its host sees it."""

    def __init__(self, request: HttpRequest, share: ProgrammeShare, handle: str) -> None:
        self.request, self.share, self.handle = request, share, handle
        self.language = active_language()
        self.programme = preview_programme(share.event, restricted=share.restricted, drafts=share.drafts)

    def show(self) -> HttpResponse:
        asked = self.request.GET.get("about", "")
        return self._page(self._form(initial={"about": asked}))

    def take(self) -> HttpResponse:
        form = self._form(self.request.POST)
        if not self.share.may_comment:
            return self._page(form, status=403)
        if not form.is_valid():
            return self._page(form, status=422)
        wait = LIMIT.wait(self.request)
        if wait:
            return self._later(form, wait)
        told = form.cleaned_data
        session = self.share.event.sessions.filter(key=told["about"]).first() if told["about"] else None
        try:
            add_comment(share=self.share, name=told["name"], text=told["text"], session=session)
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
            return self._page(form, status=422)
        return HttpResponseRedirect(f"{self.request.path}?{SENT}#comment")

    def _later(self, form: CommentForm, wait: int) -> HttpResponse:
        moment = timezone.localtime() + dt.timedelta(seconds=wait)
        told = _(
            "Many comments came from your network within an hour. Nothing is lost: send this again after %(time)s."
        )
        form.add_error(None, told % {"time": f"{moment:%H:%M}"})
        response = self._page(form, status=429)
        response.headers["Retry-After"] = str(wait)
        return response

    def _form(self, data: Any = None, **kwargs: Any) -> CommentForm:
        return CommentForm(data, sessions=session_choices(self.programme, self.language), **kwargs)

    def _page(self, form: CommentForm, status: int = 200) -> HttpResponse:
        programme, language = self.programme, self.language
        event, until = programme.event, last_day(self.share)
        context = {
            "head": self._head(),
            "event": event,
            "share": self.share,
            "dates": labels.dates_words(event.starts_on, event.ends_on, language),
            "zone": zone_words(programme, language),
            "other_zones": other_zones(programme, language),
            "until": labels.date_words(until, language, weekday=False) if until else "",
            "form": form,
            "sent": SENT in self.request.GET,
            "comments": self.share.comments.all(),
            **programme_days(programme, programme.entries, language, after=self._after),
        }
        return render(self.request, "events/drafts/page.html", context, status=status)

    def _head(self) -> Head:
        """Of itself alone: nothing here leads search engines or messengers anywhere."""
        return Head(
            title=f"{_('Working programme')}: {pick(self.programme.event.title, self.language)}",
            language=self.language,
            alternates={each: addresses.draft_url(self.handle, each) for each in LANGUAGES},
            indexed=False,
        )

    def _after(self, entry: Entry) -> str:
        """The way from a session to the form, with the session chosen."""
        if not self.share.may_comment:
            return ""
        words = _("Comment")
        label = f"{words}: {pick(entry.title, self.language)}"
        return f'<p class="remark"><a href="?about={esc(entry.key)}#comment" aria-label="{esc(label)}">{esc(words)}</a></p>'


def session_choices(programme: Programme, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a comment may be about, by day: “09:30 Opening”."""
    return [
        (
            labels.day_words(day.date, language),
            [(entry.key, _told(entry, language)) for entry in day.entries],
        )
        for day in days(programme.entries)
    ]


def _told(entry: Entry, language: str) -> str:
    clock = f"{entry.start:%H:%M} " if entry.start else ""
    return clock + (pick(entry.title, language) or _("(no title)"))
