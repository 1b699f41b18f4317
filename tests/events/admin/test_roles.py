"""docs/roles.md says who may open what; here each row is tried: every address, every role, every method, every relation.

An address without a row fails, and so does a row without an address.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver, reverse

from events.models import Event
from tests.cms.test_second_factor import admin_paths
from tests.events.admin.conftest import Enter
from tests.events.admin.test_walk import ADDRESSES as WALK
from tests.events.admin.test_walk import OWN, _allowed, _flat, filled, path_of
from tests.factories import EventFactory, RegistrationSettingsFactory, UserFactory

__all__ = ["filled"]
pytestmark = [pytest.mark.django_db, pytest.mark.rights]
TABLE = Path(__file__).resolve().parents[3] / "docs" / "roles.md"
#: The groups as they are called from the first start; rows of the table have a cell for each, in this order.
ROLES = (
    "Readers",
    "Editors",
    "Moderators",
    "Programme officers",
    "Registration officers",
    "Check-in",
    "Report readers",
    "Administrators",
)
METHODS = ("get", "head", "post", "put", "delete")
#: What Wagtail opens to everybody who may log in: one's own account; choosers and lists of pages, pictures, files and
#: acts, which it narrows by rights as far as it does.
WAGTAIL_OPENS = {
    f"/admin/{path}"
    for path in (
        "",
        "account/",
        "api/main/documents/",
        "api/main/images/",
        "api/main/pages/",
        "choose-anchor-link/",
        "choose-email-link/",
        "choose-external-link/",
        "choose-page/",
        "choose-page/1/",
        "choose-page/chosen-multiple/",
        "choose-page/search/",
        "choose-phone-link/",
        "dismissibles/",
        "embeds/chooser/",
        "embeds/chooser/upload/",
        "localize/jsi18n/",
        "localize/reports/translations/",
        "localize/reports/translations/results/",
        "pages/1/move/1/confirm/",
        "pages/workflow/confirm_cancellation/1/",
        "reports/site-history/",
        "reports/site-history/results/",
        "second-factor/",
        "second-factor/set-up/",
        "tag-autocomplete/",
        "test404/",
        "translations/lagging/",
        "translations/lagging/results/",
        "workflows/task_chooser/",
        "workflows/task_chooser/1/",
        "workflows/task_chooser/create/",
        "workflows/task_chooser/results/",
    )
}


def table() -> dict[str, frozenset[str]]:
    """For each address of docs/roles.md (``namespace:name``, a star for every namespace of rows) its roles."""
    found: dict[str, frozenset[str]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        names = re.findall(r"`([\w*]+:\w+)`", cells[0])
        if not names or len(cells) != len(ROLES) + 1:
            continue
        assert set(cells[1:]) <= {"yes", ""}, line
        roles = frozenset(role for role, cell in zip(ROLES, cells[1:], strict=True) if cell)
        assert not found.keys() & set(names), f"twice in the table: {found.keys() & set(names)}"
        found |= dict.fromkeys(names, roles)
    return found


def addresses() -> list[tuple[str, str]]:
    """Each address of ours in the admin: those of events, of every kind of row, of choosers."""
    return [
        (namespace, str(pattern.name))
        for namespace, (_prefix, resolver) in sorted(get_resolver().namespace_dict.items())
        if namespace.startswith("admin_") or namespace in OWN
        for pattern in _flat(resolver)
    ]


def row_of(namespace: str, name: str, rows: dict[str, frozenset[str]]) -> str:
    """The row that speaks of an address: its own, else that of all namespaces of rows, or of all choosers."""
    star = "*_chooser" if namespace.endswith("_chooser") else "admin_*"
    return f"{namespace}:{name}" if f"{namespace}:{name}" in rows else f"{star}:{name}"


ADDRESSES = addresses()


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    rows = table()
    used = {row_of(*each, rows): each for each in ADDRESSES}
    lacking = {f"{namespace}:{name}" for row, (namespace, name) in used.items() if row not in rows}
    assert lacking == set(), "give each a row in docs/roles.md"
    assert rows.keys() - used.keys() == set()
    assert len(ADDRESSES) > 200


def user_of(role: str) -> Any:
    return UserFactory(admin=True) if role == "Administrators" else UserFactory(in_group=role)


#: These four are walked by GET and POST in test_walk.py, by the same rights.
WALKED = {"Readers": "reader", "Editors": "editor", "Programme officers": "officer", "Administrators": "administrator"}
PAIRS = [(role, method) for role in ROLES for method in METHODS if role not in WALKED or method not in {"get", "post"}]


def test_the_other_walk_goes_by_this_table() -> None:
    rows = table()
    told = {(namespace, name): rows[row_of(namespace, name, rows)] for namespace, name, _who in WALK}
    wanted = {(namespace, name): {*who, "administrator"} for namespace, name, who in WALK}
    assert {at: {WALKED[role] for role in roles if role in WALKED} for at, roles in told.items()} == wanted


@pytest.mark.parametrize(("role", "method"), PAIRS)
def test_a_role_gets_what_the_table_says(role: str, method: str, filled: None, enter: Enter) -> None:
    """A method that an address does not take tells nothing of rights; what HEAD gets, GET got already."""
    client, rows = enter(user_of(role)), table()
    found, wanted = {}, {}
    for namespace, name in ADDRESSES:
        allowed = role in rows[row_of(namespace, name, rows)]
        if method == "head" and allowed:
            continue
        may, status = _allowed(client, path_of(namespace, name), method)
        assert status in {200, 302, 400, 403, 404, 405, 422}, (namespace, name, status)
        if status != 405:
            found[namespace, name], wanted[namespace, name] = may, allowed
    assert found == wanted


@pytest.mark.parametrize("method", METHODS)
def test_without_a_log_in_nothing_opens(method: str, filled: None, enter: Enter) -> None:
    client = enter(None)
    assert [each for each in ADDRESSES if _allowed(client, path_of(*each), method)[0]] == []


@pytest.mark.parametrize("method", METHODS)
def test_what_belongs_to_another_event_is_not_there(method: str, filled: None, enter: Enter) -> None:
    """A registration, question, letter, session, upload, link or comment under the address of another event."""
    client, elsewhere = enter(user_of("Administrators")), EventFactory()
    RegistrationSettingsFactory(event=elsewhere)
    found = {}
    for namespace, name in ADDRESSES:
        path = path_of(namespace, name)
        inside = re.fullmatch(r"/admin/events/(\d+)/(.*/\d+/.*)", path)
        if namespace == "event_admin" and inside and "/releases/" not in path:
            assert int(inside[1]) != elsewhere.pk
            found[name] = getattr(client, method)(f"/admin/events/{elsewhere.pk}/{inside[2]}").status_code
    assert len(found) > 12
    assert {name: status for name, status in found.items() if status not in {404, 405}} == {}
    assert Event.objects.filter(pk=elsewhere.pk).exists()


@pytest.mark.parametrize("role", ["Registration officers", "Check-in", "Report readers"])
def test_wagtail_s_own_addresses_stay_closed_to_roles_that_write_no_pages(
    role: str, filled: None, enter: Enter
) -> None:
    """Users, groups, settings, pages to edit: nothing of them answers; and what does names nobody who registered."""
    client, ours = enter(user_of(role)), table()
    opened = set()
    for path in admin_paths():
        if path.startswith(
            (
                "/admin/failwhale",
                "/admin/login",
                "/admin/logout",
                "/admin/password_reset",
                "/admin/sprite",
                "/admin/jsi18n",
            )
        ):
            continue
        answer = client.get(path)
        if answer.status_code == 200 and not _is_known(path, ours):
            opened.add(path)
            assert "Ayşe Örnek" not in answer.content.decode(), path
    assert opened - WAGTAIL_OPENS == set()


def _is_known(path: str, rows: dict[str, frozenset[str]]) -> bool:
    """Whether the table speaks of the address, so that it was tried above."""
    match = get_resolver().resolve(path)
    return row_of(match.namespace.split(":")[-1], str(match.url_name), rows) in rows


def test_the_handbook_names_every_role() -> None:
    for name in ("editors.md", "editors.tr.md"):
        text = (TABLE.parent / name).read_text(encoding="utf-8")
        assert [role for role in ROLES if role != "Administrators" and role not in text] == [], name


def test_the_admin_leads_there() -> None:
    assert reverse("event_admin:registration_reports") == "/admin/registration-reports/"
