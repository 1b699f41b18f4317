"""The words of a spreadsheet: column names and coded values, in Turkish and English.

Words are compared folded (case, spaces, punctuation and Turkish letters do not count), so
``Başlık (TR)``, ``BAŞLIK TR`` and ``baslik_tr`` are one column.
"""

from functools import cache

from events.turkish import fold

#: Roles of people; ``speakers_en`` and the like hold the same people with their positions in that language.
PEOPLE = ("chair", "moderator", "speakers", "rapporteur", "host", "interpreter", "greeter", "signatory")
ROLE_OF = {"speakers": "speaker"}

# English words | Turkish words
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
    "venue": "venue, place | mekan, mekân, yer",
    "room": "room, hall | salon, oda, salon adı",
    "track": "track, theme, thread | tema, eksen, oturum dizisi",
    "languages": "languages, spoken languages | diller, konuşulan diller",
    "interpretation": "interpretation, interpreting | çeviri, sözlü çeviri, tercüme",
    "organisation": "organisation, organization, host organisation | kurum, ev sahibi kurum",
    "parties": "parties, groups | gruplar, grup",
    "capacity": "capacity, seats | kapasite, kontenjan",
    "status": "status, state | durum, durumu",
    "audience": "audience, open to | katılım, kimlere açık, hedef kitle",
    "chair": "chair, chairs, chaired by, session chair | başkan, oturum başkanı, oturum başkanları",
    "moderator": "moderator, moderators | moderatör, moderatörler, kolaylaştırıcı, kolaylaştırıcılar",
    "speakers": "speakers, speaker | konuşmacılar, konuşmacı, panelist, panelistler",
    "rapporteur": "rapporteur, rapporteurs | raportör, raportörler",
    "host": "host, hosts | ev sahibi, ev sahipleri",
    "interpreter": "interpreter, interpreters | tercüman, tercümanlar, çevirmen, çevirmenler",
    "greeter": "greeter, greeters | karşılayan, karşılayanlar",
    "signatory": "signatory, signatories | imzacı, imzacılar",
}

KINDS: dict[str, str] = {
    "plenary": "plenary, plenary session, genel oturum",
    "parallel": "parallel, parallel session, paralel oturum, paralel",
    "panel": "panel, panel discussion, round table, yuvarlak masa, podium",
    "workshop": "workshop, çalıştay, atölye, atölye çalışması",
    "keynote": "keynote, keynote speech, opening address, ana konuşma, açılış konuşması",
    "talk": "talk, lecture, presentation, konuşma, sunum, sunuş",
    "ceremony": "ceremony, tören",
    "registration": "registration, kayıt",
    "break": "break, coffee break, ara, mola, kahve arası",
    "meal": "meal, lunch, dinner, breakfast, yemek, öğle yemeği, akşam yemeği, kahvaltı",
    "transfer": "transfer, ulaşım",
    "site_visit": "site visit, technical tour, saha ziyareti, teknik gezi",
    "meeting": "meeting, toplantı, görüşme",
    "free": "free, free time, serbest zaman",
    "press": "press, press conference, basın, basın toplantısı",
    "social": "social, social event, reception, sosyal, sosyal etkinlik, resepsiyon",
    "other": "other, diğer",
}

STATUSES: dict[str, str] = {
    "confirmed": "confirmed, onaylandı, onaylı, kesin, kesinleşti",
    "cancelled": "cancelled, canceled, iptal, iptal edildi",
    "draft": "draft, taslak",
}

INTERPRETATIONS: dict[str, str] = {
    "none": "none, no, yok, hayır",
    "simultaneous": "simultaneous, sim, eşzamanlı, simultane, eş zamanlı",
    "consecutive": "consecutive, con, ardıl",
}

AUDIENCES: dict[str, str] = {
    "public": "public, everyone, open, herkes, herkese açık, halka açık, kamuya açık",
    "participants": "participants, delegates, katılımcılar, katılımcı, katılımcılara açık, delegeler",
    "staff": "staff, team, ekip, görevliler, çalışanlar",
}

LANGUAGES: dict[str, str] = {
    "tr": "tr, türkçe, turkish",
    "en": "en, ingilizce, english",
    "de": "de, almanca, german, deutsch",
    "fr": "fr, fransızca, french, français",
    "es": "es, ispanyolca, spanish, español",
    "it": "it, italyanca, italian, italiano",
    "nl": "nl, felemenkçe, hollandaca, dutch, nederlands",
    "da": "da, danca, danish, dansk",
    "sv": "sv, isveççe, swedish, svenska",
    "no": "no, norveççe, norwegian, norsk",
    "fi": "fi, fince, finnish, suomi",
    "pt": "pt, portekizce, portuguese, português",
    "el": "el, yunanca, greek",
    "bg": "bg, bulgarca, bulgarian",
    "ro": "ro, rumence, romanian",
    "ru": "ru, rusça, russian",
    "uk": "uk, ukraynaca, ukrainian",
    "ar": "ar, arapça, arabic",
    "fa": "fa, farsça, persian",
    "ku": "ku, kürtçe, kurdish",
    "az": "az, azerice, azerbaijani",
    "bs": "bs, boşnakça, bosnian",
    "sr": "sr, sırpça, serbian",
    "hr": "hr, hırvatça, croatian",
    "sq": "sq, arnavutça, albanian",
    "mk": "mk, makedonca, macedonian",
    "pl": "pl, lehçe, polish",
    "hu": "hu, macarca, hungarian",
    "ja": "ja, japonca, japanese",
    "zh": "zh, çince, chinese",
}


@cache
def _lookup(name: str) -> dict[str, str]:
    vocabulary: dict[str, str] = globals()[name]
    found: dict[str, str] = {}
    for code, words in vocabulary.items():
        for word in (code, *words.replace("|", ",").split(",")):
            found.setdefault(fold(word), code)
            if name == "COLUMNS" and code in PEOPLE:
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
