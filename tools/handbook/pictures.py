"""The pictures of a programme and of pages: which page, what is done on it first, and how high it is cut."""

from playwright.sync_api import Locator, Page, expect
from wagtail.models import Page as SitePage

from events.models import Event
from events.sharing import share_key

from .camera import Camera, below, picture, to
from .names import BEGUN, CONFERENCE, PAPER, VISIT
from .rows import session


def desk(page: Page, event: Event, query: str = "") -> Page:
    to(page, "event_admin:programme", event.pk, query=query)
    expect(page.locator("[data-part=canvas]")).to_be_visible()
    expect(page.locator("[data-part=here]")).not_to_be_empty()
    return page


def choose(page: Page, title: str, key: str = "e") -> Locator:
    """Open a session beside the grid, as its key on the block does."""
    block = page.locator(".desk-block", has_text=title).first
    block.focus()
    page.keyboard.press(key)
    form = page.locator("[data-editor]")
    expect(form.locator("[name=title_tr]")).to_be_focused()
    return form


@picture
def admin_first_page(camera: Camera) -> Page:
    return to(camera.page(menu=True, height=1180), "wagtailadmin_home")


@picture
def admin_templates(camera: Camera) -> Page:
    page = to(camera.page(height=900), "event_admin:from_template", "study_visit")
    page.locator("[name=starts_on]").fill("2027-03-15")
    page.locator("[name=title_tr]").fill("Yaşlı dostu kentler çalışma ziyareti")
    page.locator("[name=title_en]").fill("Study visit on age-friendly cities")
    # Not by the pointer: the calendar of the first field still lies over the button.
    page.locator("[name=preview]").press("Enter")
    expect(page.locator("[name=do]")).to_be_visible()
    return page


@picture
def admin_event_home(camera: Camera) -> Page:
    return to(camera.page(height=1000), "event_admin:home", camera.event(CONFERENCE).pk)


@picture
def admin_typing(camera: Camera) -> Page:
    """Three sessions of a paper are typed, the fourth is being typed."""
    page = desk(camera.page(height=860), camera.event(PAPER))
    page.keyboard.press("Alt+n")
    form = page.locator("[data-form=new]")
    expect(form.locator("[name=start]")).to_be_focused()
    room = str(session(CONFERENCE, "Rain gardens").room_id)
    for start, end, turkish, english in (
        ("0900", "9.15", "Açılış", "Opening"),
        ("0915", "10.45", "Kentte ısı adaları", "Heat islands in town"),
        ("1045", "11.15", "Kahve arası", "Coffee break"),
    ):
        form.locator("[name=start]").fill(start)
        form.locator("[name=end]").fill(end)
        form.locator("[name=title_tr]").fill(turkish)
        form.locator("[name=title_en]").fill(english)
        form.locator("[name=room]").select_option(room)
        page.keyboard.press("Enter")
        expect(page.locator(".desk-block", has_text=camera.say(turkish, english))).to_be_visible()
    form.locator("[name=end]").fill("12.30")
    form.locator("[name=title_tr]").fill("Gölgeli yollar")
    form.locator("[name=title_en]").fill("Shaded ways")
    form.locator("[name=people]").press_sequentially(camera.say("Moderatör: isik", "Moderator: isik"))
    expect(page.locator(".desk-offered [role=option]").first).to_be_visible()
    return page


@picture
def admin_grid(camera: Camera) -> Page:
    """A session is open beside the grid, and a colleague is at another one."""
    event = camera.event(CONFERENCE)
    other = desk(camera.page("bora"), event)
    choose(other, camera.say("Yaşlı dostu kent", "Age-friendly city"))
    page = desk(camera.page(height=960), event)
    choose(page, camera.say("Yağmur suyu bahçeleri", "Rain gardens"))
    expect(page.locator("[data-part=here]")).to_contain_text("Bora")
    return page


@picture
def admin_warnings(camera: Camera) -> Page:
    page = desk(camera.page(height=860), camera.event(CONFERENCE))
    page.locator("[data-act=warnings]").click()
    expect(page.locator("[data-part=list] li").first).to_be_visible()
    page.locator("[data-part=accepted] summary").click()
    page.locator("[data-part=list] li").first.get_by_text(camera.say("Kabul et…", "Accept…")).click()
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    return page


@picture
def admin_texts(camera: Camera) -> Page:
    return to(camera.page(height=760), "event_admin:texts", camera.event(CONFERENCE).pk)


FILE = (
    "Taslak program;;;;\nNe vakit;Kaçta;Biter;Konusu;Nerede\n"
    "10.06.2027;12:30;13:30;Yağmur suyu bahçeleri;Salon Ihlamur\n"
    "10.06.2027;17:30;18:15;Kent ormanları;Salon Ihlamur\n"
    "10.06.2027;18:15;18:30;Günün özeti;Salon Ihlamr\n"
    "11.06.2027;11:00;10:00;Bisiklet yolları;Salon Ihlamur\n"
)


def upload(camera: Camera, height: int) -> Page:
    page = to(camera.page(height=height), "event_admin:import", camera.event(CONFERENCE).pk)
    file = {"name": "program.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.locator("[name=file]").set_input_files(file)  # type: ignore[arg-type]
    page.locator("form[enctype] button[type=submit]").click()
    page.wait_for_url("**/columns/**")
    return page


@picture
def admin_import_columns(camera: Camera) -> Page:
    return upload(camera, 900)


@picture
def admin_import(camera: Camera) -> Page:
    page = upload(camera, 900)
    for name, column in (("day", 0), ("start", 1), ("end", 2), ("title", 3), ("room", 4)):
        page.locator(f"[name=column-{column + 1}]").select_option(name)
    page.get_by_role("button", name=camera.say("Dene", "Try it")).click()
    page.wait_for_url("**/trial/**")
    expect(page.locator(".import-rows")).to_be_visible()
    return page


@picture
def admin_jobs(camera: Camera) -> Page:
    page = to(camera.page(height=620), "admin_job:index")
    expect(page.locator(".job-list")).to_be_visible()
    return page


@picture
def admin_share(camera: Camera) -> Page:
    return to(camera.page(height=860), "event_admin:share", camera.event(VISIT).pk)


@picture
def host_draft(camera: Camera) -> Page:
    share = camera.event(VISIT).shares.get(host="Nordhavn")
    page = camera.stranger(860)
    page.goto(f"/{camera.say('tr/taslak', 'en/draft')}/{share_key(share)}")
    return page


@picture
def admin_comments(camera: Camera) -> Page:
    return to(camera.page(height=620), "event_admin:home", camera.event(VISIT).pk)


@picture
def admin_release(camera: Camera) -> Page:
    page = to(camera.page(height=1100), "event_admin:release", camera.event(CONFERENCE).pk)
    page.locator("[name=held]").first.check()
    return page


@picture
def admin_compare(camera: Camera) -> Page:
    return to(camera.page(height=860), "event_admin:compare", camera.event(CONFERENCE).pk)


@picture
def admin_restore(camera: Camera) -> Page:
    event = camera.event(CONFERENCE)
    key = session(CONFERENCE, "Rain gardens").key
    return to(camera.page(height=360), "event_admin:restore", event.pk, event.releases.latest("number").number, key)


@picture
def admin_translate(camera: Camera) -> Page:
    """The English page of the demo that lags behind, at the text that is to do."""
    page = to(camera.page("ceren", height=760), "cms_translating:lagging")
    page.locator(".listing tbody a").first.click()
    button = page.get_by_role("button", name=camera.say("Çevir", "Translate"), exact=True).first
    expect(button).to_be_visible()
    below(button, 420)
    return page


@picture
def admin_checks(camera: Camera) -> Page:
    begun = SitePage.objects.get(title=BEGUN)
    page = to(camera.page("ceren", height=820), "wagtailadmin_pages:edit", begun.pk)
    page.locator("[data-side-panel-toggle=checks]").click()
    expect(page.locator("[data-checks-panel] [data-content-checker-row]").first).to_be_visible()
    return page


@picture
def admin_both_versions(camera: Camera) -> Page:
    """Two officers at one title: the second one chooses. The last picture, because it changes what others show."""
    event = camera.event(CONFERENCE)
    title = camera.say("Kent lokantaları", "Municipal restaurants")
    other, page = desk(camera.page("bora"), event), desk(camera.page(height=860), event)
    theirs, mine = choose(other, title), choose(page, title)
    theirs.locator("[name=title_en]").fill("Municipal restaurants: a plate for all")
    other.keyboard.press("Control+Enter")
    expect(theirs.locator("[data-part=saved]")).to_contain_text(":")
    mine.locator("[name=title_en]").fill("Municipal restaurants at work")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".desk-choices")).to_be_visible()
    return page
