"""Every address of our part of the admin, for everybody, by GET and POST: who gets in, and never an error."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from events.cloning import Blueprint
from events.models import (
    DialogueProgramme,
    Event,
    EventTemplate,
    GroupLetter,
    HostComment,
    Job,
    Message,
    Organisation,
    Paper,
    Person,
    ProgrammeImport,
    ProgrammeShare,
    Question,
    Registration,
    RegistrationGroup,
    Session,
    Wording,
)
from events.registration import Applicant, Filled, add_registration
from events.registration.groups.registering import add_group
from events.release import release_programme
from tests.events.admin.conftest import Enter
from tests.events.registration.grouped import filled_group
from tests.factories import (
    ContributionFactory,
    DialogueProgrammeFactory,
    EventFactory,
    FundingFactory,
    JobFactory,
    MembershipFactory,
    MessageFactory,
    OfficeFactory,
    PartnershipFactory,
    PopulationFactory,
    PositionFactory,
    ProgrammeShareFactory,
    QuestionFactory,
    RegistrationSettingsFactory,
    RoomFactory,
    SessionFactory,
    UploadFactory,
)

SEE, WRITE, DELETE = {"reader", "editor", "officer"}, {"editor", "officer"}, {"officer"}
#: Who besides the administrator may open an address, by its name in our namespaces.
VIEWSET = {
    "index": SEE,
    "index_results": SEE,
    "inspect": SEE,
    "history": SEE,
    "history_results": SEE,
    "usage": SEE,
    "add": WRITE,
    "edit": WRITE,
    "copy": WRITE,
    "delete": DELETE,
    "retry": DELETE,
    "cancel": DELETE,
    "state": SEE,
    "follow": SEE,
    "choose": SEE,
    "choose_results": SEE,
    "chosen": SEE,
    "chosen_multiple": SEE,
}
EVENT = {
    "home": SEE,
    "programme": SEE,
    "state": SEE,
    "move": WRITE,
    "session": WRITE,
    "people": WRITE,
    "here": SEE,
    "new": WRITE,
    "shift": WRITE,
    "copy_day": WRITE,
    "undo": WRITE,
    "redo": WRITE,
    "texts": SEE,
    "save_texts": WRITE,
    "share": DELETE,
    "revoke_share": DELETE,
    "finish_comment": WRITE,
    "reopen_comment": WRITE,
    "clone": WRITE,
    "keep_template": WRITE,
    "templates": WRITE,
    "from_template": WRITE,
    "drop_template": WRITE,
    "preview": SEE,
    "export": SEE,
    "released": SEE,
    "compare": SEE,
    "accept_warning": WRITE,
    "reopen_warning": WRITE,
    "release": DELETE,
    "restore": WRITE,
    "unschedule": DELETE,
    "import": DELETE,
    "import_columns": DELETE,
    "import_trial": DELETE,
    "import_state": DELETE,
    "import_done": DELETE,
    "cancel": DELETE,
    "withdraw": DELETE,
    "reinstate": DELETE,
    "erase": set(),
    "took_part": DELETE,
    "person_held": set(),
    "registration_person": DELETE,
    "erase_registration": set(),
    "registration_held": set(),
    "registration_reports": DELETE,
    "registration_report": DELETE,
    "export_registration_report": DELETE,
    "registration_deletions": DELETE,
    "opened_answers": set(),
    **dict.fromkeys(
        (
            "registrations",
            "change_requests",
            "registration",
            "add_registration",
            "add_from_sheet",
            "registration_groups",
            "registration_group",
            "add_group",
            "add_group_member",
            "edit_group",
            "substitute_registration",
            "edit_registration",
            "export_registrations",
            "registration_settings",
            "try_registration",
            "questions",
            "new_question",
            "question",
            "wordings",
            "new_wording",
            "wording",
            "session_places",
            "letters",
            "letter",
            "registration_file",
            "papers",
            "paper",
            "doors",
            "door",
            "door_list",
            "door_marks",
            "door_newcomer",
            "door_worker",
            "door_walk_in",
            "outbox",
            "write_group",
            "group_letter",
            "outbox_letter",
        ),
        DELETE,
    ),
}
OWN = {
    "event_admin": Event,
    "person_chooser": Person,
    "organisation_chooser": Organisation,
    "event_chooser": Event,
    "dialogue_programme_chooser": DialogueProgramme,
}
#: Addresses of an event's namespace that are about something else.
ABOUT = {"erase": Person, "took_part": Person, "person_held": Person, "drop_template": EventTemplate}
OTHER = {
    "template": "workshop",
    "letter": "confirmed",
    "number": 1,
    "language": "tr",
    "form": "xlsx",
    "name": "abcdefghij",
}
#: The rows of which the first stands in an address, by its name there. A session has a key of its own.
ROWS: dict[str, Any] = {
    "registration": Registration.objects,
    "group": RegistrationGroup.objects,
    "question": Question.objects,
    "wording": Wording.objects,
    "message": Message.objects.exclude(event=None),
    "group_letter": GroupLetter.objects,
    "paper": Paper.objects,
    "share": ProgrammeShare.objects,
    "comment": HostComment.objects,
    "session": Session.objects,
    "key": Session.objects.values_list("key", flat=True),
}


def addresses() -> Iterator[tuple[str, str, set[str]]]:
    """Each of our admin addresses: namespace, name, and who may open it."""
    for namespace, (_prefix, resolver) in sorted(get_resolver().namespace_dict.items()):
        if namespace.startswith("admin_") or namespace in OWN:
            for pattern in _flat(resolver):
                who = (EVENT if namespace == "event_admin" else VIEWSET)[pattern.name]
                yield namespace, pattern.name, who


def _flat(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _flat(pattern)
        else:
            yield pattern


def path_of(namespace: str, name: str) -> str:
    """The address of a row that is really there."""
    model = OWN.get(namespace) or apps.get_model("events", namespace.removeprefix("admin_"))
    stage = {"import_columns": "columns", "import_done": "done"}.get(name, "tried")
    rows = {**ROWS, "pk": ABOUT.get(name, model).objects, "upload": ProgrammeImport.objects.filter(stage=stage)}
    named = {each: _first(rows[each]) if each in rows else OTHER[each] for each in _taken(namespace, name)}
    return reverse(f"{namespace}:{name}", kwargs=named)


def _taken(namespace: str, name: str) -> list[str]:
    """What an address takes, as its pattern names it."""
    _prefix, resolver = get_resolver().namespace_dict[namespace]
    patterns = [taken for ways, *_rest in resolver.reverse_dict.getlist(name) for _path, taken in ways]
    return min(patterns, key=len)


def _first(rows: Any) -> Any:
    """What names the first of them in an address, or a name of none where there is none."""
    first = rows.order_by("pk").first()
    return getattr(first, "pk", first) or 1


@pytest.fixture
def filled(db: None) -> None:
    """One row of everything, each with the key 1 where the database is fresh."""
    session = SessionFactory(confirmed=True)
    ContributionFactory(session=session)
    release_programme(event=session.event)
    for make in (RoomFactory, PositionFactory, MembershipFactory, PopulationFactory, PartnershipFactory, OfficeFactory):
        make()
    FundingFactory(dialogue_programme=DialogueProgrammeFactory())
    RegistrationSettingsFactory(event=session.event)
    QuestionFactory(event=session.event)
    add_registration(event=session.event, applicant=Applicant("Ayşe Örnek"), filled=Filled())
    add_group(event=session.event, filled=filled_group("Ilgaz", 2))
    MessageFactory(state="failed")
    Paper.objects.create(event=session.event, kind="badges", body=b"%PDF", made_at=timezone.now(), rows=1)
    MessageFactory(state="failed", event=session.event, letter="registration_confirmed")
    GroupLetter.objects.create(event=session.event, once="walk", subject_tr="Otobüs", text_tr="Bekliyor.")
    for stage in ("columns", "tried", "done"):
        UploadFactory(event=session.event, stage=stage)
    HostComment.objects.create(share=ProgrammeShareFactory(event=session.event), name="Anna", text="Earlier")
    EventTemplate.objects.create(kind="workshop", name_tr="Bizim", blueprint=Blueprint({"kind": "workshop"}).plain())
    Job.objects.all().delete()
    JobFactory(failed=True)


def _allowed(client: Client, path: str, method: str) -> tuple[bool, int]:
    """Whether the view itself answered: a refusal leads to the log-in or back to the admin's first page."""
    response: Any = getattr(client, method)(path, follow=False)
    refused = response.status_code == 403 or (
        response.status_code == 302 and (response["Location"] == "/admin/" or "/login/" in response["Location"])
    )
    return not refused, response.status_code


ADDRESSES = list(addresses())


def test_the_walk_finds_every_part() -> None:
    """A new namespace or address has to say who may open it."""
    assert len({namespace for namespace, _name, _who in ADDRESSES}) == 19
    assert {name for namespace, name, _who in ADDRESSES if namespace == "event_admin"} == set(EVENT)


@pytest.mark.parametrize("who", ["anonymous", "reader", "editor", "officer", "administrator"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_open_what(who: str, method: str, filled: None, enter: Enter, request: pytest.FixtureRequest) -> None:
    """One answer for each address; an error of ours would raise here."""
    client = enter(None if who == "anonymous" else request.getfixturevalue(who))
    found, wanted = {}, {}
    for namespace, name, allowed in ADDRESSES:
        may, status = _allowed(client, path_of(namespace, name), method)
        assert status in {200, 302, 400, 403, 404, 405}, (namespace, name, status)
        found[namespace, name] = may
        wanted[namespace, name] = who == "administrator" or who in allowed
    assert found == wanted


def test_those_without_any_right_get_nothing(filled: None, enter: Enter, django_user_model: Any) -> None:
    """Somebody who may only write pages does not see names of people."""
    stranger = django_user_model.objects.create_user("stranger")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = enter(stranger)
    opened = [each for each in ADDRESSES if _allowed(client, path_of(*each[:2]), "get")[0]]
    assert opened == []


def test_missing_rows_are_404(enter: Enter, administrator: Any) -> None:
    """A number that is not there, or of 30 digits, is not found; it is never an error."""
    client = enter(administrator)
    for path in ("/admin/events/987654/", "/admin/events/987654/release/", "/admin/sessions/edit/987654/"):
        assert client.get(path).status_code == 404
        assert client.post(path).status_code in {404, 405}
    assert EventFactory().pk
    assert client.get(f"/admin/events/{'9' * 30}/").status_code == 404
