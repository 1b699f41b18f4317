"""Pages and files that not everybody may read: a form in their place, nothing of what they say, and the way in."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.models import SectionIndexPage, StandardPage
from tests.cms.factories import block, file
from tests.cms.pages import pair, published
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PATH = "/tr/kurul/tutanak/"


@pytest.fixture
def section() -> SectionIndexPage:
    """A section with one page below it, and its translation."""
    turkish, _english = pair(SectionIndexPage, ("kurul", "board"))
    page = StandardPage(title="Tutanak", search_description="Gizli karar", body=[block("text", "<p>Gizli söz</p>")])
    published(page, turkish)
    return turkish


def test_a_password_opens_a_section_and_all_below_it(client: Client, section: SectionIndexPage) -> None:
    PageViewRestriction.objects.create(page=section, restriction_type="password", password="köprü-2027")
    answer = client.get(PATH)
    html = answer.content.decode()
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
    shown = ("Tutanak", "Gizli", "Burası parola ister", 'href="/en/board/"', "noindex")
    assert [word in html for word in shown] == [False, False, True, True, True]
    action = re.findall(r'method="post" action="([^"]+)"', html)[0]
    wrong = client.post(action, {"password": "kopru", "return_url": PATH})
    assert "Girdiğiniz parola doğru değil" in wrong.content.decode()
    right = client.post(action, {"password": "köprü-2027", "return_url": PATH})
    assert (right.status_code, right["Location"]) == (302, PATH)
    opened = client.get(PATH)
    assert ("Gizli söz" in opened.content.decode(), "private" in opened["Cache-Control"]) == (True, True)


def test_whoever_guesses_the_password_of_a_page_waits_and_nobody_else(
    client: Client, section: SectionIndexPage
) -> None:
    PageViewRestriction.objects.create(page=section, restriction_type="password", password="köprü-2027")
    action = re.findall(r'method="post" action="([^"]+)"', client.get(PATH).content.decode())[0]
    right = {"password": "köprü-2027", "return_url": PATH}
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post(action, {"return_url": PATH})
        tried = [client.post(action, right | {"password": f"kopru{number}"}).status_code for number in range(8)]
        assert tried == [200] * 6 + [429] * 2
        braked = client.post(action, right)
        html = braked.content.decode()
        assert (braked.status_code, braked["Retry-After"]) == (429, "15")
        assert ("Çok fazla deneme yapıldı." in html, "doğru değil" in html, f'value="{PATH}"' in html) == (
            True,
            False,
            True,
        )
        assert client.post(action, right, REMOTE_ADDR="198.51.100.7").status_code == 302
        clock.shift(timedelta(seconds=16))
        assert client.post(action, right).status_code == 302
        # All wrong ones before it are forgotten.
        assert [client.post(action, right | {"password": "x"}).status_code for _try in range(6)] == [200] * 6


def test_what_is_for_a_group_asks_who_is_there(client: Client, section: SectionIndexPage) -> None:
    guard = PageViewRestriction.objects.create(page=section, restriction_type="groups")
    guard.groups.add(Group.objects.get(name="Readers"))
    reader, stranger = UserFactory(reader=True), UserFactory()
    to = client.get(PATH)["Location"]
    assert to == f"/tr/_util/login/?next={PATH}"
    wrong = client.post(to, {"username": reader.username, "password": "x"})
    assert (wrong.status_code, "Bu sayfayı okumak için oturum açın" in wrong.content.decode()) == (200, True)
    client.force_login(stranger)
    refused = client.get(client.get(PATH)["Location"]).content.decode()
    assert "Hesabınızın bu sayfayı okuma yetkisi yok." in refused
    entered = client.post(to, {"username": reader.username, "password": "gizli-kelime", "next": PATH})
    assert (entered.status_code, entered["Location"]) == (302, PATH)
    assert "Gizli söz" in client.get(PATH).content.decode()


def test_whoever_logs_in_from_nowhere_gets_to_the_site(client: Client) -> None:
    reader = UserFactory(reader=True)
    answer = client.post("/en/_util/login/", {"username": reader.username, "password": "gizli-kelime"}, follow=True)
    assert answer.redirect_chain[0] == ("/", 302)
    assert answer.status_code == 200


@pytest.mark.parametrize(("language", "heading"), [("tr", "Burası parola ister"), ("en", "This asks for a password")])
def test_a_file_of_a_closed_collection_asks_too(
    client: Client, settings: Any, tmp_path: Path, language: str, heading: str
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    document = file("Gizli karar")
    closed = Collection.get_first_root_node().add_child(name="Kurul")
    document.collection = closed
    document.save()
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="password", password="köprü-2027")
    html = client.get(document.url, headers={"accept-language": language}).content.decode()
    assert (heading in html, "Gizli karar" in html) == (True, False)
    action = re.findall(r'method="post" action="([^"]+)"', html)[0]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        tried = [
            client.post(action, {"password": "x", "return_url": document.url}, headers={"accept-language": language})
            for _try in range(7)
        ]
        assert [answer.status_code for answer in tried] == [200] * 6 + [429]
        assert heading in tried[-1].content.decode()
        clock.shift(timedelta(seconds=16))
        client.post(action, {"password": "köprü-2027", "return_url": document.url})
    # Nobody gets round Wagtail by the name of the file itself.
    assert client.get(f"/media/{document.file.name}").status_code == 404
    opened = client.get(document.url)
    assert b"".join(opened.streaming_content) == b"x" * 2048
    opened.close()
