"""What ``events`` adds to Wagtail's admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """The acts that history shows beside Wagtail's own."""
    actions.register_action("events.release", _("Release programme"), _("Programme released"))
    actions.register_action("events.cancel", _("Cancel event"), _("Event cancelled"))
    actions.register_action("events.withdraw", _("Withdraw event"), _("Event withdrawn"))
    actions.register_action("events.reinstate", _("Reinstate event"), _("Event reinstated"))
