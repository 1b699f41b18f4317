"""What every page of one event's registration needs: the event, how it takes registrations, the reader's language."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from events import addresses
from events.bilingual import LANGUAGES, pick, texts
from events.models import PublicEvent, Question, RegistrationSettings, Wording
from events.registration import Opening, opening_of
from events.registration.answering import questions_of
from events.registration.facts import facts_of
from events.registration.sessions import SessionOffered, sessions_of
from events.registration.wordings import fingerprint, wordings_of
from events.views.heads import Crumb, Head, events_crumb
from events.views.keyed import entered

INVITATION = "invitation"


@dataclass(frozen=True)
class Setting:
    """One event as its registration pages tell it."""

    public: PublicEvent
    language: str
    request: HttpRequest

    @cached_property
    def settings(self) -> RegistrationSettings | None:
        if PublicEvent.event.is_cached(self.public):
            # Both rows came in the query that found the event (``find_taking``).
            found: RegistrationSettings | None = getattr(self.public.event, "registration_settings", None)
            return found
        return RegistrationSettings.objects.select_related("event__public").filter(event=self.public.event_id).first()

    @cached_property
    def invited(self) -> bool:
        """Whether the reader's browser was let in by the invitation link."""
        if self.settings is None or self.settings.access != RegistrationSettings.Access.INVITATION:
            return False
        link = self.settings.links.filter(purpose=INVITATION).first()
        return bool(link and entered(self.request, INVITATION, link.handle))

    @cached_property
    def opening(self) -> Opening:
        return opening_of(self.settings, ready=self.notice is not None, invited=self.invited)

    @cached_property
    def wordings(self) -> list[Wording]:
        return wordings_of(self.public.event_id)

    @property
    def notice(self) -> Wording | None:
        return next((each for each in self.wordings if each.kind == Wording.Kind.NOTICE), None)

    @property
    def consents(self) -> list[Wording]:
        return [each for each in self.wordings if each.kind == Wording.Kind.CONSENT]

    @property
    def texts(self) -> str:
        """By what one notices that notice or consents changed while somebody was writing."""
        return fingerprint(self.wordings, self.language)

    @cached_property
    def questions(self) -> list[Question]:
        return questions_of(self.public.event_id)

    @property
    def form_stamp(self) -> str:
        """By what one notices that the empty form is another: language, questions, notice and consents."""
        asked: list[Question | Wording] = [*self.questions, *self.wordings]
        rows = [(type(row).__name__, row.pk, row.version, row.updated_at) for row in asked]
        told = (self.public.event_id, self.language, self.public.time_zone, rows)
        return hashlib.sha256(repr(told).encode()).hexdigest()

    @cached_property
    def sessions(self) -> list[SessionOffered]:
        if not getattr(self.public, "offers_sessions", True):
            return []  # ``find_taking`` has looked
        return sessions_of(self.public, self.language)

    @property
    def title(self) -> Any:
        return pick(texts(self.public, "title"), self.language)

    @property
    def path(self) -> str:
        return addresses.registration_path(self.public.slug, self.language)

    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        """When and where, as letters say it too."""
        return facts_of(self.public, self.language)

    def head(self, title: str, **paths: str) -> Head:
        """The head of one of its pages; ``paths`` are its addresses where they are others than the form's."""
        return Head(
            title=f"{title}: {self.title}",
            language=self.language,
            alternates={
                each: addresses.absolute(paths.get(each) or addresses.registration_path(self.public.slug, each))
                for each in LANGUAGES
            },
            indexed=False,
            trail=(
                events_crumb(self.language),
                Crumb(self.title, addresses.event_path(self.public.slug, self.language)),
            ),
        )

    def context(self, title: str, **more: Any) -> dict[str, Any]:
        paths = more.pop("paths", {})
        return {
            "head": self.head(title, **paths),
            "heading": title,
            "event_title": self.title,
            "event_path": addresses.event_path(self.public.slug, self.language),
            "form_path": self.path,
            "group_form_path": addresses.group_path(self.public.slug, self.language),
            "lost_path": addresses.lost_link_path(self.public.slug, self.language),
            "facts": self.facts,
            "settings": self.settings,
            **more,
        }
