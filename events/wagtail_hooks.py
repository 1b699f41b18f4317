"""What ``events`` adds to Wagtail's admin: acts in the history, addresses, menu, styles."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from events import permissions
from events.urls import admin as admin_urls
from events.viewsets import viewsets

#: What the history of a registration says; without a name it was the person, or the clock.
REGISTRATION_ACTS = [
    ("register", _("Register"), _("Registered online")),
    ("add", _("Add registration"), _("Entered by an officer")),
    ("verify", _("Confirm address"), _("Address confirmed")),
    ("approve", _("Approve"), _("Approved")),
    ("decline", _("Decline"), _("Declined")),
    ("waitlist", _("Move to the waiting list"), _("Moved to the waiting list")),
    ("offer", _("Offer a seat"), _("Seat offered")),
    ("passed", _("Pass a group"), _("Seats went to others behind it: there was not room for all of the group")),
    ("add_member", _("Add member"), _("Member added")),
    ("name_substitute", _("Name a substitute"), _("Replaced by somebody else")),
    ("substitute", _("Take a place over"), _("Registered in somebody else’s place")),
    ("accept", _("Take a seat"), _("Offered seat taken")),
    ("cancel", _("Cancel registration"), _("Registration cancelled")),
    ("expire", _("Let lapse"), _("Lapsed: not confirmed or taken in time")),
    ("amend", _("Change details"), _("Details or answers changed")),
    ("ask_address", _("Give a new address"), _("New address given, which waits to be confirmed")),
    ("keep_address", _("Keep the address"), _("New address taken back before it was confirmed")),
    ("move_address", _("Confirm a new address"), _("Address changed by the person, who confirmed the new one")),
    ("correct_member", _("Correct a member"), _("Details or answers of a member changed by the group’s contact")),
    ("open_file", _("Open a sensitive file"), _("Sensitive file opened")),
    ("details", _("Tell details"), _("Details told")),
    ("ask_details", _("Ask for missing details"), _("Asked for missing details")),
    ("withdraw", _("Take consent back"), _("Consent taken back, and the answers that needed it deleted")),
    ("delete_uncovered", _("Delete answers"), _("Answers without consent deleted")),
    ("request_change", _("Ask for a change"), _("Change asked for, after the time for changes")),
    ("take_back_change", _("Take a request back"), _("Request for a change taken back")),
    ("accept_change", _("Accept a change"), _("Request for a change accepted")),
    ("refuse_change", _("Refuse a change"), _("Request for a change refused")),
    ("resend", _("Send again"), _("Last letter sent again")),
    ("open_answers", _("Open sensitive answers"), _("Sensitive answers opened")),
    ("export", _("Export registrations"), _("Registrations exported")),
    ("delete_question", _("Delete question"), _("Question deleted, with all answers to it")),
    ("walk_in", _("Add somebody at the door"), _("Came without a registration, entered at the door")),
    ("admit", _("Let in at the door"), _("Let in at the door")),
    ("print", _("Print for registrations"), _("Badges, certificates or a list made")),
    ("raise_seats", _("Make one more seat at the door"), _("One more seat made at the door")),
    ("write_group", _("Write to several"), _("Letter to several written")),
    ("group_letter", _("Letter to several"), _("Letter to several written")),
    ("retry_letters", _("Send letters again"), _("Letters tried again")),
    ("write_letter", _("Change letter"), _("Words or time of a letter changed")),
    ("ready_made_letter", _("Ready-made letter"), _("Own words of a letter forgotten")),
    ("erase", _("Erase registration"), _("Registration erased")),
    ("link", _("Tie to a person"), _("Tied to a person in the directory")),
    ("unlink", _("Untie from a person"), _("Untied from the person in the directory")),
    ("export_held", _("Export all that is held"), _("All that is held was exported")),
    ("delete_overdue", _("Delete overdue data"), _("Registration data deleted after its days")),
]


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """The acts that history shows beside Wagtail's own."""
    actions.register_action("events.release", _("Release programme"), _("Programme released"))
    actions.register_action("events.schedule_release", _("Plan a release"), _("Release planned"))
    actions.register_action(
        "events.unschedule_release", _("Take a planned release away"), _("Planned release taken away")
    )
    actions.register_action("events.restore_session", _("Restore session"), _("Session brought back from a release"))
    actions.register_action("events.cancel", _("Cancel event"), _("Event cancelled"))
    actions.register_action("events.withdraw", _("Withdraw event"), _("Event withdrawn"))
    actions.register_action("events.reinstate", _("Reinstate event"), _("Event reinstated"))
    actions.register_action("events.import", _("Import programme"), _("Programme imported from a file"))
    actions.register_action("events.delete_session", _("Delete session"), _("Session deleted"))
    actions.register_action("events.move", _("Move session"), _("Session moved"))
    actions.register_action("events.shift", _("Shift day"), _("Rest of a day shifted"))
    actions.register_action("events.copy_day", _("Copy day"), _("Day copied"))
    actions.register_action("events.undo", _("Undo"), _("Act undone"))
    actions.register_action("events.redo", _("Redo"), _("Act done again"))
    actions.register_action("events.accept_warning", _("Accept warning"), _("Warning accepted"))
    actions.register_action("events.reopen_warning", _("Reopen warning"), _("Warning opened again"))
    actions.register_action("events.write_text", _("Write text"), _("Text written"))
    actions.register_action("events.confirm_text", _("Confirm text"), _("Text said to be still right"))
    actions.register_action("events.suggest_texts", _("Suggest texts"), _("Machine asked for missing texts"))
    actions.register_action("events.clone", _("Clone event"), _("Cloned from another event"))
    actions.register_action("events.from_template", _("Use template"), _("Made from a template"))
    actions.register_action("events.keep_template", _("Keep as a template"), _("Kept as a template"))
    actions.register_action("events.share", _("Share programme"), _("Working programme shared by a link"))
    actions.register_action("events.revoke_share", _("End link"), _("Link to the working programme ended"))
    actions.register_action("events.finish_comment", _("Finish comment"), _("Comment of a host done"))
    actions.register_action("events.reopen_comment", _("Reopen comment"), _("Comment of a host opened again"))
    actions.register_action("events.erase", _("Erase person"), _("Person erased for good"))
    actions.register_action("events.export_held", _("Export all that is held"), _("All that is held was exported"))
    for act, label, message in REGISTRATION_ACTS:
        actions.register_action(f"events.registration.{act}", label, message)


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "events/icons/undo.svg", "events/icons/redo.svg"]


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern | URLResolver]:
    return [path("", include(admin_urls))]


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[object]:
    return list(viewsets)


@hooks.register("insert_global_admin_js")
def admin_js() -> str:
    """Names that a door keeps on its device go when somebody logs out there, and when the event is over."""
    return format_html('<script src="{}"></script>', static("events/door/forget.js"))


class DoorMenuItem(MenuItem):
    """Only for those who check people in."""

    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.may_check_in(request.user)


@hooks.register("register_admin_menu_item")
def door_menu_item() -> MenuItem:
    return DoorMenuItem(_("Check-in"), reverse_lazy("event_admin:doors"), name="doors", icon_name="check", order=118)


class _Item(MenuItem):
    """Shown to those alone who may open what it leads to."""

    def __init__(self, allowed: Callable[[Any], bool], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allowed = allowed

    def is_shown(self, request: HttpRequest) -> bool:
        return self.allowed(request.user)


@hooks.register("register_reports_menu_item")
def list_reports() -> MenuItem:
    url = reverse_lazy("event_admin:registration_reports")
    name, icon = "registration-reports", "list-ul"
    return _Item(permissions.may_read_reports, _("Registrations in counts"), url, name=name, icon_name=icon, order=910)


@hooks.register("register_reports_menu_item")
def list_deletions() -> MenuItem:
    url = reverse_lazy("event_admin:registration_deletions")
    name, icon = "registration-deletions", "bin"
    return _Item(
        permissions.may_see_deletions, _("Deleted registration data"), url, name=name, icon_name=icon, order=920
    )


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("events/admin.css"))
