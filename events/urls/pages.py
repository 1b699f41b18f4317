"""Addresses of the public pages; events/addresses.py writes the same ones."""

from typing import Any

from django.urls import path

from events import addresses
from events.views import drafts, pages
from events.views.registration import (
    agenda,
    certificates,
    changing,
    details,
    filling,
    lost,
    new_address,
    own,
    sending,
    substitute,
)
from events.views.registration.groups import correcting as group_correcting
from events.views.registration.groups import filling as group_filling
from events.views.registration.groups import members as group_members
from events.views.registration.groups import own as group_own


def group_pages(language: str) -> list[tuple[str, Any, str]]:
    """Registering a group and the page of its contact, below the form of one person."""
    base, template, add, change = (
        ("grup/", "sablon.xlsx", "ekle/", "degistir/")
        if language == "tr"
        else ("group/", "template.xlsx", "add/", "change/")
    )
    return [
        (base, group_filling.group_page, "register_group"),
        (f"{base}{template}", group_filling.template_file, "group_template"),
        (f"{base}k/<str:key>/", group_own.open_by_key, "open_group"),
        (f"{base}<slug:handle>/", group_own.own_page, "own_group"),
        (f"{base}<slug:handle>/data.json", group_own.own_data, "group_data"),
        (f"{base}<slug:handle>/{addresses.HELD[language]}", group_own.held_page, "group_held"),
        (f"{base}<slug:handle>/members.xlsx", group_own.members_file, "group_members_file"),
        (f"{base}<slug:handle>/{add}", group_members.add_page, "group_add_member"),
        (f"{base}<slug:handle>/<slug:code>/", group_members.member_page, "group_member"),
        (f"{base}<slug:handle>/<slug:code>/{change}", group_correcting.correct_page, "correct_member"),
    ]


urlpatterns = [
    path("tr/etkinlikler/", pages.event_list, {"language": "tr"}, name="event_list_tr"),
    path("en/events/", pages.event_list, {"language": "en"}, name="event_list_en"),
    path("tr/etkinlikler/<slug:slug>/", pages.event, {"language": "tr"}, name="event_tr"),
    path("en/events/<slug:slug>/", pages.event, {"language": "en"}, name="event_en"),
    path("tr/etkinlikler/<slug:slug>/program/", pages.programme, {"language": "tr"}, name="programme_tr"),
    path("en/events/<slug:slug>/programme/", pages.programme, {"language": "en"}, name="programme_en"),
    path("tr/programlar/<slug:slug>/", pages.dialogue_programme, {"language": "tr"}, name="dialogue_programme_tr"),
    path("en/programmes/<slug:slug>/", pages.dialogue_programme, {"language": "en"}, name="dialogue_programme_en"),
    path("tr/taslak/<str:key>/", drafts.draft, name="draft_tr"),
    path("en/draft/<str:key>/", drafts.draft, name="draft_en"),
    path("tr/belge/", certificates.ask_code, {"language": "tr"}, name="certificates_tr"),
    path("en/certificate/", certificates.ask_code, {"language": "en"}, name="certificates_en"),
    path("tr/belge/<str:code>/", certificates.verify_code, {"language": "tr"}, name="certificate_tr"),
    path("en/certificate/<str:code>/", certificates.verify_code, {"language": "en"}, name="certificate_en"),
    path("e/<str:code>", pages.short_link, name="short_link"),
    *(
        path(f"{base}<slug:slug>/{register}{rest}", view, {"language": language}, name=f"{name}_{language}")
        for language, base, register, lost_link, change, more, file, address in (
            ("tr", "tr/etkinlikler/", "kayit/", "baglanti/", "degistir/", "ayrintilar/", "dosya/", "adres/"),
            ("en", "en/events/", "register/", "link/", "change/", "details/", "file/", "address/"),
        )
        for rest, view, name in (
            ("", filling.form_page, "register"),
            ("i/<str:key>/", filling.by_invitation, "invitation"),
            ("k/<str:key>/", own.open_by_key, "open_registration"),
            *group_pages(language),
            (lost_link, lost.lost_link, "lost_link"),
            ("a/<str:key>/", new_address.open_by_key, "open_new_address"),
            (f"{address}<slug:handle>/", new_address.confirm_page, "new_address"),
            (f"<slug:handle>/{address}", new_address.ask_page, "own_address"),
            ("<slug:handle>/", own.own_page, "registration"),
            (f"<slug:handle>/{change}", changing.change_page, "change_registration"),
            (f"<slug:handle>/{more}", details.details_page, "details"),
            (f"<slug:handle>/{file}<slug:name>/", sending.own_file, "own_file"),
            *([("<slug:handle>/change/", changing.changed_address, "changed_address")] if language == "tr" else []),
            (
                "<slug:handle>/yerime/" if language == "tr" else "<slug:handle>/substitute/",
                substitute.page,
                "substitute",
            ),
            ("<slug:handle>/data.json", own.own_data, "registration_data"),
            (f"<slug:handle>/{addresses.HELD[language]}", own.held_page, "registration_held"),
            ("<slug:handle>/agenda/", agenda.agenda_page, "agenda"),
            ("<slug:handle>/agenda.pdf", agenda.agenda_pdf, "agenda_pdf"),
            (
                "<slug:handle>/belge.pdf" if language == "tr" else "<slug:handle>/certificate.pdf",
                certificates.own_certificate,
                "own_certificate",
            ),
        )
    ),
]
