"""What the groups of staff are called: kept under their English names, told in the reader's language."""

from django.contrib.auth.models import Group
from django.utils.translation import pgettext_lazy

#: Those that are there from the first start. What an administrator adds or renames is called as it was typed.
NAMES = {
    "Check-in": pgettext_lazy("group of staff", "Check-in"),
    "Editors": pgettext_lazy("group of staff", "Editors"),
    "Moderators": pgettext_lazy("group of staff", "Moderators"),
    "Programme officers": pgettext_lazy("group of staff", "Programme officers"),
    "Readers": pgettext_lazy("group of staff", "Readers"),
    "Registration officers": pgettext_lazy("group of staff", "Registration officers"),
    "Report readers": pgettext_lazy("group of staff", "Report readers"),
}


def group_name(group: Group) -> str:
    """The group's name for whoever reads it now."""
    return str(NAMES.get(group.name, group.name))
