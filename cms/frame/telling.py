"""The association in the words of schema.org."""

from typing import Any

from django.utils.safestring import SafeString

from cms.addresses import home_path
from events import addresses
from events.views.heads import data_block

from .parts import Frame


def organisation_data(frame: Frame) -> SafeString:
    """Who answers for this site: what stands in the footer, for machines."""
    contact = frame.contact
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": frame.name,
        "alternateName": frame.short_name if frame.short_name != frame.name else "",
        "description": frame.tagline,
        "url": addresses.absolute(home_path(frame.language)),
        "logo": addresses.absolute(frame.logo.path) if frame.logo else "",
        "email": contact.email,
        "telephone": contact.phone,
        "address": " ".join(contact.address.split()),
        "sameAs": [address for _name, address in frame.social],
    }
    return data_block({name: value for name, value in data.items() if value})
