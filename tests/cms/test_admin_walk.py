"""Every address of the admin that pages, translations and the site's own rows have, for everybody, by GET and POST."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Page
from wagtail_localize.models import OverridableSegment, StringSegment, Translation, TranslationSource

from cms.models import ContactField, ContactPage, ShownPerson, Theme
from tests.cms.pages import home, published, translated
from tests.factories import PersonFactory, UserFactory

ADMIN = {"reader", "editor", "officer", "moderator"}
WRITE = {"editor", "officer", "moderator"}
APPROVE = {"moderator"}
#: Who besides the administrator may open an address, by its name.
ROWS = {
    "index": ADMIN,
    "index_results": ADMIN,
    "inspect": ADMIN,
    "history": ADMIN,
    "history_results": ADMIN,
    "usage": ADMIN,
    "add": WRITE,
    "edit": WRITE,
    "delete": WRITE,
}
TRANSLATING = {
    "ask": WRITE,
    "lagging": ADMIN,
    "lagging_results": ADMIN,
    "submit_page_translation": WRITE,
    "update_translations": WRITE,
    "edit_string_translation": WRITE,
    "edit_override": WRITE,
    "download_pofile": WRITE,
    "upload_pofile": WRITE,
    "machine_translate": WRITE,
    "preview_translation": WRITE,
    "stop_translation": WRITE,
    "convert_to_alias": APPROVE,
    "javascript_catalog": ADMIN,
    "translations_report": ADMIN,
    "translations_report_results": ADMIN,
}
#: There are no snippets here whose models could be asked for.
NOT_HERE = {"submit_snippet_translation", "snippets_api_listing", "snippets_api_detail"}
PAGES = {
    "wagtailadmin_explore": WRITE,
    "wagtailadmin_pages:edit": WRITE,
    "wagtailadmin_pages:add_subpage": WRITE,
    "wagtailadmin_pages:preview_on_edit": WRITE,
    "wagtailadmin_pages:view_draft": WRITE,
    "wagtailadmin_pages:history": WRITE,
    "wagtailadmin_pages:workflow_history": WRITE,
    "wagtailadmin_pages:usage": WRITE,
    "wagtailadmin_pages:copy": WRITE,
    "wagtailadmin_pages:move": APPROVE,
    "wagtailadmin_pages:unpublish": APPROVE,
    "wagtailadmin_pages:delete": APPROVE,
    "wagtailadmin_pages:set_privacy": APPROVE,
    "wagtailforms:list_submissions": {"editor", "officer", "moderator"},
}
SETTINGS = WRITE
#: What every form of a page brings along, filled in or not.
FORM = {
    "body-count": 0,
    "form_fields-TOTAL_FORMS": 0,
    "form_fields-INITIAL_FORMS": 0,
    "comments-TOTAL_FORMS": 0,
    "comments-INITIAL_FORMS": 0,
    "new_parent_page": 1,
    "next": "/admin/account/",
}


def addresses() -> Iterator[tuple[str, set[str]]]:
    """Each address by its full name, and who may open it."""
    for namespace, (_prefix, resolver) in sorted(get_resolver().namespace_dict.items()):
        if namespace.startswith("site_"):
            yield from ((f"{namespace}:{pattern.name}", ROWS[pattern.name]) for pattern in _flat(resolver))
        elif namespace in {"cms_translating", "wagtail_localize"}:
            names = {pattern.name for pattern in _flat(resolver)} - NOT_HERE
            yield from ((f"{namespace}:{name}", TRANSLATING[name]) for name in sorted(names))
    yield from PAGES.items()
    yield "wagtailsettings:edit", SETTINGS


def _flat(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _flat(pattern)
        else:
            yield pattern


ADDRESSES = list(addresses())


@pytest.fixture
def known(db: None) -> dict[str, Any]:
    """A page with a form and its translation, not published yet; a theme and a person who is shown."""
    page = ContactPage(title="İletişim", slug="iletisim", recipients="genel@sample.example", notice="<p>Metin</p>")
    page.form_fields.add(ContactField(label="Adınız", field_type="singleline"))
    english = translated(published(page), {}, publish=False)
    source = TranslationSource.objects.get(object_id=page.translation_key)
    Theme.objects.create(name_tr="Ulaşım")
    ShownPerson.objects.create(person=PersonFactory())
    return {
        "turkish": page.pk,
        "english": english.pk,
        "translation_id": Translation.objects.get(source=source).pk,
        "translation_source_id": source.pk,
        "string_segment_id": StringSegment.objects.filter(source=source)[0].pk,
        "overridable_segment_id": OverridableSegment.objects.filter(source=source)[0].pk,
    }


def path_of(name: str, known: dict[str, Any]) -> str:
    """The address of something that is really there."""
    namespace = name.partition(":")[0]
    if namespace == "wagtailsettings":
        return reverse(name, args=["cms", "sitesettings", home().get_site().pk])
    if namespace.startswith("site_"):
        row = apps.get_model("cms", namespace.removeprefix("site_"))._default_manager.first()
        known = {"pk": row.pk if row else 1}
    page = known.get("english" if namespace == "cms_translating" else "turkish")
    page = known["english"] if name.endswith("convert_to_alias") else page
    page = home().pk if name.endswith("add_subpage") else page
    for kwargs in ({}, {"pk": known.get("pk", page)}, {"page_id": page}, *_segments(known)):
        with contextlib.suppress(NoReverseMatch):
            return reverse(name, kwargs=kwargs)
    return reverse(name, args=[page])


def _segments(known: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for names in (
        ("translation_source_id",),
        ("translation_id",),
        ("translation_id", "string_segment_id"),
        ("translation_id", "overridable_segment_id"),
    ):
        yield {name: known.get(name) for name in names}


def allowed(client: Client, path: str, method: str) -> tuple[bool, int]:
    """Whether the view itself answered: a refusal leads to the log-in or back to the admin's first page."""
    response: Any = getattr(client, method)(path, FORM if method == "post" else {}, follow=False)
    refused = response.status_code == 403 or (
        response.status_code == 302 and (response["Location"] == "/admin/" or "/login/" in response["Location"])
    )
    return not refused, response.status_code


def test_the_walk_finds_every_part() -> None:
    """A new namespace or address has to say who may open it."""
    assert {name.partition(":")[0] for name, _who in ADDRESSES} == {
        "cms_translating",
        "site_shownperson",
        "site_theme",
        "wagtail_localize",
        "wagtailadmin_explore",
        "wagtailadmin_pages",
        "wagtailforms",
        "wagtailsettings",
    }
    assert len(ADDRESSES) == 49


@pytest.mark.parametrize("who", ["anonymous", "stranger", "reader", "editor", "officer", "moderator", "admin"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_open_what(who: str, method: str, known: dict[str, Any], settings: Any) -> None:
    """One answer for each address; an error of ours would raise here."""
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"
    }
    client = Client(headers={"accept-language": "en"})
    if who != "anonymous":
        client.force_login(UserFactory(**({} if who == "stranger" else {who: True})))
    found, wanted = {}, {}
    for name, those in ADDRESSES:
        may, status = allowed(client, path_of(name, known), method)
        assert status in {200, 302, 403, 404, 405}, (name, status)
        if status != 405:  # the wrong method shows nothing to anybody
            found[name] = may
            wanted[name] = who == "admin" or who in those
    assert {name: may for name, may in found.items() if may != wanted[name]} == {}
    assert len(found) >= 30


def test_missing_pages_are_404(db: None) -> None:
    client = Client()
    client.force_login(UserFactory(admin=True))
    for path in ("pages/987654/edit/", "translations/ask/987654/", "localize/update/987654/"):
        assert client.get(f"/admin/{path}").status_code == 404
        assert client.post(f"/admin/{path}").status_code == 404
    assert client.get(f"/admin/translations/ask/{'9' * 30}/").status_code == 404
    assert Page.objects.filter(depth=2).count() == 2
