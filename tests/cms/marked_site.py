"""A site of which every text in every row carries its mark: the demo's events, and one page of each type."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wagtail.documents.models import Document
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Site

from cms.demo import load_sample, read_sample
from cms.models import (
    ContactField,
    ContactPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    OrganisationIndexPage,
    PeopleIndexPage,
    PracticeIndexPage,
    PracticePage,
    SectionIndexPage,
    ShownPerson,
    SiteLink,
    SiteNotice,
    SiteSettings,
    StandardPage,
    Theme,
)
from events.models import DialogueProgramme, Event, Organisation, Person
from events.release import cancel_event, release_programme, withdraw_event
from tests.cms.factories import block, file, items, picture
from tests.cms.pages import home, published
from tests.factories import DAY, EventFactory, EventOrganisationFactory, VenueFactory
from tests.marks import row

LANGUAGES = ("tr", "en")
#: Addresses of pages are the same in both languages here, so that one list of paths serves both.
HOST = "video.example"
ADDRESS, NEW_ADDRESS = f"a@{HOST}", f"b@{HOST}"
#: Turkish makes words of this length every day.
LONG = "Uluslararasılaştırma"
LINK = {"text": row("Git"), "page": None, "address": f"https://{HOST}/1"}


def build() -> None:
    """Everything that the public can meet."""
    load_sample(_marked(read_sample()))
    _events()
    people = Person.objects.filter(ref__in=["P01", "P02", "P04"])
    people.update(biography_tr=row("Yaşadı"), biography_en=row("Lived"))
    for person in people:
        ShownPerson.objects.create(person=person, ground="office", biography_shown=True)
    Organisation.objects.filter(country="DE").update(website=f"https://{HOST}/", latitude=39.9, longitude=32.8)
    for number, house in enumerate(Organisation.objects.filter(country="TR")):
        Organisation.objects.filter(pk=house.pk).update(latitude=37 + number / 2, longitude=32.8)
    image, document = picture(row("Resim")), file(row("Tüzük"))
    theme = Theme.objects.create(name_tr=row("İklim"), name_en=row("Climate"))
    keys: dict[str, Page] = {}
    for language in LANGUAGES:
        _language(language, image.pk, document.pk, theme, keys)
    _frame(keys["about"])


def _marked(value: Any, key: str = "") -> Any:
    """The sample with a mark round every text and name; codes and ids stay as they are."""
    if isinstance(value, dict):
        if "tr" in value and isinstance(value["tr"], str):
            return {language: row(text) for language, text in value.items()}
        return {name: _marked(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_marked(each, key) for each in value]
    return row(value) if key in {"given", "family"} else value


def _events() -> None:
    """What the sample has none of: an event without a day, one cancelled, one taken back, one of a single language."""
    venue = VenueFactory(
        name_tr=row("Merkez"),
        name_en=row("Centre"),
        address_tr=row("Cadde"),
        address_en=row("Street"),
        city_tr=row("Işıklar"),
        city_en=row("Işıklar"),
        latitude=39.9,
        longitude=32.8,
        step_free=False,
    )
    names = ("title", "summary", "participation")
    plan = {
        "cancelled": {"contact_email": ADDRESS},
        "withdrawn": {},
        "open": {"starts_on": None, "ends_on": None},
        "webinar": {
            "kind": Event.Kind.WEBINAR,
            "title_en": "",
            "description_tr": row("Uzun"),
            "contact_email": ADDRESS,
        },
        "placed": {"venue": venue, "starts_on": DAY, "ends_on": DAY + dt.timedelta(days=70)},
        "past": {"starts_on": DAY - dt.timedelta(days=70), "ends_on": DAY - dt.timedelta(days=70)},
    }
    for slug, fields in plan.items():
        texts = {f"{name}_{each}": row(f"{LONG} {name} {slug}") for name in names for each in LANGUAGES}
        event = EventFactory(**{"slug": slug, **texts, **fields})
        house = Organisation.objects.order_by("pk")[0]
        EventOrganisationFactory(event=event, organisation=house, role="co_host")
        release_programme(event=event, note_tr=row("Not"), note_en=row("Note"))
    cancel_event(event=Event.objects.get(slug="cancelled"))
    withdraw_event(event=Event.objects.get(slug="withdrawn"))


def _language(language: str, image: int, document: int, theme: Theme, keys: dict[str, Page]) -> None:
    def put(model: type[Page], slug: str, parent: Page | None = None, **fields: Any) -> Page:
        page = model(
            title=row(f"{LONG} {slug}"), slug=slug, search_description=row("Kısaca"), show_in_menus=True, **fields
        )
        made: Page = published(page, parent, language, keys.get(slug))
        keys.setdefault(slug, made)
        return made

    section = put(SectionIndexPage, "section")
    put(SectionIndexPage, "empty", section)
    about = put(StandardPage, "about", section, body=body(image, document))
    index = put(NewsIndexPage, "news")
    for number in range(11):
        put(
            NewsPage, f"news-{number}", index,
            published_on=DAY, picture_id=image, picture_alt=row("Köprü"), picture_caption=row("Arşiv"),
        )  # fmt: skip
    put(OrganisationIndexPage, "members", section, shown="all")
    put(PeopleIndexPage, "people", section)
    practices = put(PracticeIndexPage, "practices")
    for number, house in enumerate(Organisation.objects.filter(kind="municipality").order_by("pk")[:3]):
        put(
            PracticePage, f"practice-{number}", practices,
            organisation=house, theme=theme, year=2025, cost=1000, reached=30, contact=row("Birim"),
            contact_email=ADDRESS, contact_phone="+90 212 000 00 00",
            problem=rich("Sorun"), action=rich("Yapılan"), result=rich("Sonuç"),
        )  # fmt: skip
    _contact(language, keys)
    _home(home(language), about)


def _contact(language: str, keys: dict[str, Page]) -> None:
    page = ContactPage(
        title=row("İletişim"), show_in_menus=True, slug="contact", search_description=row("Yazın"), recipients=ADDRESS,
        notice=rich("Aydınlatma"), consent=rich("Rıza"), thanks=rich("Teşekkür"),
    )  # fmt: skip
    for order, (kind, _label) in enumerate(ContactField._meta.get_field("field_type").choices or ()):
        page.form_fields.add(
            ContactField(
                label=row(f"Soru {kind}"), field_type=kind, required=True, sort_order=order, help_text=row("Yardım"),
                choices=f"{row('Bir')}\n{row('İki')}",
            )
        )  # fmt: skip
    keys.setdefault("contact", published(page, None, language, keys.get("contact")))


def _home(page: HomePage, about: Page) -> None:
    page.title, page.search_description = row("Ana sayfa"), row("Kimiz")
    page.hero_title, page.hero_text, page.button_text = row("Kentler"), row("Köprü"), row("Takvim")
    line = {"line": "1", "text": row("Buluşuruz"), "page": about.pk}
    page.sections = [
        block("upcoming_events", UPCOMING),
        block("lines", {"title": row("Ne"), "lines": items(line)}),
        block("figures", {"title": row("Kim"), "text": row("Metin"), "page": about.pk}),
        block("news", {"title": "", "count": 3}),
        block("text", rich("Söz")),
        block("call_to_action", {"title": row("Üye?"), "text": row("Mektup"), "link": LINK}),
    ]
    page.save_revision().publish()


UPCOMING = {"title": "", "count": 12, "kind": "", "line": "", "programme": None, "organisation": None}


def rich(text: str) -> str:
    return f"<p>{row(text)} <b>{row(text)}</b></p>"


def body(image: int, document: int) -> list[dict[str, Any]]:
    """Every block that pages have."""
    shown = {"image": image, "alt_text": row("Köprü"), "decorative": False}
    table = {
        "caption": row("Yol"),
        "columns": [{"type": "text", "heading": row("Kent")}, {"type": "number", "heading": row("km")}],
        "rows": [{"values": [row("Çınarlı"), "58.50"]}],
    }
    wide = {
        "caption": row("Yıllara göre"),
        "columns": [{"type": "number", "heading": row(f"Belediye{year}")} for year in range(2019, 2027)],
        "rows": [{"values": ["1240000"] * 8}],
    }
    contact = {name: row(name) for name in ("title", "name", "position", "address", "hours")}
    programme = DialogueProgramme.objects.order_by("pk")[0].pk
    kinds = {"video", "audio", "map", "form", "other"}
    return [
        *(block("heading", {"text": row(f"{LONG} {number}"), "level": "h2"}) for number in range(3)),
        block("text", rich("Söz")),
        block("quote", {"text": row("Öğreniriz"), "name": row("Ayşe"), "position": row("Başkan")}),
        block("image", {"picture": shown, "caption": row("Açılış")}),
        block("document", {"document": document, "name": row("Tüzük"), "language": "tr"}),
        block("document", {"document": document, "name": "", "language": "en"}),
        *(
            block("embed", {"title": row("Film"), "kind": kind, "address": LINK["address"], "text": row("5")})
            for kind in sorted(kinds)
        ),
        block("table", {"table": table, "heads_rows": True, "source": row("Üyeler")}),
        block("table", {"table": wide, "heads_rows": False, "source": ""}),
        block("accordion", {"items": items({"title": row("Kim?"), "text": rich("Üyeler")})}),
        block("buttons", {"links": items(LINK)}),
        block("call_to_action", {"title": row("Üye?"), "text": row("Mektup"), "link": LINK}),
        block("upcoming_events", UPCOMING),
        *(block("event", {"event": event.pk}) for event in Event.objects.order_by("pk")),
        block("dialogue_programme", {"programme": programme}),
        block("members", {"title": "", "show": "map", "on": None}),
        block("members", {"title": row("Üyeler"), "show": "list", "on": "2020-01-01"}),
        block("contact", {**contact, "phone": "+90 212 000 00 00", "email": ADDRESS}),
    ]


def _frame(page: Page) -> None:
    """Name, contact, links and notices round every page."""
    settings = SiteSettings.for_site(Site.objects.get())
    for name in ("name", "short_name", "tagline", "address"):
        for language in LANGUAGES:
            setattr(settings, f"{name}_{language}", row(f"{name} {language}"))
    settings.email, settings.phone, settings.linkedin = ADDRESS, "+90 212 000 00 00", f"https://{HOST}/"
    settings.privacy = settings.imprint = page
    settings.links = [
        SiteLink(place=place, title_tr=row("Kitaplık"), address_tr=f"https://{HOST}/", title_en=row("Library"))
        for place in ("main", "footer")
    ]
    settings.notices = [
        SiteNotice(text_tr=row("Duyuru"), text_en=row("Notice"), urgent=urgent, page=page) for urgent in (True, False)
    ]
    settings.save()


@contextmanager
def closed(language: str) -> Iterator[tuple[str, str]]:
    """The addresses of a page and of a file that ask for a password meanwhile."""
    page = Page.objects.get(slug="empty", locale__language_code=language)
    document = Document.objects.get()
    guards = [
        PageViewRestriction.objects.create(page=page, restriction_type="password", password="kapı"),
        CollectionViewRestriction.objects.create(
            collection=document.collection, restriction_type="password", password="kapı"
        ),
    ]
    yield page.url, document.url
    for guard in guards:
        guard.delete()
