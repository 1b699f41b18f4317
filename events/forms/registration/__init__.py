"""The form that a person fills in, made of an event's questions."""

from .delegate import GUARDS, RegistrationForm
from .lost import LostLinkForm
from .own import OwnForm
from .questions import ONCE, Files, QuestionsForm, remove_name

__all__ = ["GUARDS", "ONCE", "Files", "LostLinkForm", "OwnForm", "QuestionsForm", "RegistrationForm", "remove_name"]
