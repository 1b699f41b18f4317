"""Who may see and do what: one question, one function; views, admin and verbs ask here.

``None`` as the user is the system itself (a command on the server, the clock).
"""

from typing import Protocol

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


class Permitted(Protocol):
    """What a question needs of a user; Django's anonymous user answers too."""

    @property
    def is_active(self) -> bool: ...
    def has_perm(self, perm: str) -> bool: ...


def may_edit_programme(user: Permitted | None) -> bool:
    """Change events and their sessions."""
    return _has(user, "events.change_event") and _has(user, "events.change_session")


def may_add_sessions(user: Permitted | None) -> bool:
    """Add sessions to a programme."""
    return may_edit_programme(user) and _has(user, "events.add_session")


def may_add_people(user: Permitted | None) -> bool:
    """Bring somebody new into the directory."""
    return _has(user, "events.add_person")


def may_add_events(user: Permitted | None) -> bool:
    """Make a new event with sessions of its own: a copy of another, or from a template."""
    return may_add_sessions(user) and _has(user, "events.add_event")


def may_release(user: Permitted | None) -> bool:
    """Release a programme: make the working rows public."""
    return _has(user, "events.release_event")


def may_cancel(user: Permitted | None) -> bool:
    """Cancel, withdraw or reinstate an event."""
    return _has(user, "events.cancel_event")


def may_import(user: Permitted | None) -> bool:
    """Bring a programme in from a file."""
    return _has(user, "events.import_event")


def may_erase(user: Permitted | None) -> bool:
    """Erase a person for good."""
    return _has(user, "events.erase_person")


def may_preview(user: Permitted | None) -> bool:
    """See a working programme before it is released."""
    return _has(user, "events.view_event") or _has(user, "events.change_event")


def may_share(user: Permitted | None) -> bool:
    """Let somebody outside see a working programme by a link: no less than making it public."""
    return may_release(user) and may_preview(user)


def may_see_restricted(user: Permitted | None) -> bool:
    """See sessions for participants and staff."""
    return may_preview(user)


def may_see_jobs(user: Permitted | None) -> bool:
    """See what is done in the background."""
    return _has(user, "events.view_job") or may_retry_jobs(user)


def may_retry_jobs(user: Permitted | None) -> bool:
    """Have a failed job tried again, or call off one that waits."""
    return _has(user, "events.change_job")


def may_see_registrations(user: Permitted | None) -> bool:
    """See who is registered for an event."""
    return _has(user, "events.view_registration")


def may_manage_registrations(user: Permitted | None) -> bool:
    """Approve, decline, move, offer, cancel and add registrations."""
    return _has(user, "events.manage_registration")


def may_check_in(user: Permitted | None) -> bool:
    """Work at the door of an event: see who is expected, mark who is there, let in whoever comes without a seat."""
    return _has(user, "events.check_in_registration")


def may_let_in_beyond(user: Permitted | None) -> bool:
    """Let somebody in at the door though all seats are taken, or though another decision stands against it."""
    return may_check_in(user) and may_manage_registrations(user)


def may_set_up_registration(user: Permitted | None) -> bool:
    """Say how an event takes registrations, what it asks and what it tells."""
    return _has(user, "events.change_registrationsettings") and _has(user, "events.change_question")


def may_export_registrations(user: Permitted | None) -> bool:
    """Take a list of registrations along."""
    return may_see_registrations(user) and _has(user, "events.export_registration")


def may_read_answers(user: Permitted | None, visible_to: str) -> bool:
    """Read the answers to a question that is visible to these (``Question.Visibility``)."""
    return may_see_registrations(user) and (visible_to == "officers" or _has(user, "events.view_answer"))


def may_open_sensitive(user: Permitted | None) -> bool:
    """Open sealed answers; each opening is written down."""
    return may_see_registrations(user) and _has(user, "events.open_sensitive_answer")


def may_read_reports(user: Permitted | None) -> bool:
    """Read how many registered and came, and from where, without anybody's name."""
    return _has(user, "events.report_registration") or may_see_registrations(user)


def may_see_deletions(user: Permitted | None) -> bool:
    """See what was deleted when its days were over, and how often somebody asked for it."""
    return may_see_registrations(user) or may_erase(user)


def may_see_people(user: Permitted | None) -> bool:
    """See people in the directory."""
    return _has(user, "events.view_person") or _has(user, "events.change_person")


def may_link_people(user: Permitted | None) -> bool:
    """Say who in the directory a registered person is."""
    return may_manage_registrations(user) and may_see_people(user)


def may_erase_registrations(user: Permitted | None) -> bool:
    """Erase who registered, when the person asks for it."""
    return may_erase(user) or (may_manage_registrations(user) and may_open_sensitive(user))


def may_export_held(user: Permitted | None) -> bool:
    """Take along all that is held about one person, to hand it to that person; sensitive answers with it."""
    return may_erase(user) or (may_export_registrations(user) and may_open_sensitive(user))


def require(allowed: bool) -> None:
    """Refuse with one sentence that says whom to ask."""
    if not allowed:
        raise PermissionDenied(_("You may not do this. Ask an administrator to give you the right."))


def _has(user: Permitted | None, permission: str) -> bool:
    return user is None or (user.is_active and user.has_perm(permission))
