"""Every public address, written once. They never move: letters, feeds, printed codes and bookmarks hold them.

``…_path`` gives the path, ``…_url`` the absolute address from the setting BASE_URL, never a request's host.
"""

from urllib.parse import quote, urlencode

from django.conf import settings

EVENT_LISTS = {"tr": "/tr/etkinlikler/", "en": "/en/events/"}
REGISTRATIONS = {"tr": "kayit/", "en": "register/"}
_ADDRESS = {"tr": "adres/", "en": "address/"}
GROUPS = {"tr": "grup/", "en": "group/"}
#: All that is held about somebody, to read.
HELD = {"tr": "verilerim/", "en": "my-data/"}
CERTIFICATES = {"tr": "/tr/belge/", "en": "/en/certificate/"}
DRAFTS = {"tr": "/tr/taslak/", "en": "/en/draft/"}
PROGRAMMES = {"tr": "program/", "en": "programme/"}
DIALOGUE_PROGRAMMES = {"tr": "/tr/programlar/", "en": "/en/programmes/"}


def absolute(path: str) -> str:
    """The address under which the world knows a path of this site."""
    return settings.BASE_URL + path


def event_list_path(language: str, **query: str) -> str:
    return EVENT_LISTS[language] + _query(query)


def event_path(slug: str, language: str) -> str:
    return f"{EVENT_LISTS[language]}{quote(slug)}/"


def programme_path(slug: str, language: str, key: str | None = None) -> str:
    """The programme page, with ``key`` that session on it."""
    return event_path(slug, language) + PROGRAMMES[language] + (f"#s-{key}" if key else "")


def registration_path(slug: str, language: str) -> str:
    """Where one registers for an event."""
    return event_path(slug, language) + REGISTRATIONS[language]


def lost_link_path(slug: str, language: str) -> str:
    """Where one asks for the link to one's registration."""
    return registration_path(slug, language) + {"tr": "baglanti/", "en": "link/"}[language]


def invitation_path(slug: str, language: str, key: str) -> str:
    """What an invitation leads to: it holds the key to the form."""
    return f"{registration_path(slug, language)}i/{key}/"


def open_registration_path(slug: str, language: str, key: str) -> str:
    """What a letter leads to: it holds the key."""
    return f"{registration_path(slug, language)}k/{key}/"


def own_registration_path(slug: str, language: str, handle: str) -> str:
    """Somebody's registration, for a browser that the key let in."""
    return f"{registration_path(slug, language)}{handle}/"


def own_held_path(slug: str, language: str, handle: str) -> str:
    """All that is held about somebody, to read."""
    return own_registration_path(slug, language, handle) + HELD[language]


def group_held_path(slug: str, language: str, handle: str) -> str:
    """All that is held about the contact of a group, to read."""
    return own_group_path(slug, language, handle) + HELD[language]


def details_path(slug: str, language: str, handle: str) -> str:
    """The form that asks who is confirmed for more: travel, hotel."""
    return own_registration_path(slug, language, handle) + {"tr": "ayrintilar/", "en": "details/"}[language]


def own_file_path(slug: str, language: str, handle: str, name: str) -> str:
    """A file that somebody uploaded, for a browser that the key let in."""
    return own_registration_path(slug, language, handle) + {"tr": "dosya/", "en": "file/"}[language] + f"{name}/"


def agenda_path(slug: str, language: str, handle: str) -> str:
    """The agenda of whoever registered, below the own page."""
    return f"{own_registration_path(slug, language, handle)}agenda/"


def agenda_feed_path(language: str, key: str) -> str:
    """The agenda as a calendar: it holds a key of its own, which opens nothing else."""
    return f"/calendars/{language}/my/{quote(key)}.ics"


def change_registration_path(slug: str, language: str, handle: str) -> str:
    """The form with which one changes one's registration."""
    return own_registration_path(slug, language, handle) + {"tr": "degistir/", "en": "change/"}[language]


def own_address_path(slug: str, language: str, handle: str) -> str:
    """Where one gives another e-mail address."""
    return own_registration_path(slug, language, handle) + _ADDRESS[language]


def open_new_address_path(slug: str, language: str, key: str) -> str:
    """What the letter to a new address leads to: it holds the key."""
    return f"{registration_path(slug, language)}a/{key}/"


def new_address_path(slug: str, language: str, handle: str) -> str:
    """Where a new address is confirmed, for a browser that the key let in."""
    return registration_path(slug, language) + _ADDRESS[language] + f"{handle}/"


def substitute_path(slug: str, language: str, handle: str) -> str:
    """Where one names somebody to come instead."""
    return own_registration_path(slug, language, handle) + {"tr": "yerime/", "en": "substitute/"}[language]


def group_path(slug: str, language: str, rest: str = "") -> str:
    """Where one registers a group; ``rest`` is what stands below it, such as the template's name."""
    return registration_path(slug, language) + GROUPS[language] + rest


def open_group_path(slug: str, language: str, key: str) -> str:
    """What a letter to a group's contact leads to: it holds the key."""
    return group_path(slug, language, f"k/{key}/")


def own_group_path(slug: str, language: str, handle: str) -> str:
    """A group's page, for a browser that the contact's key let in."""
    return group_path(slug, language, f"{handle}/")


def group_member_path(slug: str, language: str, handle: str, code: str = "") -> str:
    """One member on a group's page; without a code a new one."""
    base = own_group_path(slug, language, handle)
    return base + (f"{code}/" if code else {"tr": "ekle/", "en": "add/"}[language])


def correct_member_path(slug: str, language: str, handle: str, code: str) -> str:
    """Where the contact of a group corrects what it entered for a member."""
    return group_member_path(slug, language, handle, code) + {"tr": "degistir/", "en": "change/"}[language]


def certificates_path(language: str) -> str:
    """Where one types the code of a certificate."""
    return CERTIFICATES[language]


def certificate_path(code: str, language: str) -> str:
    """What whoever has the code of a certificate reads of it."""
    return f"{CERTIFICATES[language]}{quote(code)}/"


def own_certificate_path(slug: str, language: str, handle: str) -> str:
    """Somebody's own certificate as PDF, for a browser that the key let in."""
    name = {"tr": "belge.pdf", "en": "certificate.pdf"}[language]
    return f"{own_registration_path(slug, language, handle)}{name}"


def dialogue_programme_path(slug: str, language: str) -> str:
    return f"{DIALOGUE_PROGRAMMES[language]}{quote(slug)}/"


def draft_path(key: str, language: str) -> str:
    """A working programme that was shared: with the key of its link the way in, with its handle the page itself."""
    return f"{DRAFTS[language]}{quote(key)}/"


def feed_path(slug: str, language: str) -> str:
    return f"/calendars/{language}/{quote(slug)}.ics"


def events_feed_path(language: str, **query: str) -> str:
    """All public events as a calendar; ``query`` takes kind, organisation, line, programme."""
    return f"/calendars/{language}/events.ics" + _query(query)


def pdf_path(slug: str, language: str) -> str:
    """The printed programme; ``language`` is tr, en or tr-en."""
    return f"/documents/{language}/{quote(slug)}/programme.pdf"


def short_path(code: str) -> str:
    return f"/e/{quote(code)}"


def schedule_path(slug: str, form: str, language: str = "") -> str:
    """What conference apps read; ``form`` is xml or json."""
    return f"/exchange/{quote(slug)}/schedule.{form}" + _query({"language": language})


def event_list_url(language: str, **query: str) -> str:
    return absolute(event_list_path(language, **query))


def event_url(slug: str, language: str) -> str:
    return absolute(event_path(slug, language))


def programme_url(slug: str, language: str, key: str | None = None) -> str:
    return absolute(programme_path(slug, language, key))


def certificate_url(code: str, language: str) -> str:
    return absolute(certificate_path(code, language))


def dialogue_programme_url(slug: str, language: str) -> str:
    return absolute(dialogue_programme_path(slug, language))


def draft_url(key: str, language: str) -> str:
    return absolute(draft_path(key, language))


def feed_url(slug: str, language: str) -> str:
    return absolute(feed_path(slug, language))


def agenda_feed_url(language: str, key: str) -> str:
    return absolute(agenda_feed_path(language, key))


def events_feed_url(language: str, **query: str) -> str:
    return absolute(events_feed_path(language, **query))


def pdf_url(slug: str, language: str) -> str:
    return absolute(pdf_path(slug, language))


def short_url(code: str) -> str:
    return absolute(short_path(code))


def schedule_url(slug: str, form: str, language: str = "") -> str:
    return absolute(schedule_path(slug, form, language))


def _query(query: dict[str, str]) -> str:
    stated = {name: value for name, value in query.items() if value}
    return "?" + urlencode(stated) if stated else ""
