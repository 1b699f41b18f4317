"""A machine that translates: there with a key alone, and never the reason for an error."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation, Translation

from cms.models import StandardPage
from tests.cms.pages import published, translated
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
DUMMY = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}


@pytest.fixture
def english() -> Page:
    turkish = published(StandardPage(title="Kentler arası çağrı", slug="cagri", search_description="Hemen başvurun"))
    return translated(turkish, {"Kentler arası çağrı": "Call"}, publish=False)


@pytest.fixture
def editor() -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(UserFactory(editor=True))
    return client


def press(client: Client, page: Page) -> Any:
    """The button, and what the editor shows after it."""
    translation = Translation.objects.get(target_locale=page.locale)
    url = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, {"next": edit}, follow=True)


def texts() -> set[tuple[str, str]]:
    return set(StringTranslation.objects.values_list("data", "translation_type"))


def test_without_a_key_there_is_no_button(editor: Client, english: Page) -> None:
    props = json.loads(editor.get(reverse("wagtailadmin_pages:edit", args=[english.pk])).context["props"])
    assert props["machineTranslator"] is None
    assert press(editor, english).status_code == 404


def test_it_fills_what_is_empty_and_leaves_what_people_wrote(editor: Client, english: Page, settings: Any) -> None:
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = DUMMY
    props = json.loads(editor.get(reverse("wagtailadmin_pages:edit", args=[english.pk])).context["props"])
    assert props["machineTranslator"]["name"] == "Dummy translator"
    assert press(editor, english).status_code == 200
    assert texts() == {("Call", "manual"), ("başvurun Hemen", "machine")}
    english.refresh_from_db()
    assert not english.live


class Service(BaseHTTPRequestHandler):
    """A LibreTranslate that shouts, or one that has had enough."""

    asked: list[int] = []
    status = 200

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(len(body["q"]))
        self.send_response(self.status)
        self.end_headers()
        answer = {"translatedText": [text.upper() for text in body["q"]]} if self.status == 200 else {"error": "no"}
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def service(settings: Any) -> Iterator[type[Service]]:
    server = HTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Service.asked, Service.status = [], 200
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "cms.translating.machine.LibreTranslate",
        "OPTIONS": {"LIBRETRANSLATE_URL": f"http://127.0.0.1:{server.server_port}", "API_KEY": ""},
    }
    yield Service
    server.shutdown()
    server.server_close()


def test_a_service_is_asked_in_portions(editor: Client, service: type[Service]) -> None:
    body = [{"type": "text", "value": f"<p>Cümle {number}</p>"} for number in range(60)]
    turkish = published(StandardPage(title="Uzun", slug="uzun", body=json.dumps(body)))
    page = translated(turkish, {}, publish=False)
    press(editor, page)
    assert service.asked == [50, 11]
    assert ("CÜMLE 59", "machine") in texts()


def test_a_service_that_fails_is_said_and_nothing_is_lost(
    editor: Client, english: Page, service: type[Service]
) -> None:
    service.status = 503
    page = press(editor, english)
    assert "The translation service did not answer. Nothing was changed; try again later." in page.content.decode()
    source = Translation.objects.get().source
    url = reverse("wagtail_localize:update_translations", args=[source.pk])
    answer = editor.post(url, {"use_machine_translation": "on"}, follow=True)
    assert "The translation service did not answer." in answer.content.decode()
    assert texts() == {("Call", "manual")}
