"""People of a session by hand: found in the directory by name, or brought into it in the same stroke."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events import permissions
from events.bilingual import LANGUAGES, texts
from events.models import Contribution, Organisation, Person, Position, Session
from events.turkish import clean, fold

_LONGEST = 200


@dataclass(frozen=True)
class Naming:
    """One person as an officer names them: by number, or by name with what is told of them.

    ``shown`` is what the programme prints beside the name, by language; empty, it is the position that the
    directory knows. ``position`` and ``organisation`` tell who is meant, or who somebody new is.
    """

    role: str = Contribution.Role.SPEAKER
    person: int | None = None
    name: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    position: Mapping[str, str] = field(default_factory=dict)
    organisation: str = ""


Row = tuple[Person, Naming]


def set_people(session: Session, named: Sequence[Naming], by: User | None) -> None:
    """Make these the people of a session, in this order; rows are kept where person and role stay.

    Somebody whom the directory does not know is brought into it. Raises ValidationError for a name that
    several people bear, and for one person twice in a role.
    """
    wanted = [(meet(each, session.day, by), each) for each in named]
    _require_once(wanted)
    before = {(row.person_id, row.role): row for row in session.contributions.all()}
    for place, (person, naming) in enumerate(wanted):
        row = before.pop((person.pk, naming.role), None)
        _write(row or Contribution(session=session, person=person, role=naming.role), place, naming)
    Contribution.objects.filter(pk__in=[row.pk for row in before.values()]).delete()


def _require_once(wanted: Iterable[Row]) -> None:
    seen = set()
    for person, naming in wanted:
        if (person.pk, naming.role) in seen:
            raise ValidationError({"people": _("“%(name)s” stands here twice in one role.") % {"name": person}})
        seen.add((person.pk, naming.role))


def _write(row: Contribution, place: int, naming: Naming) -> None:
    before = Contribution(shown_tr=row.shown_tr, shown_en=row.shown_en) if row.pk else None
    shown = dict(naming.shown)
    if not row.pk and not any(shown.values()):
        shown = _shown(row.person, naming, row.session.day)
    row.position = place
    for language, text in shown.items():
        setattr(row, f"shown_{language}", clean(text)[:300])
    row.note_translations(before)
    row.save()


def meet(naming: Naming, day: dt.date, by: User | None) -> Person:
    """The person who is meant: by number, else the one who bears the name, else somebody new."""
    if naming.person is not None:
        found = Person.objects.kept().filter(pk=naming.person).first()
        if found is None:
            raise ValidationError({"people": _("This person is not in the directory any more.")})
        return found
    name = clean(naming.name)
    if not name:
        raise ValidationError({"people": _("Give the name.")})
    bearers = list(Person.objects.kept().filter(search_text=fold(name)).prefetch_related("positions__organisation"))
    bearers = [each for each in bearers if each.name == name] or bearers
    if len(bearers) > 1:
        bearers = [each for each in bearers if _is_meant(each, naming)]
        if len(bearers) != 1:
            told = _("Several people are called “%(name)s”. Choose one of those that are offered while you type.")
            raise ValidationError({"people": told % {"name": name}})
    return bearers[0] if bearers else _introduce(name, naming, by)


def _is_meant(person: Person, naming: Naming) -> bool:
    """Whether one of several of a name is told apart by position and organisation."""
    told = {fold(text) for text in (*naming.position.values(), naming.organisation) if text}
    known = {fold(text) for each in person.positions.all() for text in _words_of(each)}
    return bool(told) and told <= known


def _words_of(position: Position) -> list[str]:
    house = position.organisation
    return [position.title_tr, position.title_en, house.name_tr, house.name_en, house.short_name]


def _introduce(name: str, naming: Naming, by: User | None) -> Person:
    """Somebody new in the directory, with a position where the directory knows the organisation."""
    if not permissions.may_add_people(by):
        told = _("The directory does not know “%(name)s”, and you may not add people to it.")
        raise ValidationError({"people": told % {"name": name}})
    if len(name) > _LONGEST:
        raise ValidationError({"people": _("This name is too long.")})
    person = Person(name=name)
    person.save()
    house = known_organisation(naming.organisation)
    titles = {language: clean(text)[:200] for language, text in naming.position.items()}
    if house and any(titles.values()):
        position = Position(person=person, organisation=house)
        for language, text in titles.items():
            setattr(position, f"title_{language}", text)
        position.note_translations()
        position.save()
    log(instance=person, action="wagtail.create", user=by)
    return person


def known_organisation(name: str) -> Organisation | None:
    """The organisation of that name in either language, or by its short name; None if there is not exactly one."""
    wanted = fold(clean(name))
    if not wanted:
        return None
    rows = Organisation.objects.filter(search_text__contains=wanted)
    found = [each for each in rows if wanted in {fold(each.name_tr), fold(each.name_en), fold(each.short_name)}]
    return found[0] if len(found) == 1 else None


def _shown(person: Person, naming: Naming, day: dt.date) -> dict[str, str]:
    """What a programme prints beside somebody's name: as told, in both languages where the directory has it."""
    rows: Any = person.positions
    told = {language: text for language, text in naming.position.items() if clean(text)}
    for position in rows.current(day).select_related("organisation"):
        if not told or {fold(clean(text)) for text in told.values()} <= {fold(each) for each in _words_of(position)}:
            return shown_of(position)
    return {
        language: ", ".join(part for part in (clean(text), clean(naming.organisation)) if part)
        for language, text in told.items()
    }


def shown_of(position: Position) -> dict[str, str]:
    """Position and organisation as a programme prints them; nothing in a language that lacks the position."""
    titles, houses = texts(position, "title"), texts(position.organisation, "name")
    return {
        language: ", ".join(part for part in (titles[language], houses.get(language, "")) if part)
        for language in LANGUAGES
        if language in titles
    }


def people_row(row: Contribution) -> list[object]:
    """A contribution as an act keeps it."""
    return [row.person_id, row.role, row.shown_tr, row.shown_en]


def people_from(rows: Iterable[Sequence[object]]) -> list[Naming]:
    """What an act kept, to be set again."""
    return [
        Naming(person=int(str(pk)), role=str(role), shown={"tr": str(tr), "en": str(en)}) for pk, role, tr, en in rows
    ]
