"""Forms of one address: to ask for the link to one's registration, and to give another address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events.forms.public import AddressField


class LostLinkForm(forms.Form):
    """The address with which somebody registered."""

    use_required_attribute = False
    email = AddressField(label=_("E-mail"), help_text=_("The address with which you registered."))


class NewAddressForm(forms.Form):
    """The address to which letters shall go from now on."""

    use_required_attribute = False
    email = AddressField(
        label=_("New e-mail address"),
        help_text=_("We write to it. The letter has a button with which you confirm that it is yours."),
    )
