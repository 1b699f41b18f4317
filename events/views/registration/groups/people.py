"""The people of one request: typed on the page, read from a list that was chosen, or carried on from its trial."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from events.exchange.messages import file_message
from events.exchange.rows import FileRefused
from events.forms.registration.group import SHEET_BYTES
from events.forms.registration.roster import FIRST, MemberForm, check_doubles, forms_of, typed_rows
from events.forms.registration.sheets import Trial, open_trial, try_sheet
from events.models import Question
from events.registration.sessions import SessionOffered

#: Under this name the page carries a list on that was tried.
CARRIED = "x-people"


class People:
    """``typed`` are the forms on the page, ``trial`` what a list says; one of them is there."""

    def __init__(
        self,
        data: Mapping[str, Any],
        files: Mapping[str, Any],
        questions: Sequence[Question],
        *,
        form: type[MemberForm] = MemberForm,
        sessions: Sequence[SessionOffered] = (),
        most: int,
        organisation: bool = False,
    ) -> None:
        self._data, self._files, self._questions = data, files, questions
        self._form, self._most, self._organisation, self._sessions = form, most, organisation, sessions
        self.typed: list[MemberForm] = []
        self.trial: Trial | None = None

    @property
    def wrong(self) -> list[MemberForm]:
        """Typed ones with something wrong."""
        return [each for each in self.typed if each.errors]

    @property
    def full(self) -> bool:
        return len(self.typed) >= self._most

    def begin(self) -> None:
        """Empty forms on a new page."""
        self.typed = self._forms([{}] * FIRST, quiet=True)

    def keep(self) -> None:
        """What was typed, with nothing said about it."""
        self.typed = self._forms(typed_rows(self._data) or [{}] * FIRST, quiet=True)

    def rearrange(self, act: str) -> None:
        """One form more, or one less; nothing is said to be wrong, for nothing was sent."""
        rows = typed_rows(self._data)
        act, _colon, which = act.partition(":")
        if act == "more" and len(rows) < self._most:
            rows.append({})
        elif act == "drop" and which.isdecimal() and len(which) < 4 and int(which) < len(rows) and len(rows) > 1:
            del rows[int(which)]
        self.typed = self._forms(rows or [{}] * FIRST, quiet=True)

    def try_file(self) -> str:
        """Read the chosen list; gives what is wrong with it as a whole, and then what was typed is still there."""
        wrong = self._try_file()
        if wrong:
            self.keep()
        return wrong

    def _try_file(self) -> str:
        sheet = self._files.get("sheet")
        if sheet is None:
            return _("Choose your list first.")
        if sheet.size > SHEET_BYTES:
            return _("The file is larger than %(limit)s MB.") % {"limit": 1}
        try:
            self.trial = try_sheet(
                sheet.read(),
                self._questions,
                form=self._form,
                sessions=self._sessions,
                organisation=self._organisation,
            )
        except FileRefused as refusal:
            return file_message(refusal)
        return ""

    def gather(self) -> list[MemberForm]:
        """Everybody to be registered, checked; forms that stayed empty are nobody."""
        carried = self._data.get(CARRIED, "")
        if carried:
            self.trial = open_trial(carried, self._questions, form=self._form, sessions=self._sessions)
            return self.trial.people if self.trial else []
        self.typed = self._forms(typed_rows(self._data), quiet=False)
        people = [each for each in self.typed if not each.is_blank]
        for each in self.typed:
            if each not in people:
                each.be_quiet()
        check_doubles(people)
        if not self.typed:
            self.begin()
        return people

    def _forms(self, rows: Iterable[Mapping[str, list[str]]], *, quiet: bool) -> list[MemberForm]:
        return forms_of(rows, self._questions, sessions=self._sessions, quiet=quiet)

    @property
    def is_lost(self) -> bool:
        """Whether a list was carried on that cannot be opened any more."""
        return bool(self._data.get(CARRIED)) and self.trial is None
