"""The form that a person fills in, made of an event's questions."""

from .delegate import GUARDS, RegistrationForm
from .lost import LostLinkForm
from .questions import QuestionsForm

__all__ = ["GUARDS", "LostLinkForm", "QuestionsForm", "RegistrationForm"]
