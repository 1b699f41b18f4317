"""Erasing finds a name where it stands as a word, and leaves longer words alone that it is a part of."""

from pathlib import Path
from typing import Any

import pytest
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from events.erasure import erase_person
from events.models import Event, HostComment, Message, Person, ProgrammeAct, ProgrammeImport, Session, Suggestion
from events.striking import struck
from tests.events.haystack import tables_holding
from tests.factories import (
    EventFactory,
    JobFactory,
    MessageFactory,
    PersonFactory,
    ProgrammeShareFactory,
    SessionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SAID = "Ali, (Ali) Ali’nin Ali'yi; Aliağa Belediyesi, Kali, Âli, salon2Ali"
LEFT = "…, (…) …’nin …'yi; Aliağa Belediyesi, Kali, Âli, salon2…"
OTHER = "Aliağa Belediyesi, Kali"


@pytest.fixture(autouse=True)
def _ledger(settings: Any, tmp_path: Path) -> None:
    settings.ERASURE_LEDGER = str(tmp_path / "ledger")


def ali() -> Person:
    person: Person = PersonFactory(name="Ali", email="ali@foca.example")
    return person


def test_letters_to_others_keep_the_words_that_only_begin_so() -> None:
    waiting = MessageFactory(to_name=SAID, subject=SAID, body_text=SAID, body_html=SAID, state="queued")
    other = MessageFactory(to_name="Ofis", subject=OTHER, body_text=OTHER, body_html=OTHER, state="sent")
    naming = MessageFactory(to_name="Ofis", subject=SAID, body_text=OTHER, body_html=OTHER, state="sent")
    erase_person(person=ali())
    rows = Message.objects.in_bulk()
    texts = {pk: (row.to_name, row.subject, row.body_text, row.body_html) for pk, row in rows.items()}
    assert texts == {
        waiting.pk: (LEFT, LEFT, LEFT, LEFT),
        other.pk: ("Ofis", OTHER, OTHER, OTHER),
        naming.pk: ("", "", "", ""),
    }


def test_notes_remarks_jobs_and_files_too() -> None:
    session: Session = SessionFactory(host_notes=SAID)
    untouched: Session = SessionFactory(event=session.event, host_notes=OTHER)
    share = ProgrammeShareFactory(event=session.event)
    comment = HostComment.objects.create(share=share, name="Ali Ağa", text=SAID, about=OTHER)
    jobs = [JobFactory(error=text) for text in (SAID, OTHER)]
    files = [
        ProgrammeImport.objects.create(event=session.event, name=name, stage="done")
        for name in ("Program_Ali_2027.xlsx", "Aliağa.xlsx")
    ]
    for row, text in enumerate((SAID, OTHER)):
        Suggestion.objects.create(
            event=session.event, row_kind="session", row_id=row, name="title", language="en", text=text
        )
    erase_person(person=ali())
    for each in (session, untouched, comment, *jobs, *files):
        each.refresh_from_db()
    assert (session.host_notes, session.version) == (LEFT, 2)
    assert (untouched.host_notes, untouched.version) == (OTHER, 1)
    assert (comment.name, comment.text, comment.about) == ("… Ağa", LEFT, OTHER)
    assert [job.error for job in jobs] == ["", OTHER]
    assert [file.name for file in files] == ["–", "Aliağa.xlsx"]
    assert list(Suggestion.objects.values_list("text", flat=True)) == [OTHER]


def test_history_and_what_can_be_undone_too() -> None:
    event: Event = EventFactory()
    officer = UserFactory(officer=True)
    for text in ("Gelen:\nAli", OTHER):
        log(instance=event, action="wagtail.edit", data={"note": [text, 1, None]}, title=text)
        row = {"title": text, "before": None, "after": None}
        ProgrammeAct.objects.create(event=event, user=officer, kind="edit", rows=[row])
    erase_person(person=ali())
    entries = ModelLogEntry.objects.filter(action="wagtail.edit").order_by("pk").values_list("label", "data")
    assert list(entries) == [("", {}), (OTHER, {"note": [OTHER, 1, None]})]
    assert [act.rows[0]["title"] for act in ProgrammeAct.objects.all()] == [OTHER]


def test_no_trace_of_a_whole_name_stays_whatever_ending_hangs_on_it() -> None:
    person = PersonFactory(name="Zümrüt Kanarya {{kuşu", email="zumrut@foca.example")
    called = person.name.replace("{{", "{{braces}}")
    said = f"{called}nun, {called}ya\\n{called}, CN={called}:MAILTO:zumrut@foca.example"
    MessageFactory(to_name="Ofis", state="queued", body_text=said, calendar=f"DESCRIPTION:Gelen\\n{person.name}\\n")
    log(instance=EventFactory(), action="wagtail.edit", data={person.name: f"{person.name}yla", "n": 7})
    MessageFactory(to_name="Ofis", state="sent", body_text=f"{called}nda, 2027", message_id="sent")
    erase_person(person=person)
    assert tables_holding(["Kanarya", "kuşu", "zumrut@foca.example"]) == set()
    assert Message.objects.get(state="queued").body_text == "…nun, …ya\\n…, CN=…:MAILTO:…"


SPELLED = (
    "AYŞE YİĞİT",
    "Ayşe YİĞİT",
    "ayşe yiğit",
    "AYŞE YİĞİT’İN",
    "Ayşe Yiğitlerden",
    "AYŞE YİĞİTLERİN",
    "Ayşe Yiğitin",
)
ADDRESSED = (
    "AYSE@foca.example",
    "ayse@FOCA.example",
    "-ayse@foca.example",
    "..ayse@foca.example",
    "%3Aayse@foca.example",
)


@pytest.mark.parametrize("said", [*SPELLED, *ADDRESSED])
def test_however_people_write_a_name_or_an_address(said: str) -> None:
    person = PersonFactory(name="Ayşe Yiğit", email="Ayse@foca.example")
    session: Session = SessionFactory(host_notes=said)
    waiting = MessageFactory(to_name="Ofis", state="queued", body_html=f"<p>{said}</p>")
    sent = MessageFactory(to_name="Ofis", state="sent", body_text=said, message_id="sent")
    job = JobFactory(error=said)
    entry = log(instance=session.event, action="wagtail.edit", data={"was": said}, title=said)
    erase_person(person=person)
    for each in (session, waiting, sent, job, entry):
        each.refresh_from_db()
    ending = {"AYŞE YİĞİT’İN": "’İN", "Ayşe Yiğitlerden": "lerden", "AYŞE YİĞİTLERİN": "LERİN", "Ayşe Yiğitin": "in"}
    before = next((each for each in ("-", "..", "%3A") if said.startswith(each)), "")
    left = f"{before}…{ending.get(said, '')}"
    assert (session.host_notes, waiting.body_html) == (left, f"<p>{left}</p>")
    assert (sent.body_text, job.error, entry.label, entry.data) == ("", "", "", {})


def test_a_name_of_one_word_goes_in_capitals_and_stays_where_it_is_only_a_word() -> None:
    session: Session = SessionFactory(host_notes="DENİZ’e haber; deniz kenarı, DENİZLİ")
    erase_person(person=PersonFactory(name="Deniz", email="deniz@foca.example"))
    session.refresh_from_db()
    assert session.host_notes == "…’e haber; deniz kenarı, DENİZLİ"


def test_a_name_that_stands_in_capitals_in_the_directory_goes_as_people_write_it() -> None:
    said = ("Ayşe Gül-Yiğit’e", "Ayşe GÜL-YİĞİT", "John Smith", "Ayşe Gül", "Işıl")
    sessions = [SessionFactory(host_notes=each) for each in said]
    for name in ("AYŞE GÜL-YİĞİT", "JOHN SMITH", "IŞIL"):
        erase_person(person=PersonFactory(name=name, email=""))
    assert [Session.objects.get(pk=each.pk).host_notes for each in sessions] == ["…’e", "…", "…", "Ayşe Gül", "…"]


def test_an_apostrophe_in_capitals_goes_from_letters_in_markup_too() -> None:
    letter = MessageFactory(to_name="Ofis", state="queued", body_html="<p>JEANNE D&#x27;ARC, Jeanne D&#x27;ARC</p>")
    erase_person(person=PersonFactory(name="Jeanne D'Arc", email=""))
    letter.refresh_from_db()
    assert letter.body_html == "<p>…, …</p>"


def test_a_file_that_was_called_after_somebody_loses_its_name() -> None:
    event: Event = EventFactory()
    names = ("ayse-yigit.xlsx", "program_AYSE_YIGIT_2.xlsx", "ayse-yigitoglu.xlsx")
    files = [ProgrammeImport.objects.create(event=event, name=name, stage="done") for name in names]
    erase_person(person=PersonFactory(name="Ayşe Yiğit", email="a@foca.example"))
    assert [ProgrammeImport.objects.get(pk=file.pk).name for file in files] == ["–", "–", "ayse-yigitoglu.xlsx"]


@pytest.mark.parametrize(
    ("name", "said", "left"),
    [
        (
            "Ali Can",
            "Ali Candır, Ali Canlarla, Ali Candaki, Ali Canınki, Ali Canmış, ALİ CAN; Ali Caner, Ali Cantürk",
            "…dır, …larla, …daki, …ınki, …mış, ALİ CAN; Ali Caner, Ali Cantürk",
        ),
        (
            "Ali Can",
            "Ali Canın, Ali Can’dan, Ali Canan, Ali Candaş, Kali Can",
            "…ın, …’dan, Ali Canan, Ali Candaş, Kali Can",
        ),
        ("Ali", "Aliye, Alinin, Ali2", "Aliye, Alinin, …2"),
        ("ali@a.example", "ali@a.example, <ali@a.example>.", "…, <…>."),
        (
            "ali@a.example",
            "veli.ali@a.example v-ali@a.example ali@a.example.tr ali@a.examples ali@a.example-x",
            "veli.ali@a.example v-ali@a.example ali@a.example.tr ali@a.examples ali@a.example-x",
        ),
    ],
)
def test_where_a_word_ends(name: str, said: str, left: str) -> None:
    assert struck(said, name, "…", endings=True) == left


def test_endings_are_left_alone_where_they_may_be_another_s_name() -> None:
    assert struck("Ayşe Su: 1, Ayşe Sude: 2", "Ayşe Su", "Ayşe Ak") == "Ayşe Ak: 1, Ayşe Sude: 2"
