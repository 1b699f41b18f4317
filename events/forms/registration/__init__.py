"""The form that a person fills in, made of an event's questions."""

from .delegate import GUARDS, RegistrationForm
from .lost import LostLinkForm

__all__ = ["GUARDS", "LostLinkForm", "RegistrationForm"]
