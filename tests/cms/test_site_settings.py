"""Site settings: who may change them, what may be typed, how they look before they are saved."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page, Site

from cms.models import OrganisationIndexPage, SiteLink, SiteNotice, SiteSettings
from tests.cms.pages import published
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
CHILDREN = ("links", "notices")


def address(preview: bool = False) -> str:
    site = Site.objects.get()
    return f"/admin/settings/cms/sitesettings/{site.pk}/" + ("preview/" if preview else "")


def typed(**fields: Any) -> dict[str, Any]:
    """What the form posts: every field, empty unless named, and rows of ``links`` and ``notices``."""
    names = [field.name for field in SiteSettings._meta.concrete_fields if field.editable]
    data = dict.fromkeys(names, "") | {name: value for name, value in fields.items() if name not in CHILDREN}
    for child in CHILDREN:
        rows = fields.get(child, [])
        data |= {
            f"{child}-{name}": len(rows) if name == "TOTAL_FORMS" else 0
            for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")
        }
        data[f"{child}-MAX_NUM_FORMS"] = 1000
        for number, row in enumerate(rows):
            data |= {f"{child}-{number}-{name}": value for name, value in ({"ORDER": number + 1} | row).items()}
    return data


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(("role", "status"), [("editor", 200), ("admin", 200), ("officer", 200), ("reader", 302)])
def test_who_writes_pages_may_change_them(client: Client, role: str, status: int) -> None:
    client.force_login(UserFactory(**{role: True}))
    assert client.get(address()).status_code == status
    client.post(address(), typed(name_tr="Işıklar Birliği"))
    assert SiteSettings.objects.filter(name_tr="Işıklar Birliği").exists() is (status == 200)


def test_an_editor_types_all_of_it_in_both_languages(client: Client) -> None:
    client.force_login(UserFactory(editor=True))
    page = published(OrganisationIndexPage(title="Gizlilik", slug="gizlilik"))
    answer = client.post(
        address(),
        typed(
            name_tr="Işıklar  Belediyeler Birliği",
            name_en="Işıklar Union of Municipalities",
            address_tr="Ihlamur Cad. 12\r\nIşıklar",
            phone="+90 212 000 00 00",
            email="bilgi@sample.example",
            mastodon="https://toplum.example/@isiklar",
            privacy=page.pk,
            links=[{"place": "footer", "title_tr": "Kitaplık", "address_tr": "https://kitap.example/"}],
            notices=[{"text_tr": "Taşındık", "urgent": "on", "starts_at": "2020-05-03 09:00"}],
        ),
    )
    assert answer.status_code == 302
    row = SiteSettings.objects.get()
    assert (row.name_tr, row.address_tr, row.privacy_id) == (
        "Işıklar Belediyeler Birliği",
        "Ihlamur Cad. 12\nIşıklar",
        page.pk,
    )
    assert [str(each) for each in (*row.links.all(), *row.notices.all(), row)] == [
        "Kitaplık",
        "Taşındık",
        "Işıklar Belediyeler Birliği",
    ]
    html = client.get("/tr/etkinlikler/").content.decode()
    told = ["Taşındık", "Ihlamur Cad. 12 Işıklar", "+90 212 000 00 00", "bilgi@sample.example", "Mastodon", "Gizlilik"]
    assert [each for each in told if each not in text(html)] == []
    assert [
        'href="tel:+902120000000"' in html,
        "Işıklar Union" in text(client.get("/en/events/").content.decode()),
    ] == [
        True,
        True,
    ]
    assert list(row.translated_from) == ["name"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "bilgi"), ("phone", "ara bizi"), ("linkedin", "javascript:alert(1)"), ("name_tr", "x" * 121)],
)
def test_what_is_mistyped_is_said_and_nothing_is_half_saved(client: Client, field: str, value: str) -> None:
    client.force_login(UserFactory(editor=True))
    answer = client.post(address(), typed(short_name_tr="Yeni ad", **{field: value}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert SiteSettings.objects.filter(short_name_tr="Yeni ad").exists() is False


@pytest.mark.parametrize(
    "fields",
    [
        {"title_tr": "Kitaplık"},
        {"address_tr": "https://kitap.example/"},
        {"title_tr": "Kitaplık", "address_tr": "javascript:alert(1)"},
        {"title_tr": "Kitaplık", "address_tr": "kitap.example"},
    ],
)
def test_a_link_has_a_title_and_leads_somewhere(fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        SiteLink(settings=SiteSettings.for_site(Site.objects.get()), **fields).full_clean()


def test_a_link_to_a_page_needs_neither_and_never_both() -> None:
    page = published(OrganisationIndexPage(title="Gizlilik", slug="gizlilik"))
    row = SiteSettings.for_site(Site.objects.get())
    SiteLink(settings=row, page=page).full_clean()
    with pytest.raises(ValidationError):
        SiteLink(settings=row, page=page, title_tr="x", address_tr="/tr/").full_clean()


def test_a_notice_does_not_end_before_it_starts() -> None:
    row = SiteSettings.for_site(Site.objects.get())
    with pytest.raises(ValidationError) as error:
        SiteNotice(
            settings=row, text_tr="x", starts_at="2027-05-03 09:00+00:00", ends_at="2027-05-03 08:00+00:00"
        ).full_clean()
    assert list(error.value.message_dict) == ["ends_at"]


@pytest.mark.parametrize(("mode", "name", "notice"), [("tr", "Denenen ad", "Yarın"), ("en", "Tried name", "Tomorrow")])
def test_they_are_previewed_in_both_languages_before_anybody_sees_them(
    client: Client, mode: str, name: str, notice: str
) -> None:
    client.force_login(UserFactory(editor=True))
    data = typed(
        name_tr="Denenen ad",
        name_en="Tried name",
        notices=[{"text_tr": "Yarın", "text_en": "Tomorrow", "starts_at": "2099-01-01 09:00"}],
    )
    assert client.post(address(preview=True), data).json() == {"is_valid": True, "is_available": True}
    html = client.get(address(preview=True) + f"?mode={mode}").content.decode()
    assert [f'<html lang="{mode}">' in html, name in text(html), notice in text(html)] == [True] * 3
    assert "wagtail-userbar-template" in html
    assert [name in text(client.get("/tr/etkinlikler/").content.decode()), SiteLink.objects.count()] == [False, 0]


def test_deleting_a_page_that_they_name_leaves_no_broken_link(client: Client) -> None:
    row = SiteSettings.for_site(Site.objects.get())
    row.privacy = Page.objects.get(pk=published(OrganisationIndexPage(title="Gizlilik", slug="gizlilik")).pk)
    row.save()
    assert "/tr/gizlilik/" in client.get("/tr/etkinlikler/").content.decode()
    row.privacy.specific.delete()
    assert "/tr/gizlilik/" not in client.get("/tr/etkinlikler/").content.decode()
