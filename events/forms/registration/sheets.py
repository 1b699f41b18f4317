"""People in a sheet: which columns it has, the template to fill in, and each row as a form would have sent it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from events.bilingual import LANGUAGES, active_language, pick, texts
from events.countries import COUNTRIES
from events.exchange.export import workbook
from events.exchange.files import read_list
from events.exchange.lists import ListReading
from events.exchange.values import BadCell, read_day
from events.models import Question
from events.registration.sessions import SessionOffered
from events.turkish import fold

from .asked import choices_of, condition_words
from .choosing import SESSIONS
from .roster import MemberForm, check_doubles, check_full

_SALT = "people in a sheet"
#: How people head the columns that are always there; what the template says comes first, by language.
_FIXED: dict[str, tuple[str, ...]] = {
    "name": ("Ad soyad", "Name", "Adı soyadı", "İsim", "Ad", "Adı", "Full name", "Name and surname", "First name"),
    "family": ("Soyad", "Surname", "Soyadı", "Soyisim", "Last name", "Family name"),
    "role": ("Görev", "Position", "Unvan", "Görevi", "Görev / unvan", "Title", "Role", "Job title"),
    "email": ("E-posta", "E-mail", "E-posta adresi", "Mail", "Mail adresi", "E-mail address", "Address"),
    "phone": ("Telefon", "Telephone", "Telefon numarası", "Cep telefonu", "Phone", "Mobile", "GSM"),
    "organisation": ("Kurum", "Organisation", "Kurumu", "Organization", "Belediye", "Municipality"),
}
_SESSIONS = ("Oturumlar", "Sessions", "Oturum", "Session")
_YES = {fold(word) for word in ("evet", "yes", "e", "y", "x", "var", "true", "doğru", "1", "✓")}
_NO = {fold(word) for word in ("hayır", "no", "h", "n", "yok", "false", "yanlış", "0")}


@dataclass(frozen=True)
class Trial:
    """What a sheet would do, row by row; nothing is kept of it. ``sealed`` carries it to the next request."""

    people: list[MemberForm]
    ignored: list[str] = field(default_factory=list)
    sealed: str = ""

    @property
    def wrong(self) -> list[MemberForm]:
        return [form for form in self.people if form.errors]


def headings(
    questions: Sequence[Question], *, organisation: bool = False, sessions: bool = False
) -> dict[str, list[str]]:
    """The columns of a list of people: what they may be called, in both languages, by the name of their field."""
    found = {name: list(words) for name, words in _FIXED.items() if organisation or name != "organisation"}
    if sessions:
        found[SESSIONS] = list(_SESSIONS)
    taken = {fold(word) for words in found.values() for word in words}
    for question in questions:
        words = [_free(str(pick(texts(question, "label"), language)), taken) for language in LANGUAGES]
        taken |= {fold(word) for word in words}
        found[f"q-{question.key}"] = words
    return found


def _free(label: str, taken: set[str]) -> str:
    """Two questions of one name are told apart by a number."""
    number, named = 1, label
    while fold(named) in taken:
        number += 1
        named = f"{label} ({number})"
    return named


def template(
    title: str,
    questions: Sequence[Question],
    *,
    organisation: bool = False,
    sessions: Sequence[SessionOffered] = (),
) -> bytes:
    """The workbook to fill in: a column for each thing that is asked, and a second sheet that says what may stand there."""
    place = LANGUAGES.index(active_language())
    columns = headings(questions, organisation=organisation, sessions=bool(sessions))
    del columns["family"]
    header = [words[place] for words in columns.values()]
    explained: list[list[Any]] = [[header[0], _("has to be filled in")]]
    explained.append([columns["email"][place], _("Each person’s own; empty: letters go to the contact.")])
    for question in questions:
        explained += _explained(columns[f"q-{question.key}"][place], question, questions)
    if sessions:
        explained.append([columns[SESSIONS][place], _("several with a semicolon between them")])
        explained += [[columns[SESSIONS][place], each.words] for each in sessions if not each.places.full]
    more = ((_("Choices"), [_("Column"), _("What can stand in it")], explained),)
    return workbook(title, header, [], sheet=_("People"), width=24, more=more)


def _explained(heading: str, question: Question, questions: Sequence[Question]) -> list[list[Any]]:
    notes = [_("has to be filled in")] if question.required else []
    notes += [words for words in (condition_words(question, questions),) if words]
    match question.kind:
        case Question.Kind.YES_NO:
            notes.append(_("yes or no"))
        case Question.Kind.DATE:
            notes.append(_("a day, such as 10.06.2027"))
        case Question.Kind.NUMBER:
            notes.append(_("a number, such as 12,5"))
        case Question.Kind.COUNTRY:
            notes.append(_("a country by its name"))
        case Question.Kind.CHOICES:
            notes.append(_("several with a semicolon between them"))
    rows: list[list[Any]] = [[heading, "; ".join(notes)]] if notes else []
    if question.kind in (Question.Kind.CHOICE, Question.Kind.CHOICES):
        rows += [[heading, label] for _key, label in choices_of(question)]
    return rows


def try_sheet(
    data: bytes,
    questions: Sequence[Question],
    *,
    form: type[MemberForm] = MemberForm,
    sessions: Sequence[SessionOffered] = (),
    organisation: bool = False,
) -> Trial:
    """Read a sheet and check each row as if it had been typed. Raises ``FileRefused`` where it is no such list."""
    reading = read_list(data, headings(questions, organisation=organisation, sessions=bool(sessions)))
    rows = [(number, _values(cells, questions, sessions)) for number, cells in reading.rows]
    return _trial(rows, questions, reading, form, sessions)


def open_trial(
    sealed: str,
    questions: Sequence[Question],
    *,
    form: type[MemberForm] = MemberForm,
    sessions: Sequence[SessionOffered] = (),
) -> Trial | None:
    """A trial that was shown before, checked once more; None where the seal is not ours or a day old."""
    try:
        rows = signing.loads(sealed, salt=_SALT, max_age=24 * 3600)
    except signing.BadSignature:
        return None
    return _trial([(number, values) for number, values in rows], questions, None, form, sessions)


def _trial(
    rows: list[tuple[int, dict[str, Any]]],
    questions: Sequence[Question],
    reading: ListReading | None,
    form: type[MemberForm],
    sessions: Sequence[SessionOffered],
) -> Trial:
    people = [form(values, questions=questions, sessions=sessions, row=number) for number, values in rows]
    check_doubles(people)
    check_full(people)
    sound = not any(each.errors for each in people)
    sealed = signing.dumps(rows, salt=_SALT, compress=True) if sound else ""
    return Trial(people, reading.ignored if reading else [], sealed)


def _values(
    cells: Mapping[str, str], questions: Sequence[Question], sessions: Sequence[SessionOffered]
) -> dict[str, Any]:
    """A row of cells as the page's form would have sent it."""
    values: dict[str, Any] = {name: cells.get(name, "") for name in _FIXED if name != "family"}
    if cells.get("family"):
        values["name"] = f"{values['name']} {cells['family']}"
    for question in questions:
        if text := cells.get(f"q-{question.key}", ""):
            values[f"q-{question.key}"] = typed(question, text)
    if text := cells.get(SESSIONS, ""):
        values[SESSIONS] = _sessions(text, sessions)
    return values


def typed(question: Question, text: str) -> Any:
    """What a cell says, as the field of the question takes it; what is not understood stays for the field to refuse."""
    match question.kind:
        case Question.Kind.YES_NO:
            word = fold(text) or text
            return "yes" if word in _YES else "no" if word in _NO else text
        case Question.Kind.CHOICE:
            return _key_of(question, text) or text
        case Question.Kind.CHOICES:
            return _keys_of(question, text)
        case Question.Kind.COUNTRY:
            return _country(text) or text
        case Question.Kind.DATE:
            return _day(text)
    return text


def _key_of(question: Question, text: str) -> str:
    named = {
        fold(option[name]): option["key"] for option in question.options for name in ("tr", "en") if option.get(name)
    }
    return named.get(fold(text), "")


def _keys_of(question: Question, text: str) -> list[str]:
    """Parted by semicolons or lines; by commas only where every part is a choice then."""
    parts = [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]
    commas = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 1 and not _key_of(question, text) and all(_key_of(question, part) for part in commas):
        parts = commas
    return [_key_of(question, part) or part for part in parts]


def _sessions(text: str, sessions: Sequence[SessionOffered]) -> list[str]:
    """Sessions by title, or by time and title; what names none, or more than one, stays for the field to refuse."""
    named: dict[str, set[int]] = {}
    for offered in sessions:
        for name in offered.names:
            named.setdefault(fold(name), set()).add(offered.pk)
    whole = named.get(fold(text), set())
    parts = [text] if len(whole) == 1 else [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]
    found = []
    for part in parts:
        keys = named.get(fold(part), set())
        found.append(str(next(iter(keys))) if len(keys) == 1 else part)
    return found


def _country(text: str) -> str:
    named = {fold(name): code for code, names in COUNTRIES.items() for name in (code, *names)}
    return named.get(fold(text), "")


def _day(text: str) -> str:
    try:
        day = read_day(text)
    except BadCell:
        return text
    return day.isoformat() if day else ""
