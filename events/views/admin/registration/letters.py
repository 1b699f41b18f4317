"""Letters of an event: which there are and in whose words, each edited in both languages and tried on a real person."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.log_actions import log

from events import labels, permissions
from events.bilingual import LANGUAGES, active_language
from events.forms.registration.letters import LetterForm, TimingForm
from events.models import LetterTiming, LetterWords, Registration
from events.registration import own_words, timed, timings
from events.registration.letter_names import named
from events.registration.organisations import Organisations
from events.registration.trying_out import sample_person, send_test, show_letter
from events.registration.wording import LETTERS
from events.views.admin.building.acts import add_errors

from .base import MailScreen
from .listing import narrowed

#: So many people are offered where a search finds several.
_FOUND = 8


class LettersPage(MailScreen):
    """Every letter that registration sends, and in whose words it is in each language."""

    allowed = staticmethod(permissions.may_set_up_registration)
    template_name = "events/admin/registration/letters.html"
    page_title = gettext_lazy("Letters")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = {row.letter: row for row in self.event.letter_words.all()}
        times = {row.letter: row for row in self.event.letter_timings.all()}
        letters = [self._row(letter, rows.get(letter), times.get(letter)) for letter in LETTERS]
        return super().get_context_data(letters=letters, **kwargs)

    def _row(self, letter: str, row: LetterWords | None, timing: LetterTiming | None) -> dict[str, Any]:
        half = own_words.is_half(row)
        return {
            "name": named(letter).name,
            "when": self._when(letter, timing),
            "url": self.to("letter", letter),
            "texts": [(each.upper(), own_words.is_own(row, each), each in half) for each in LANGUAGES],
        }

    def _when(self, letter: str, timing: LetterTiming | None) -> str:
        if letter not in timings.TIMED:
            return str(named(letter).when)
        if timing is None or not timing.switched_on:
            return _("switched off")
        public = getattr(self.event, "public", None)
        due = timings.due_at(timing, public) if public else None
        return labels.moment_words(due, self.event.time_zone) if due else _("switched on")


class LetterPage(MailScreen):
    """One letter, Turkish and English beside each other; looked at, tried, saved or given back."""

    allowed = staticmethod(permissions.may_set_up_registration)
    template_name = "events/admin/registration/letter.html"

    @property
    def letter(self) -> str:
        if self.kwargs["letter"] not in LETTERS:
            raise Http404
        return str(self.kwargs["letter"])

    def get_page_title(self) -> str:
        return str(named(self.letter).name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        items.insert(-1, {"url": self.to("letters"), "label": _("Letters")})
        return items

    @cached_property
    def words(self) -> LetterWords:
        row = LetterWords.objects.filter(event=self.event, letter=self.letter).first()
        return row or LetterWords(event=self.event, letter=self.letter)

    def make_form(self, data: Any = None) -> LetterForm:
        return LetterForm(data, instance=self.words, for_user=self.user)

    def make_timing(self, data: Any = None) -> TimingForm | None:
        if self.letter not in timings.TIMED:
            return None
        row = timings.timing_of(self.event, self.letter)
        return TimingForm(data, instance=row, for_user=self.user, prefix="timing")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.make_form()
        timing = kwargs.pop("timing", None) or self.make_timing()
        return super().get_context_data(
            **{
                "form": form,
                "timing": timing,
                "differences": form.differences + (timing.differences if timing else []),
                "when": named(self.letter).when,
                "own": self.words.pk is not None,
                "who": self.request.POST.get("who", ""),
                "own_address": self.user.email,
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act", "")
        if act == "back":
            own_words.back_to_ready_made(event=self.event, letter=self.letter, by=self.user)
            messages.success(request, _("The ready-made words stand again."))
            return redirect(self.to("letter", self.letter))
        return self._save() if act == "save" else self._try(act)

    def _save(self) -> HttpResponse:
        with transaction.atomic():
            # Made first, so that of two who begin at once the second sees what the first saved.
            self.words, _made = LetterWords.objects.get_or_create(event=self.event, letter=self.letter)
            form, timing = self.make_form(self.request.POST), self.make_timing(self.request.POST)
            # Both are looked at: whoever has to correct something sees all of it.
            right = [each.is_valid() for each in (form, timing) if each is not None]
            if all(right) and not (timing is not None and self._would_leave_now(timing)):
                log(instance=self.event, action="events.registration.write_letter", user=self.user, data=self._told())
                form.save()
                if timing is not None:
                    timing.save()
                messages.success(self.request, _("Saved."))
                return redirect(self.to("letters"))
        return self.render_to_response(self.get_context_data(form=form, timing=timing))

    def _would_leave_now(self, timing: TimingForm) -> bool:
        """Whether people would get it at once, because its time is over, and nobody said that they shall."""
        timing.instance.event = self.event
        if not timing.cleaned_data["switched_on"] or not timed.is_due(timing.instance, timezone.now()):
            return False
        timing.at_once = timed.recipients(timing.instance).count()
        if not timing.at_once or self.request.POST.get("at_once"):
            return False
        timing.add_error(
            None,
            _("Its time is over already, so it would leave at once. Say below that it shall, or choose another time."),
        )
        return True

    def _told(self) -> dict[str, str]:
        return {"letter": self.letter}

    def _try(self, act: str) -> HttpResponse:
        """Look at what is typed, or send it to oneself; nothing is saved."""
        form, timing = self.make_form(self.request.POST), self.make_timing(self.request.POST)
        told: dict[str, Any] = {}
        if form.is_valid():
            found = self._people()
            told["found"] = found if len(found) > 1 else []
            person = found[0] if found else None
            if person is None:
                told["nobody"] = True
            elif len(found) == 1:
                told |= self._tried(act, form, person)
        return self.render_to_response(self.get_context_data(form=form, timing=timing, **told))

    def _tried(self, act: str, form: LetterForm, person: Registration) -> dict[str, Any]:
        settings, words = self.settings, form.words(person.language)
        try:
            if settings is None:
                raise ValidationError(_("First say how the event takes registrations."))
            shown = show_letter(settings, person, self.letter, words)
            if act == "test":
                send_test(settings=settings, registration=person, letter=self.letter, words=words, by=self.user)
                told = _("A test letter is on its way to %(address)s.") % {"address": self.user.email}
                messages.success(self.request, told)
        except ValidationError as error:
            add_errors(form, error)
            return {}
        return {"shown": shown, "person": person}

    def _people(self) -> list[Registration]:
        """Whoever was chosen or searched for; the first who is registered where nobody was; else somebody made up."""
        chosen, searched = self.request.POST.get("person", ""), self.request.POST.get("who", "").strip()[:100]
        if not permissions.may_see_registrations(self.user):
            return [sample_person(self.event, active_language())]
        rows = Registration.objects.kept().filter(event=self.event).order_by("sort_key", "pk")
        if chosen.isdecimal() and len(chosen) < 19:
            return list(rows.filter(pk=int(chosen))[:1])
        if searched:
            return list(narrowed(rows, {"q": searched}, Organisations(self.event))[:_FOUND])
        return list(rows.active()[:1]) or [sample_person(self.event, active_language())]
