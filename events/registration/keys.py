"""What makes one person one row, and one organisation one organisation, however they are written."""

import hashlib

from events.models import Organisation
from events.models.base import new_key
from events.turkish import fold

#: So much of it letters keep (``Message.person_key``); an address in many short Turkish labels is longer for the network.
LONGEST = 200


def person_key(email: str) -> str:
    """The normalised address; a made-up key for somebody without one.

    Never longer than :data:`LONGEST`. Small letters, and the domain as the network knows it, so that ``Ayşe@şehir.example`` typed in two ways is one.
    """
    if not email:
        return f"~{new_key()}"
    local, _at, domain = email.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode()
    except UnicodeError:
        domain = fold(domain)
    key = f"{local}@{domain}".lower()
    return key if len(key) <= LONGEST else f"#{hashlib.sha256(key.encode()).hexdigest()}"


def spelled(email: str) -> str:
    """An address in the one way in which a domain that is not English is written: small letters, as people read them."""
    local, at, domain = email.strip().rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode('idna').lower()}"
    except UnicodeError:
        return f"{local}{at}{domain.lower()}"


def find_organisation(name: str) -> Organisation | None:
    """The organisation in the directory that has this name, however it is spelled; None for none or several."""
    wanted = fold(name)
    if not wanted:
        return None
    named = Organisation.objects.only("name_tr", "name_en", "native_name", "short_name")
    rows = named.filter(search_text__contains=wanted).order_by("pk")[:50]
    found = [row for row in rows if wanted in names_of(row)]
    return found[0] if len(found) == 1 else None


def names_of(organisation: Organisation) -> set[str]:
    """Every name of an organisation in the directory, folded."""
    row = organisation
    return {fold(name) for name in (row.name_tr, row.name_en, row.native_name, row.short_name) if name}
