"""What installed packages say and their own Turkish lacks: kept in `locale/packages`, apart from what we say.

A package's texts are those of its English catalogue, or, where it ships none, those that its code marks. An entry here
that the package's own Turkish has too is a correction: it wins, and its comment keeps what it stands instead of.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from tools.catalogue import (
    empty,
    entries,
    flaws,
    gathered,
    header,
    ids,
    is_translated,
    key,
    keys,
    python,
    read,
    texts,
    written,
)

FOLDER = Path(__file__).resolve().parent.parent / "locale" / "packages" / "tr" / "LC_MESSAGES"
# Django itself and every installed app that is not ours (a test compares). Later ones say what earlier ones have
# not said: the order of the catalogue.
LENDERS = (
    "django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "whitenoise.runserver_nostatic",
    "wagtail",
    "wagtail.admin",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail_localize",
    "wagtail_localize.locales",
    "modelcluster",
    "taggit",
    "django_filters",
)
DOMAINS = ("django", "djangojs")
INSTEAD = "Instead of: "
_TITLE = {
    "django": "What installed packages say and their own Turkish lacks.",
    "djangojs": "What the scripts of installed packages say and their own Turkish lacks.",
}
_NO_SOURCE = {"tests", "test", "migrations", "locale", "static", "node_modules"}


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise LookupError(f"{package} is not installed")
    return Path(spec.origin).parent


def _kept(package: str, language: str, domain: str) -> Path:
    """The package's own catalogue; Django keeps its own deeper than apps do."""
    folder = _folder(package) / ("conf/locale" if package == "django" else "locale")
    return folder / language / "LC_MESSAGES" / f"{domain}.po"


def _code(package: str) -> Iterator[tuple[str, bytes]]:
    folder = _folder(package)
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and not _NO_SOURCE.intersection(path.relative_to(folder).parts):
            yield path.relative_to(folder).as_posix(), python(path)


def said(package: str, domain: str) -> Catalog:
    """What the package says in English."""
    path = _kept(package, "en", domain)
    if path.is_file() or domain != "django":
        return read(path)
    return gathered(_code(package))


def own(package: str, domain: str) -> dict[object, Message]:
    """The package's own Turkish, as far as Django would show it: where there are two, it takes Turkey's first."""
    kept = [read(_kept(package, language, domain)) for language in ("tr", "tr_TR")]
    return {key(message): message for catalog in kept for message in entries(catalog) if is_translated(message)}


def _shared(domain: str) -> dict[object, Message]:
    """Server texts are looked up in the Turkish of all packages at once, scripts' in that of their package alone."""
    if domain != "django":
        return {}
    return {known: message for package in reversed(LENDERS) for known, message in own(package, domain).items()}


def merged(domain: str) -> Catalog:
    """What is lacking, and our corrections, with our translations, ordered by package as the packages order it."""
    old, catalog, shared = read(FOLDER / f"{domain}.po"), empty(), _shared(domain)
    for package in LENDERS:
        theirs = shared or own(package, domain)
        for message in entries(said(package, domain)):
            known, there = old.get(message.id, message.context), theirs.get(key(message))
            if known is not None and key(known) != key(message):
                known = None
            if there is None or (known is not None and _is_correction(known)):
                _add(catalog, message, package, known, there)
    return catalog


def _is_correction(message: Message) -> bool:
    return any(comment.startswith(INSTEAD.strip()) for comment in message.user_comments)


def _add(catalog: Catalog, message: Message, package: str, known: Message | None, there: Message | None) -> None:
    catalog.add(
        message.id,
        known.string if known else None,
        locations=[(package, 0)],
        context=message.context,
        user_comments=[INSTEAD + texts(there)[0].strip()] if there else [],
        flags={"fuzzy"} if known and known.fuzzy else set(),
    )


def update() -> None:
    """Bring the catalogues up to the installed packages: gaps come in untranslated, what is no gap any more goes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for domain in DOMAINS:
        (FOLDER / f"{domain}.po").write_bytes(written(merged(domain), header(_TITLE[domain])))


def problems() -> list[str]:
    """What a Turkish editor would meet in English, or broken, in what installed packages say."""
    found = []
    for domain in DOMAINS:
        new = merged(domain)
        found += flaws(new)
        needed = keys(new)
        kept = entries(read(FOLDER / f"{domain}.po"))
        found += [f"no package lacks it: {ids(m)[0]!r} ({domain})" for m in kept if key(m) not in needed]
    return found
