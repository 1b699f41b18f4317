"""Badges, certificates and lists as PDF: tagged, readable aloud, each on the page it belongs to."""

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from events.documents import badges, certificates, participants
from events.documents.badges import Badge
from events.documents.certificates import Attested
from events.documents.participants import Listed
from events.documents.process import Order, set_in_child

NAMES = ("Ali", "İsmail Şahin-Yıldırım", "Łukasz Wójcik-Brzęczyszczykiewicz", "Ilgın Öztürk", "Kazimierz")
BADGE = Badge("", "Şişli Belediyesi", "Uzman", "Türkçe", "ABCDEFGHJK", "tr", "Kentler Diyaloğu", "10–12 Haziran 2027")
ATTESTED = Attested(
    name="",
    organisation="Şişli Belediyesi",
    language="en",
    event="Dialogue of Cities",
    place="Işıklar",
    days="10–12 June 2027",
    hours="11 hours 30 minutes",
    issuer="Örnek Belediyeler Birliği",
    number="k7m2p9xq-0012",
    issued="13 June 2027",
    code="ABCDEFGHJKLM",
    address="https://koepru.example/en/certificate/abcdefghjklm/",
)
LISTED = Listed(
    title="Katılımcı listesi",
    event="Kentler Diyaloğu",
    facts="5 kişi",
    language="tr",
    header=("Ad ve soyad", "Kurum"),
    rows=[(name, "Şişli Belediyesi") for name in NAMES * 12],
    number="No",
    sign="İmza",
)


def orders() -> dict[str, Order]:
    people = [replace(BADGE, name=name) for name in NAMES]
    attested = [replace(ATTESTED, name=name) for name in NAMES[:2]]
    return {
        "badges on sheets": badges.order_of(people, sheets=True, title="Yaka kartları", language="tr"),
        "badges": badges.order_of(people, sheets=False, title="Yaka kartları", language="tr"),
        "certificates": certificates.order_of(attested, title="Certificates", language="en"),
        "list": participants.order_of(LISTED),
    }


SIZES = {
    "badges on sheets": (210, 297, 2),
    "badges": (105, 148, 5),
    "certificates": (297, 210, 2),
    "list": (210, 297, 3),
}


@pytest.mark.parametrize("name", SIZES)
def test_tagged_sized_and_told(name: str, tmp_path: Path) -> None:
    file, tools = tmp_path / "paper.pdf", Path(sys.executable).parent
    file.write_bytes(set_in_child(orders()[name]))
    pdf = pypdf.PdfReader(io.BytesIO(file.read_bytes()))
    width, height, pages = SIZES[name]
    box = pdf.pages[0].mediabox
    assert (int(float(box.width) / 72 * 25.4 + 0.1), int(float(box.height) / 72 * 25.4 + 0.1)) == (width, height)
    assert len(pdf.pages) == pages
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    told = {"certificates": ("Ali", "11 hours 30 minutes", "k7m2p9xq-0012")}.get(
        name, ("Kazimierz", "Şişli Belediyesi")
    )
    assert [word in text for word in told] == [True] * len(told)
    outloud = subprocess.run([tools / "outloud", file], capture_output=True, text=True, check=False)
    assert outloud.returncode == 0, outloud.stdout
    checked = subprocess.run([tools / "pdfua", "check", file], capture_output=True, text=True, check=False)
    assert "errors=0" in checked.stdout


def test_the_code_of_a_badge_says_whose_it_is_and_nothing_else() -> None:
    order = badges.order_of([replace(BADGE, name="Ali & <b>")], sheets=False, title="x", language="tr")
    assert 'alt="Ali &amp; &lt;b&gt;: ABCDEFGHJK"' in order.html
    assert (list(order.texts), "<script" in order.html) == (["badges.css", "arc.svg", "page.css", "qr0.svg"], False)
