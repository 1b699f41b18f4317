"""Write to some of those registered: who, in both languages, looked at, then sent by one act; and what went out."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from events import labels, permissions
from events.bilingual import LANGUAGES
from events.forms.registration.group_letters import GroupLetterForm
from events.models import GroupLetter, Registration
from events.models.base import new_key
from events.models.registration.registrations import State
from events.registration.group_letters import LETTER, check_texts, reachable, words_of, write_to_group
from events.registration.organisations import Organisations
from events.registration.trying_out import Shown, send_test, show_letter
from events.views.admin.building.acts import add_errors

from .answers import answer_words, readable
from .base import MailScreen, RegistrationScreen
from .listing import asked_of, narrowed


class WritePage(MailScreen):
    allowed = staticmethod(permissions.may_manage_registrations)
    template_name = "events/admin/registration/group_letter.html"
    page_title = gettext_lazy("Write to these")

    @cached_property
    def asked(self) -> dict[str, str]:
        return asked_of(self.request.GET, readable(self.event, self.user))

    @cached_property
    def people(self) -> QuerySet[Registration]:
        """Whom the letter would reach."""
        return reachable(self._narrowed(), state=self.asked["state"])

    @cached_property
    def organisations(self) -> Organisations:
        return Organisations(self.event)

    def _narrowed(self) -> Any:
        return narrowed(Registration.objects.filter(event=self.event), self.asked, self.organisations)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.settings is None or getattr(self.event, "public", None) is None:
            messages.warning(request, self.what_lacks)
            return redirect(self.to("registrations"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or GroupLetterForm(initial={"once": new_key() + new_key()})
        counts = dict(self.people.order_by().values_list("language").annotate(count=Count("pk")))
        total = sum(counts.values())
        return super().get_context_data(
            form=form,
            asked=self.asked,
            who=filter_words(self.asked, names=True),
            total=total,
            counts=[(labels.language_name(each), counts.get(each, 0)) for each in LANGUAGES],
            unreached=self._narrowed().kept().count() - total,
            own_address=self.user.email,
            earlier=earlier_of(self),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.settings is None or getattr(self.event, "public", None) is None:
            return redirect(self.to("registrations"))
        form = GroupLetterForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        people = list(self.people.order_by("pk").values_list("pk", flat=True))
        digest = form.digest(people)
        if request.POST.get("act") == "send" and form.cleaned_data["seen"] == digest:
            return self._send(form, people)
        again = request.POST.get("act") == "send"
        return self._look(form, digest, again)

    def _send(self, form: GroupLetterForm, people: list[int]) -> HttpResponse:
        told = {"who": filter_words(self.asked, names=False), "people": len(people)}
        once, texts = form.cleaned_data["once"], form.texts()
        try:
            letter = write_to_group(
                event=self.event, once=once, recipients=people, texts=texts, told=told, by=self.user
            )
        except ValidationError as error:
            add_errors(form, error)
            return self.render_to_response(self.get_context_data(form=form))
        if letter.event_id != self.event.pk:  # a number that another event's form had
            return redirect(self.to("registrations"))
        messages.success(self.request, _("The letters are being written."))
        return redirect(self.to("group_letter", letter.pk))

    def _look(self, form: GroupLetterForm, digest: str, again: bool) -> HttpResponse:
        """How it reads in each language, and the button that sends it."""
        shown: list[Shown] = []
        try:
            for language in LANGUAGES:
                person = self.people.filter(language=language).order_by("sort_key", "pk").first()
                if person is not None:
                    shown.append(self._shown(form, person))
            if not shown:
                raise ValidationError(_("There is nobody to write to."))
        except ValidationError as error:
            add_errors(form, error)
            return self.render_to_response(self.get_context_data(form=form))
        if again:
            messages.warning(
                self.request, _("Text or recipients are others than you looked at. Look again, then send.")
            )
        return self.render_to_response(self.get_context_data(form=form, looked=shown, digest=digest))

    def _shown(self, form: GroupLetterForm, person: Registration) -> Shown:
        words, settings = form.words(person.language), self.settings
        if settings is None:  # nobody gets here without
            raise ValidationError(_("First say how the event takes registrations."))
        check_texts(form.texts(), set(self.people.values_list("language", flat=True)))
        if self.request.POST.get("act") == "test":
            send_test(settings=settings, registration=person, letter=LETTER, words=words, by=self.user)
            told = _("A test letter is on its way to %(address)s.") % {"address": self.user.email}
            messages.success(self.request, told)
        return show_letter(settings, person, LETTER, words)


class GroupLetterPage(MailScreen):
    """What went out to a group: its words, to how many, how far it is."""

    allowed = staticmethod(permissions.may_manage_registrations)
    template_name = "events/admin/registration/group_letter_sent.html"

    @cached_property
    def group_letter(self) -> GroupLetter:
        return get_object_or_404(GroupLetter, pk=self.kwargs["group_letter"], event=self.event)

    def get_page_title(self) -> str:
        return str(self.group_letter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.group_letter
        kwargs.pop("group_letter", None)
        return super().get_context_data(
            row=row,
            when=labels.moment_words(row.written_at, self.event.time_zone),
            done=row.recipients.exclude(promised_at=None).count(),
            total=row.recipients.count(),
            words=[(each, words_of(row, each)) for each in LANGUAGES if words_of(row, each).subject],
            **kwargs,
        )


def filter_words(asked: dict[str, str], *, names: bool) -> str:
    """The filter as a sentence. Without ``names`` it says nothing that somebody typed, so that it may be kept."""
    state = asked.get("state", "")
    parts = [labels.sentence(str(State(state).label)) if state else _("Everybody whose registration stands")]
    if asked.get("organisation"):
        parts.append(_("of one organisation"))
    if asked.get("group"):
        parts.append(_("of one group"))
    if asked.get("came"):
        parts.append(_("who came") if asked["came"] == "yes" else _("who did not come"))
    if asked.get("details"):
        parts.append(_("details missing"))
    if asked.get("answer"):
        parts.append(answer_words(asked["answer"]))
    if asked.get("q"):
        parts.append(_("found by “%(words)s”") % {"words": asked["q"]} if names else _("found by a search"))
    return ", ".join(parts)


def earlier_of(screen: RegistrationScreen) -> list[dict[str, Any]]:
    """Letters to groups that went out before, newest first."""
    rows = GroupLetter.objects.filter(event=screen.event).annotate(people=Count("recipients"))[:20]
    zone = screen.event.time_zone
    return [
        {"row": row, "url": screen.to("group_letter", row.pk), "when": labels.moment_words(row.written_at, zone)}
        for row in rows
    ]
