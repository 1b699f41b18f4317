"""What previews of blocks show where there may be nothing yet. Nothing of it is ever stored."""

import datetime as dt

from django.utils import timezone

from events.models import DialogueField, DialogueProgramme, Event, LineOfWork, Organisation, PublicEvent


def events() -> list[PublicEvent]:
    """Two coming events."""
    day = timezone.localdate() + dt.timedelta(days=40)
    return [
        PublicEvent(
            slug="iklim-forumu",
            kind=Event.Kind.CONFERENCE,
            title_tr="Kentler ve İklim Forumu",
            title_en="Cities and Climate Forum",
            place_tr="Kongre Merkezi, Işıklar",
            place_en="Congress Centre, Işıklar",
            starts_on=day,
            ends_on=day + dt.timedelta(days=1),
        ),
        PublicEvent(
            slug="calisma-ziyareti",
            kind=Event.Kind.STUDY_VISIT,
            title_tr="Sığ göllerin korunması: çalışma ziyareti",
            title_en="Keeping shallow lakes alive: a study visit",
            place_tr="Lindenau am See",
            place_en="Lindenau am See",
            starts_on=day + dt.timedelta(days=35),
            ends_on=day + dt.timedelta(days=38),
        ),
    ]


def programme() -> DialogueProgramme:
    """A series of events."""
    return DialogueProgramme(
        slug="birlikte-yasanan-kentler",
        title_tr="Birlikte Yaşanan Kentler",
        title_en="Cities for Living Together",
        objectives_tr="Komşuluk, konut ve kamusal alan üzerine iki yıllık bir diyalog.",
        objectives_en="A dialogue of two years on neighbourhoods, housing and public space.",
        line_of_work=LineOfWork.SERVICES,
        field=DialogueField.SOCIAL,
    )


def members() -> list[Organisation]:
    """Five municipalities with places and inhabitants."""
    rows = [
        ("Çınarlı Belediyesi", "Çınarlı Municipality", 41.02, 28.9, 312_000),
        ("Ilgınlı Belediyesi", "Ilgınlı Municipality", 38.3, 31.9, 41_000),
        ("Işıklar Büyükşehir Belediyesi", "Işıklar Metropolitan Municipality", 38.4, 27.2, 1_240_000),
        ("İğdeli Belediyesi", "İğdeli Municipality", 39.9, 32.8, 96_000),
        ("Özbağ Belediyesi", "Özbağ Municipality", 37.1, 37.3, 128_000),
    ]
    found = []
    for turkish, english, north, east, count in rows:
        town = turkish.split()[0]
        member = Organisation(
            name_tr=turkish, name_en=english, city_tr=town, city_en=town, latitude=north, longitude=east
        )
        member.inhabitants = count  # type: ignore[attr-defined]
        found.append(member)
    return found
