"""The pictures of registration: what delegates meet on their phones, and what officers work with."""

import subprocess
from io import BytesIO

from django.test import override_settings
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from events import addresses
from events.documents.process import Order, set_in_child
from events.models import RegistrationGroup
from events.registration.printing import badges_order, certificates_order

from .camera import PHONE, Camera, Drawn, below, picture, to
from .coming import GUEST, guest, key_of_guest
from .names import CONFERENCE, TODAY

OFFICER = "emre"


def screen(camera: Camera, name: str, height: int, *, query: str = "", user: str = OFFICER) -> Page:
    """A screen of the conference's registrations."""
    return to(camera.page(user, height=height), f"event_admin:{name}", camera.event(CONFERENCE).pk, query=query)


@picture
def registration_first_page(camera: Camera) -> Drawn:
    return to(camera.page(OFFICER, height=760, menu=True), "wagtailadmin_home")


@picture
def registration_phone(camera: Camera) -> Drawn:
    """The form, one's own page, and one's own programme."""
    form, own, agenda = (camera.stranger(820, PHONE) for _phone in range(3))
    form.goto(addresses.registration_path(CONFERENCE, camera.language))
    for name, value in (("name", GUEST), ("email", guest().email), ("organisation", guest().organisation_name)):
        form.locator(f"[name={name}]").fill(value)
    for page in (own, agenda):
        page.goto(addresses.open_registration_path(CONFERENCE, camera.language, key_of_guest()))
    handle = guest().links.get(purpose="registration").handle
    agenda.goto(addresses.agenda_path(CONFERENCE, camera.language, handle))
    below(form.locator("main form label").first, 60)
    below(own.locator("h1"), 60)
    below(agenda.locator("h1"), 60)
    return [form, own, agenda]


@picture
def registration_list(camera: Camera) -> Drawn:
    return screen(camera, "registrations", 980, query="?order=time")


@picture
def registration_menus(camera: Camera) -> Drawn:
    page = screen(camera, "registrations", 420)
    page.locator(".reg-menus summary").nth(1).click()
    return page


@picture
def registration_one(camera: Camera) -> Drawn:
    page = camera.page(OFFICER, height=900)
    return to(page, "event_admin:registration", camera.event(CONFERENCE).pk, guest().pk)


@picture
def registration_questions(camera: Camera) -> Drawn:
    return screen(camera, "questions", 860)


@picture
def registration_letter(camera: Camera) -> Drawn:
    """Own words in both languages, and how somebody reads them."""
    page = to(camera.page(OFFICER, height=1280), "event_admin:letter", camera.event(CONFERENCE).pk, "confirmed")
    page.locator("[name=subject_tr]").fill("Yeriniz kesinleşti: Kentler Diyaloğu 2027")
    page.locator("[name=subject_en]").fill("Your seat at the Dialogue of Cities 2027")
    page.locator("[name=text_tr]").fill(
        "Yeriniz ayrıldı, geleceğinize sevindik.\n\nOtelden salona saat 08.00’de bir otobüs kalkar."
    )
    page.locator("[name=text_en]").fill(
        "Your seat is kept, and we are glad that you come.\n\nA bus leaves the hotel at 08:00."
    )
    page.locator("[name=who]").fill(camera.say(GUEST, "Freja Eksempel"))
    page.locator("[name=act][value=preview]").click()
    expect(page.locator(".reg-frame").first).to_be_visible()
    # As somebody makes them smaller at their corner.
    page.locator("textarea").evaluate_all("(each) => each.forEach((area) => { area.style.height = '170px' })")
    below(page.locator("[name=subject_tr]"), 160)
    return page


@picture
def registration_requests(camera: Camera) -> Drawn:
    return screen(camera, "change_requests", 520)


@picture
def registration_outbox(camera: Camera) -> Drawn:
    return screen(camera, "outbox", 860)


@picture
def registration_group(camera: Camera) -> Drawn:
    group = RegistrationGroup.objects.get(event__slug=CONFERENCE)
    page = camera.page(OFFICER, height=820)
    return to(page, "event_admin:registration_group", group.event_id, group.pk)


LIST = (
    "Ad soyad;Görev;E-posta;Kurum\n"
    "Deniz Kurgusal;Mimar;deniz.kurgusal@sample.example;Yelkenli Belediyesi\n"
    "Hande Örneksi;;hande.orneksi@sample;Kestanelik Belediyesi\n"
    ";Şoför;;Kestanelik Belediyesi\n"
    "Mert Taslakçı;Zabıta Müdürü;mert.taslakci@sample.example;Pınarbaşı Belediyesi\n"
)


@picture
def registration_sheet(camera: Camera) -> Drawn:
    """A list in which two rows are wrong."""
    page = screen(camera, "add_from_sheet", 760)
    file = {"name": "liste.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp1254")}
    page.locator("[name=sheet]").set_input_files(file)  # type: ignore[arg-type]
    page.locator("button[name=act][value=check]").click()
    expect(page.locator("#reg-trial")).to_be_visible()
    return page


@picture
def registration_door(camera: Camera) -> Drawn:
    """Somebody is looked up, somebody comes without a registration, and a door that is not open yet."""
    pages = [camera.page(OFFICER, height=820, width=PHONE) for _phone in range(3)]
    today = camera.event(TODAY).pk
    to(pages[0], "event_admin:door", today)
    pages[0].locator("#door-q").press_sequentially("cinaralti")
    expect(pages[0].locator(".door-card").first).to_be_visible()
    to(pages[1], "event_admin:door_walk_in", today, query=f"?place={timezone.localdate().isoformat()}")
    to(pages[2], "event_admin:door", camera.event(CONFERENCE).pk)
    pages[2].locator("#door-q").press_sequentially("kurmaca")
    expect(pages[2].locator(".door-card").first).to_be_visible()
    return list(pages)


@picture
def registration_papers(camera: Camera) -> Drawn:
    """A sheet of badges and a certificate."""
    camera.height = 620
    event = camera.event(TODAY)
    rows = list(event.registrations.select_related("certificate").prefetch_related("check_ins__session"))
    options = {"language": camera.language, "form": "sheets"}
    with override_settings(BASE_URL="https://birlik.example"):
        return [paper(badges_order(event, rows, options)), paper(certificates_order(event, rows, options))]


def paper(order: Order) -> Image.Image:
    """The first page of a paper."""
    command = ["pdftoppm", "-png", "-singlefile", "-scale-to", "590", "-"]
    drawn = subprocess.run(command, input=set_in_child(order), capture_output=True, check=True)  # noqa: S603 - Debian's
    return Image.open(BytesIO(drawn.stdout)).convert("RGB")
