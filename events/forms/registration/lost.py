"""Ask for the link to one's registration."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.forms.public import AddressField


class LostLinkForm(forms.Form):
    """The address with which somebody registered."""

    use_required_attribute = False
    email = AddressField(label=_("E-mail"), help_text=_("The address with which you registered."))
