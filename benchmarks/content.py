"""The programme that is measured: made up, the same in every run."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from openpyxl import Workbook

from events.models import Contribution, Event, Person, Room, Session, Track, Venue


def _listed(words: str) -> list[str]:
    return words.split()


TURKISH = _listed(
    """
    belediye kent iklim dirençli mahalle ulaşım konut göç gençlik kadın çocuk yaşlı engelsiz bütçe katılım kıyı taşkın
    yağmur gölge ağaç ısı dalga enerji yoksulluk atık su arıtma liman dönüşüm kültür müze yürüyüş bisiklet köprü ölçüm
    ortaklık fon çağrı denetim rapor şeffaflık güven örnek deneme işbirliği öğrenme çalıştay buluşma ziyaret şehir
    ilçe büyükşehir meclis üye yönetim hizmet sığınma kreş lokanta pazar üretici tohum toprak ova dağ deniz göl ırmak
    """
)
ENGLISH = _listed(
    """
    municipality city climate resilient neighbourhood transport housing migration youth women child elderly accessible
    budget participation coast flood rain shade tree heat wave energy poverty waste water treatment harbour renewal
    culture museum walking cycling bridge measurement partnership fund call audit report openness trust example trial
    cooperation learning workshop meeting visit council member management service shelter nursery market soil lake
    """
)
GIVEN = _listed("Ayşe İpek Işık Çağrı Şule Ömer Ülkü Gökçe Ilgın Zeynep Jale Nil Umut Süha Ece")
FAMILY = _listed("Örnek Deneme Kurgu Taslak Misal Hayalî Numune Sanal Varsayım Çeviri Dilmaç Temsil Masal Eskiz Prova")
FIRST_DAY = dt.date(2027, 6, 10)
DAYS, ROOMS, PEOPLE_OF_FIVE_HUNDRED, WORDS = 3, 10, 300, 65
OPENS, MINUTES = 8 * 60, 680


@dataclass(frozen=True)
class Told:
    """One session in plain values."""

    ref: str
    day: dt.date
    start: dt.time
    end: dt.time
    room: int
    track: int
    title_tr: str
    title_en: str
    abstract_tr: str
    abstract_en: str
    people: tuple[str, ...]


def people(sessions: int) -> list[str]:
    """Names, 300 for 500 sessions; no two alike."""
    number = sessions * PEOPLE_OF_FIVE_HUNDRED // 500
    return [f"{GIVEN[at % 15]} {FAMILY[at // 15 % 15]}{'' if at < 225 else f' {at // 225}'}" for at in range(number)]


def programme(sessions: int) -> Iterator[Told]:
    """So many sessions in ten rooms on three days, with abstracts of 65 words in both languages."""
    chance = random.Random(2027)  # noqa: S311 (the same in every run is what is wanted)
    names = people(sessions)
    slots = -(-sessions // (DAYS * ROOMS))
    length = MINUTES // slots
    for at in range(sessions):
        start = OPENS + at // (DAYS * ROOMS) * length
        yield Told(
            ref=f"B{at:04d}",
            day=FIRST_DAY + dt.timedelta(days=at % DAYS),
            start=_time(start),
            end=_time(start + max(1, length * 3 // 4)),
            room=at // DAYS % ROOMS,
            track=at % 4,
            title_tr=_words(chance, TURKISH, 6),
            title_en=_words(chance, ENGLISH, 6),
            abstract_tr=_words(chance, TURKISH, WORDS),
            abstract_en=_words(chance, ENGLISH, WORDS),
            people=tuple(chance.sample(names, 2)),
        )


def _time(minutes: int) -> dt.time:
    return dt.time(minutes // 60, minutes % 60)


def _words(chance: random.Random, words: list[str], number: int) -> str:
    text = " ".join(chance.choice(words) for _each in range(number))
    return text[0] + text[1:] + "."


def make_event(slug: str, sessions: int) -> Event:
    """The programme as rows of one event, not released yet."""
    with transaction.atomic():
        venue = Venue.objects.create(name_tr=f"Çınaraltı {slug}", name_en=f"Plane Tree {slug}", city_tr="Işıklar")
        event = Event.objects.create(
            slug=slug,
            title_tr="Ölçüm Kurultayı",
            title_en="Congress of Measurement",
            starts_on=FIRST_DAY,
            ends_on=FIRST_DAY + dt.timedelta(days=DAYS - 1),
            venue=venue,
        )
        rooms = [Room.objects.create(venue=venue, position=at, name_tr=f"Salon {at}") for at in range(ROOMS)]
        tracks = [
            Track.objects.create(event=event, position=at, letter="ABCD"[at], name_tr=f"Eksen {at}") for at in range(4)
        ]
        named = {name: Person(name=name, family_name=name.split()[1]) for name in people(sessions)}
        Person.objects.bulk_create(named.values())
        told = list(programme(sessions))
        rows = Session.objects.bulk_create(_row(event, each, rooms, tracks) for each in told)
        Contribution.objects.bulk_create(
            Contribution(session=row, person=named[name], position=at, shown_tr="Belediye Başkanı", shown_en="Mayor")
            for row, each in zip(rows, told, strict=True)
            for at, name in enumerate(each.people)
        )
    return event


def _row(event: Event, told: Told, rooms: list[Room], tracks: list[Track]) -> Session:
    return Session(
        event=event,
        ref=told.ref,
        day=told.day,
        start=told.start,
        end=told.end,
        status="confirmed",
        kind="talk",
        languages=["tr"],
        room=rooms[told.room],
        track=tracks[told.track],
        title_tr=told.title_tr,
        title_en=told.title_en,
        abstract_tr=told.abstract_tr,
        abstract_en=told.abstract_en,
    )


def write_workbook(path: Path, sessions: int) -> None:
    """The same programme as an officer's spreadsheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Program")
    columns = "ref day start end kind title_tr title_en abstract_tr abstract_en room track languages status speakers"
    sheet.append(columns.split())
    for each in programme(sessions):
        speakers = "; ".join(f"{name} — Belediye Başkanı, Çınarlı Belediyesi" for name in each.people)
        texts = (each.title_tr, each.title_en, each.abstract_tr, each.abstract_en)
        place = (f"Salon {each.room}", f"Eksen {each.track}")
        sheet.append([each.ref, each.day, each.start, each.end, "talk", *texts, *place, "tr", "confirmed", speakers])
    book.save(path)
