"""The words of a spreadsheet: column names and coded values, in Turkish and English.

Words are compared folded (case, spaces, punctuation and Turkish letters do not count), so
``Başlık (TR)``, ``BAŞLIK TR`` and ``baslik_tr`` are one column.
"""

from functools import cache

from events.turkish import fold, upper

#: Roles of people; ``speakers_en`` and the like hold the same people with their positions in that language.
PEOPLE = ("chair", "moderator", "speakers", "rapporteur", "host", "interpreter", "greeter", "signatory")
#: What has a name in both languages; ``track_en`` and the like give the name in that language.
NAMED = ("venue", "room", "track", "organisation", "parties")
ROLE_OF = {"speakers": "speaker"}

# Of every word: in English | in Turkish; the first of each side is what an export writes.
COLUMNS: dict[str, str] = {
    "ref": "ref, reference, id, code, session code | kod, kodu, oturum kodu, referans",
    "day": "day, date, programme day, program day | gün, günü, tarih, program günü",
    "start": "start, starts, start time, from, begin, begins | başlangıç, başlangıç saati, başlama, başlama saati",
    "end": "end, ends, end time, until, to, finish | bitiş, bitiş saati",
    "start_zone": "start zone, start time zone | başlangıç saat dilimi",
    "end_zone": "end zone, end time zone | bitiş saat dilimi",
    "kind": "kind, type, session kind, session type | tür, türü, oturum türü, tip",
    "title_tr": "title tr, title turkish, turkish title | başlık tr, başlık türkçe, türkçe başlık",
    "title_en": "title en, title english, english title | başlık en, başlık ingilizce, ingilizce başlık",
    "title": "title, session title, name | başlık, oturum başlığı, oturum adı, oturum",
    "language": "language, session language | dil, dili, oturum dili",
    "abstract_tr": "abstract tr, abstract turkish, turkish abstract | özet tr, özet türkçe, türkçe özet",
    "abstract_en": "abstract en, abstract english, english abstract | özet en, özet ingilizce, ingilizce özet",
    "abstract": "abstract, description, summary | özet, açıklama",
    "venue": "venue, place | mekân, mekan, yer",
    "room": "room, hall | salon, oda, salon adı",
    "track": "track, theme, thread | tema, eksen, oturum dizisi",
    "languages": "languages, spoken languages | diller, konuşulan diller",
    "interpretation": "interpretation, interpreting | çeviri, sözlü çeviri, tercüme",
    "organisation": "organisation, organization, host organisation | kurum, ev sahibi kurum",
    "parties": "parties, groups | gruplar, grup",
    "capacity": "capacity, seats | kapasite, kontenjan",
    "status": "status, state | durum, durumu",
    "audience": "audience, open to | katılım, kimlere açık, hedef kitle",
    "chair": "chair, chairs, chaired by, session chair | oturum başkanı, başkan, oturum başkanları",
    "moderator": "moderator, moderators | moderatör, moderatörler, kolaylaştırıcı, kolaylaştırıcılar",
    "speakers": "speakers, speaker | konuşmacılar, konuşmacı, panelist, panelistler",
    "rapporteur": "rapporteur, rapporteurs | raportör, raportörler",
    "host": "host, hosts | ev sahibi, ev sahipleri",
    "interpreter": "interpreter, interpreters | tercüman, tercümanlar, çevirmen, çevirmenler",
    "greeter": "greeter, greeters | karşılayan, karşılayanlar",
    "signatory": "signatory, signatories | imzacı, imzacılar",
}

KINDS: dict[str, str] = {
    "plenary": "plenary session, plenary | genel oturum",
    "parallel": "parallel session, parallel | paralel oturum, paralel",
    "panel": "panel, panel discussion, round table | panel, yuvarlak masa",
    "workshop": "workshop | çalıştay, atölye, atölye çalışması",
    "keynote": "keynote, keynote speech, opening address | açılış konuşması, ana konuşma",
    "talk": "talk, lecture, presentation | konuşma, sunum, sunuş",
    "ceremony": "ceremony | tören",
    "registration": "registration, registration desk | kayıt, kayıt masası",
    "break": "break, coffee break | ara, mola, kahve arası",
    "meal": "meal, lunch, dinner, breakfast | yemek, öğle yemeği, akşam yemeği, kahvaltı",
    "transfer": "transfer | transfer, ulaşım",
    "site_visit": "site visit, technical tour | saha ziyareti, teknik gezi",
    "meeting": "meeting | toplantı, görüşme",
    "free": "free time, free | serbest zaman",
    "press": "press, press conference | basın, basın toplantısı",
    "social": "social programme, social, social event, reception | sosyal program, sosyal, sosyal etkinlik, resepsiyon",
    "other": "other | diğer",
}

STATUSES: dict[str, str] = {
    "confirmed": "confirmed | onaylandı, onaylı, kesin, kesinleşti",
    "cancelled": "cancelled, canceled | iptal, iptal edildi",
    "draft": "draft | taslak",
}

INTERPRETATIONS: dict[str, str] = {
    "none": "none, no | yok, hayır",
    "simultaneous": "simultaneous, sim | eşzamanlı, simultane, eş zamanlı",
    "consecutive": "consecutive, con | ardıl",
}

AUDIENCES: dict[str, str] = {
    "public": "public, everyone, open | herkes, herkese açık, halka açık, kamuya açık",
    "participants": "participants, delegates | katılımcılar, katılımcı, katılımcılara açık, delegeler",
    "staff": "staff, team | görevliler, ekip, çalışanlar",
}

LANGUAGES: dict[str, str] = {
    "tr": "Turkish | Türkçe",
    "en": "English | İngilizce",
    "de": "German, Deutsch | Almanca",
    "fr": "French, français | Fransızca",
    "es": "Spanish, español | İspanyolca",
    "it": "Italian, italiano | İtalyanca",
    "nl": "Dutch, Nederlands | Felemenkçe, Hollandaca",
    "da": "Danish, dansk | Danca",
    "sv": "Swedish, svenska | İsveççe",
    "no": "Norwegian, norsk | Norveççe",
    "fi": "Finnish, suomi | Fince",
    "pt": "Portuguese, português | Portekizce",
    "el": "Greek | Yunanca",
    "bg": "Bulgarian | Bulgarca",
    "ro": "Romanian | Rumence",
    "ru": "Russian | Rusça",
    "uk": "Ukrainian | Ukraynaca",
    "ar": "Arabic | Arapça",
    "fa": "Persian | Farsça",
    "ku": "Kurdish | Kürtçe",
    "az": "Azerbaijani | Azerice",
    "bs": "Bosnian | Boşnakça",
    "sr": "Serbian | Sırpça",
    "hr": "Croatian | Hırvatça",
    "sq": "Albanian | Arnavutça",
    "mk": "Macedonian | Makedonca",
    "pl": "Polish | Lehçe",
    "hu": "Hungarian | Macarca",
    "ja": "Japanese | Japonca",
    "zh": "Chinese | Çince",
}


@cache
def _lookup(name: str) -> dict[str, str]:
    vocabulary: dict[str, str] = globals()[name]
    found: dict[str, str] = {}
    for code, words in vocabulary.items():
        for word in (code, *words.replace("|", ",").split(",")):
            found.setdefault(fold(word), code)
            if name == "COLUMNS" and code in (*PEOPLE, *NAMED):
                found |= {fold(f"{word} {tag}"): f"{code}_{tag}" for tag in ("tr", "en")}
    return found


def column(header: str) -> str:
    """Name the column that a header cell means; empty when it is none of ours."""
    return _lookup("COLUMNS").get(fold(header[:80]), "")


def kind(word: str) -> str:
    """Give the code of a session kind, empty when the word is unknown."""
    return _lookup("KINDS").get(fold(word[:80]), "")


def status(word: str) -> str:
    """Give the code of a status, empty when the word is unknown."""
    return _lookup("STATUSES").get(fold(word[:80]), "")


def interpretation(word: str) -> str:
    """Give the code of a way of interpreting, empty when the word is unknown."""
    return _lookup("INTERPRETATIONS").get(fold(word[:80]), "")


def audience(word: str) -> str:
    """Give the code of an audience, empty when the word is unknown."""
    return _lookup("AUDIENCES").get(fold(word[:80]), "")


def language(word: str) -> str:
    """Give the tag (BCP 47) of a language by its name or tag, empty when it is unknown."""
    return _lookup("LANGUAGES").get(fold(word[:80]), "")


def header_language(header: str) -> str:
    """Say in which of our two languages a header cell is written."""
    turkish = COLUMNS.get(column(header), "|").partition("|")[2]
    return "tr" if fold(header) in {fold(word) for word in turkish.split(",")} else "en"


def header(name: str, language: str) -> str:
    """Write a column name as an export does: ``title_tr`` is ``Title (TR)`` or ``Başlık (TR)``."""
    base, _, tag = name.rpartition("_") if name[-3:] in ("_tr", "_en") else (name, "", "")
    written = _first(COLUMNS[base], language)
    return f"{written} ({upper(tag, 'en')})" if tag else written


def word(vocabulary: dict[str, str], code: str, language: str) -> str:
    """Write a code as a word of that language; a code without a word stays as it is."""
    return _first(vocabulary[code], language) if code in vocabulary else code


def _first(words: str, language: str) -> str:
    english, _, turkish = words.partition("|")
    first = (turkish if language == "tr" else english).split(",")[0].strip()
    return upper(first[0], language) + first[1:]
