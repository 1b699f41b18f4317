"""The second factor of staff: nobody gets past it, nothing of it is readable, and a lost phone is no disaster."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.models import Authenticator, GuardedGroup, RecoveryCode
from cms.second_factor import WrongCodeError, guard_groups, new_codes, remove, reset, verify
from events.periodic import run_due_jobs
from tests.cms.second_factor import PASSWORD, log_in, secret_on, shown, with_app
from tests.events.haystack import tables_holding
from tests.factories import UserFactory

#: Codes change every 30 seconds: a test that is slow, or begins just before, would type one that is gone.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]
ENTER, SET_UP = "/admin/second-factor/enter/", "/admin/second-factor/set-up/"


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.SECOND_FACTOR = True


@pytest.fixture
def registrar() -> Any:
    """Ekin decides on registrations: her group must have a second factor from the first start."""
    return UserFactory(username="ekin", in_group="Registration officers")


@pytest.fixture
def editor() -> Any:
    """Ceren writes texts; she need not have one."""
    return UserFactory(editor=True, username="ceren")


def admin_paths() -> list[str]:
    """Every address below /admin/, with a number or a word where it takes one."""

    def flat(resolver: URLResolver, before: str) -> list[str]:
        found = []
        for pattern in resolver.url_patterns:
            path = before + str(pattern.pattern)
            found += flat(pattern, path) if isinstance(pattern, URLResolver) else [path]
            assert isinstance(pattern, (URLPattern, URLResolver))
        return found

    told = {re.sub(r"<(?:\w+:)?\w+>|\(\?P<\w+>[^)]*\)", "1", path).strip("^$") for path in flat(get_resolver(), "/")}
    return sorted(re.sub(r"[\\^$?*+.]|\(.*?\)", "", path) for path in told if path.startswith("/admin/"))


def test_which_groups_must_have_one_from_the_first_start() -> None:
    assert list(GuardedGroup.objects.order_by("group__name").values_list("group__name", flat=True)) == [
        "Programme officers",
        "Registration officers",
    ]


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "head"])
def test_no_address_of_the_admin_is_reached_with_a_password_alone(registrar: Any, method: str) -> None:
    """Whoever must have an app and has none, and whoever has one and has not shown its code."""
    known = UserFactory(admin=True)
    with_app(known)
    stranger = Client(headers={"accept-language": "en"})
    paths = admin_paths()
    assert (len(paths) > 350, "/admin/events/1/registrations/export/1/" in paths) == (True, True)
    for user, door in ((registrar, SET_UP), (known, ENTER)):
        client, answer = log_in(user)
        assert answer.status_code == 302
        let_through = {}
        for path in paths:
            found = getattr(client, method)(path)
            if found.status_code != 302 or not found["Location"].startswith(door):
                # What stays open is open to everybody: the same answer as to somebody without any log-in.
                let_through[path] = (found.status_code, getattr(stranger, method)(path).status_code)
            assert client.session.get("_auth_user_id") or "logout" in path, path
            if "logout" in path:
                log_in(user, client)
        assert let_through.keys() <= {
            "/admin/jsi18n/",
            "/admin/login/",
            "/admin/logout/",
            "/admin/password_reset/",
            "/admin/password_reset/complete/",
            "/admin/password_reset/confirm/1/1/",
            "/admin/password_reset/done/",
            "/admin/sprite/",
            ENTER,
            SET_UP,
        }
        same = {path: pair for path, pair in let_through.items() if "second-factor" not in path}
        assert {path: pair for path, pair in same.items() if pair[0] != pair[1]} == {}


def test_public_addresses_see_nobody_before_the_code(registrar: Any) -> None:
    client, _answer = log_in(registrar)
    assert client.get("/en/events/").context["user"].is_anonymous
    assert client.get("/tr/_util/login/?next=/tr/gizli/")["Location"] == f"{SET_UP}?next=%2Ftr%2Fgizli%2F"


def test_the_first_log_in_sets_an_app_up(registrar: Any) -> None:
    client, _answer = log_in(registrar)
    assert client.get("/admin/account/")["Location"] == f"{SET_UP}?next=%2Fadmin%2Faccount%2F"
    page = client.get(f"{SET_UP}?next=/admin/account/").content.decode()
    secret = secret_on(page)
    assert ("<svg" in page, 'name="password"' in page, "style=" in page.split("<svg", 1)[1].split("</svg>")[0]) == (
        True,
        False,
        False,
    )
    wrong = client.post(SET_UP, {"code": "000000"})
    assert (wrong.status_code, secret_on(wrong.content.decode())) == (422, secret)
    assert 'role="alert"' in wrong.content.decode()
    assert "This is not the code that the app shows now." in wrong.content.decode()
    before = client.session.session_key
    done = client.post(SET_UP, {"code": shown(secret), "next": "/admin/account/"})
    codes = re.findall(r"<code>([a-z2-9-]{19})</code>", done.content.decode())
    assert (done.status_code, len(set(codes)), 'href="/admin/account/"' in done.content.decode()) == (200, 10, True)
    assert "no-store" in done["Cache-Control"]
    assert client.session.session_key != before
    assert client.get("/admin/account/").status_code == 200
    assert tables_holding([secret.replace(" ", ""), *codes, *(code.replace("-", "") for code in codes)]) == set()


def test_every_log_in_asks_for_a_code_that_is_good_once(registrar: Any) -> None:
    secret, _codes = with_app(registrar)
    client, _answer = log_in(registrar)
    assert client.get("/admin/events/?p=2")["Location"] == f"{ENTER}?next=%2Fadmin%2Fevents%2F%3Fp%3D2"
    code, before = shown(secret), client.session.session_key
    answer = client.post(ENTER, {"code": f"{code[:3]} {code[3:]}", "next": "/admin/events/"})
    assert (answer.status_code, answer["Location"], client.session.session_key != before) == (
        302,
        "/admin/events/",
        True,
    )
    assert client.get("/admin/events/").status_code == 200
    thief, _answer = log_in(registrar)
    again = thief.post(ENTER, {"code": code})
    assert (again.status_code, "This code is not right." in again.content.decode()) == (422, True)
    assert thief.get("/admin/")["Location"].startswith(ENTER)


def test_nobody_is_led_to_another_site(registrar: Any) -> None:
    secret, _codes = with_app(registrar)
    client, _answer = log_in(registrar)
    answer = client.post(ENTER, {"code": shown(secret), "next": "//evil.example/"})
    assert answer["Location"] == "/admin/"
    assert client.get(f"{ENTER}?next=https://evil.example/")["Location"] == "/admin/"


def test_wrong_codes_make_the_next_try_wait_longer_each_time(registrar: Any) -> None:
    secret, _codes = with_app(registrar)
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False) as clock:
        waited = []
        for _try in range(14):
            with pytest.raises(WrongCodeError, match="Bu kod doğru değil"):
                verify(user=registrar, code="000000")
            seconds = 0
            while not Authenticator.objects.get().verify_is_allowed()[0]:
                clock.shift(timedelta(seconds=1))
                seconds += 1
            waited.append(seconds)
        assert waited == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, *[1024] * 4]
        with pytest.raises(WrongCodeError):
            verify(user=registrar, code="000000")
        # The right one too, until the time is over; then all is forgotten.
        with pytest.raises(WrongCodeError, match="sonrasında yeniden deneyin"):
            verify(user=registrar, code=shown(secret))
        clock.shift(timedelta(seconds=1024))
        assert verify(user=registrar, code=shown(secret)).throttling_failure_count == 0


def test_a_recovery_code_lets_in_once_however_it_is_typed(registrar: Any) -> None:
    _secret, codes = with_app(registrar)
    client, _answer = log_in(registrar)
    assert client.post(ENTER, {"code": codes[3].upper().replace("-", " ")}).status_code == 302
    assert RecoveryCode.objects.count() == 9
    with pytest.raises(WrongCodeError):
        verify(user=registrar, code=codes[3])


def test_codes_of_another_person_open_nothing(registrar: Any, editor: Any) -> None:
    _secret, codes = with_app(registrar)
    with_app(editor)
    with pytest.raises(WrongCodeError):
        verify(user=editor, code=codes[0])
    assert RecoveryCode.objects.count() == 20


def test_new_recovery_codes_make_those_before_void(registrar: Any) -> None:
    _secret, old = with_app(registrar)
    new = new_codes(user=registrar)
    assert (len({*old, *new}), RecoveryCode.objects.count()) == (20, 10)
    with pytest.raises(WrongCodeError):
        verify(user=registrar, code=old[0])


def test_on_ones_own_page_everything_asks_for_the_password(editor: Any) -> None:
    client, _answer = log_in(editor)
    assert client.get("/admin/second-factor/").status_code == 200
    secret = secret_on(client.get(SET_UP).content.decode())
    refused = client.post(SET_UP, {"code": shown(secret), "password": "falsch"})
    assert (refused.status_code, "This is not your password." in refused.content.decode()) == (422, True)
    assert client.post(SET_UP, {"code": shown(secret), "password": PASSWORD}).status_code == 200
    for act in ("codes", "remove"):
        assert client.post("/admin/second-factor/", {"act": act, "password": "falsch"}).status_code == 422
    assert RecoveryCode.objects.count() == 10
    codes = client.post("/admin/second-factor/", {"act": "codes", "password": PASSWORD})
    assert len(re.findall(r"<code>[a-z2-9-]{19}</code>", codes.content.decode())) == 10
    other, _answer = log_in(editor)
    assert client.post("/admin/second-factor/", {"act": "remove", "password": PASSWORD}).status_code == 302
    assert (Authenticator.objects.count(), client.get("/admin/").status_code) == (0, 200)
    assert other.get("/admin/").status_code == 200


def test_whoever_must_have_one_may_replace_but_not_remove_it(registrar: Any) -> None:
    secret, _codes = with_app(registrar)
    client, _answer = log_in(registrar)
    client.post(ENTER, {"code": shown(secret)})
    other, _answer = log_in(registrar)
    other.post(ENTER, {"code": shown(secret, 1)})
    assert other.get("/admin/").status_code == 200
    with pytest.raises(ValidationError):
        remove(user=registrar)
    new = secret_on(client.get(SET_UP).content.decode())
    assert client.post(SET_UP, {"code": shown(new), "password": PASSWORD}).status_code == 200
    assert client.get("/admin/").status_code == 200
    # All that came in by the app before is out: it may be in other hands.
    assert other.get("/admin/")["Location"].startswith(ENTER)


def test_an_administrator_resets_and_every_log_in_by_the_lost_app_ends(registrar: Any) -> None:
    secret, _codes = with_app(registrar)
    lost, _answer = log_in(registrar)
    lost.post(ENTER, {"code": shown(secret)})
    administrator = UserFactory(admin=True)
    own, _codes = with_app(administrator)
    client, _answer = log_in(administrator)
    client.post(ENTER, {"code": shown(own)})
    page = f"/admin/second-factor/staff/{registrar.pk}/reset/"
    assert page in client.get("/admin/second-factor/staff/").content.decode()
    assert (client.get(page).status_code, Authenticator.objects.count()) == (200, 2)
    assert client.post(page).status_code == 302
    assert lost.get("/admin/")["Location"] == "/admin/login/"
    assert "_auth_user_id" not in lost.session
    entry = ModelLogEntry.objects.get(action="cms.second_factor.reset")
    assert (entry.user, entry.object_id) == (administrator, str(registrar.pk))
    again, _answer = log_in(registrar)
    assert again.get("/admin/")["Location"].startswith(SET_UP)


def test_nobody_below_an_administrator_opens_an_administrator_s_door() -> None:
    group = Group.objects.create(name="User managers")
    group.permissions.add(*_rights("access_admin", "change_user"))
    manager, administrator = UserFactory(in_group="User managers"), UserFactory(admin=True)
    for each in (manager, administrator):
        with_app(each)
    with pytest.raises(PermissionDenied):
        reset(user=administrator, by=manager)
    assert (reset(user=manager, by=manager), reset(user=administrator)) == (True, True)
    client, _answer = log_in(manager)
    assert client.get(f"/admin/second-factor/staff/{administrator.pk}/reset/").status_code == 302


def test_groups_are_chosen_and_count_from_the_next_log_in_on(editor: Any) -> None:
    early, _answer = log_in(editor)
    administrator = UserFactory(admin=True)
    own, _codes = with_app(administrator)
    client, _answer = log_in(administrator)
    client.post(ENTER, {"code": shown(own)})
    editors = Group.objects.get(name="Editors")
    assert client.post("/admin/second-factor/staff/", {"groups": [editors.pk]}).status_code == 302
    assert [row.group.name for row in GuardedGroup.objects.all()] == ["Editors"]
    assert early.get("/admin/").status_code == 200
    late, _answer = log_in(editor)
    assert late.get("/admin/")["Location"].startswith(SET_UP)
    with pytest.raises(PermissionDenied):
        guard_groups(groups=[], by=editor)
    assert early.get("/admin/second-factor/staff/").status_code == 302


def test_a_new_password_by_mail_does_not_get_round_it(registrar: Any, mailoutbox: list[Any]) -> None:
    with_app(registrar)
    client = Client(headers={"accept-language": "en"})
    client.post("/admin/password_reset/", {"email": registrar.email})
    run_due_jobs()
    link = re.search(r"https?://[^/]+(/admin/password_reset/confirm/\S+)", mailoutbox[0].body)
    assert link
    form = client.get(link[1])
    done = client.post(form["Location"], {"new_password1": "yepyeni-Kelime7", "new_password2": "yepyeni-Kelime7"})
    assert done.status_code == 302
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    answer = client.post(
        "/admin/login/", {"username": registrar.username, "password": "yepyeni-Kelime7", "next": "/admin/"}
    )
    assert (answer.status_code, client.get("/admin/")["Location"].startswith(ENTER)) == (302, True)


def test_locked_out_the_command_helps(registrar: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with_app(registrar)
    call_command("reset_second_factor", "ekin")
    call_command("reset_second_factor", "ekin")
    assert capsys.readouterr().out.split() == ["reset=1", "reset=0"]
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "kimse")


def test_switched_off_nobody_must_have_one_but_whoever_has_one_is_asked(settings: Any, registrar: Any) -> None:
    settings.SECOND_FACTOR = False
    client, _answer = log_in(registrar)
    assert client.get("/admin/").status_code == 200
    with_app(registrar)
    assert client.get("/admin/")["Location"].startswith(ENTER)


def test_the_door_speaks_turkish(registrar: Any) -> None:
    client, _answer = log_in(registrar, Client(headers={"accept-language": "tr"}))
    assert "<h1>İkinci doğrulamayı kurun</h1>" in client.get(SET_UP).content.decode()


def test_asking_who_is_there_costs_no_query_more(registrar: Any, django_assert_num_queries: Any) -> None:
    secret, _codes = with_app(registrar)
    client, _answer = log_in(registrar)
    client.post(ENTER, {"code": shown(secret)})
    with django_assert_num_queries(3):  # the session, the user with the app, the profile of the page's language
        client.get("/admin/jsi18n/")


def _rights(*names: str) -> Any:
    return Permission.objects.filter(codename__in=names)
