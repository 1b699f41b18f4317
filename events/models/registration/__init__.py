"""Who comes: how an event takes registrations, what it asks and tells, and the registrations themselves."""

from .check_ins import CheckIn, CheckInMark
from .groups import GroupAnswer, RegistrationGroup
from .letters import GroupLetter, GroupRecipient, LetterTiming, LetterWords, TimedLetter
from .papers import Certificate, Paper
from .questions import Answer, Question
from .registrations import Registration
from .requests import ChangeRequest, RequestedAnswer
from .sessions import ChosenSession, SeatedSession, SessionPlaces
from .settings import RegistrationSettings
from .uploads import Upload
from .wordings import Wording, WordingSeen, WordingVersion

__all__ = [
    "Answer",
    "Certificate",
    "ChangeRequest",
    "CheckIn",
    "CheckInMark",
    "ChosenSession",
    "GroupAnswer",
    "GroupLetter",
    "GroupRecipient",
    "LetterTiming",
    "LetterWords",
    "Paper",
    "Question",
    "Registration",
    "RegistrationGroup",
    "RegistrationSettings",
    "RequestedAnswer",
    "SeatedSession",
    "SessionPlaces",
    "TimedLetter",
    "Upload",
    "Wording",
    "WordingSeen",
    "WordingVersion",
]
