"""The groups under which editors find the blocks."""

from django.utils.translation import gettext_lazy as _

TEXT = _("Text")
MEDIA = _("Pictures and files")
LAYOUT = _("Emphasis and order")
EVENTS = _("Events")
PEOPLE = _("Members and contact")
