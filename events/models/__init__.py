"""The rows of Köprü, by what they tell: who, what and when, what is released, what goes out."""

from .acts import ProgrammeAct
from .directory import Membership, Office, Organisation, Partnership, Person, Population, Position
from .event import (
    DialogueField,
    DialogueProgramme,
    Event,
    EventOrganisation,
    FormerSlug,
    Funding,
    LineOfWork,
    Party,
    Room,
    Track,
    Venue,
)
from .frame import PageFrame
from .importing import ColumnMatch, ProgrammeImport
from .links import Link
from .outbox import Job, Message
from .planning import PlannedRelease
from .presence import Presence
from .programme import Contribution, Session
from .registration import (
    Answer,
    ChangeRequest,
    CheckIn,
    CheckInMark,
    ChosenSession,
    GroupAnswer,
    GroupLetter,
    GroupRecipient,
    LetterTiming,
    LetterWords,
    Question,
    Registration,
    RegistrationGroup,
    RegistrationSettings,
    RequestedAnswer,
    SeatedSession,
    SessionPlaces,
    TimedLetter,
    Wording,
    WordingSeen,
    WordingVersion,
)
from .release import (
    ErasureRecord,
    ProgrammeChange,
    ProgrammeRelease,
    PublicEvent,
    ReleasedPerson,
    Rendering,
)
from .sharing import HostComment, ProgrammeShare
from .templates import EventTemplate
from .texts import Suggestion
from .warnings import AcceptedWarning

__all__ = [
    "AcceptedWarning",
    "Answer",
    "ChangeRequest",
    "CheckIn",
    "CheckInMark",
    "ChosenSession",
    "ColumnMatch",
    "Contribution",
    "DialogueField",
    "DialogueProgramme",
    "ErasureRecord",
    "Event",
    "EventOrganisation",
    "EventTemplate",
    "FormerSlug",
    "Funding",
    "GroupAnswer",
    "GroupLetter",
    "GroupRecipient",
    "HostComment",
    "Job",
    "LetterTiming",
    "LetterWords",
    "LineOfWork",
    "Link",
    "Membership",
    "Message",
    "Office",
    "Organisation",
    "PageFrame",
    "Partnership",
    "Party",
    "Person",
    "PlannedRelease",
    "Population",
    "Position",
    "Presence",
    "ProgrammeAct",
    "ProgrammeChange",
    "ProgrammeImport",
    "ProgrammeRelease",
    "ProgrammeShare",
    "PublicEvent",
    "Question",
    "Registration",
    "RegistrationGroup",
    "RegistrationSettings",
    "ReleasedPerson",
    "Rendering",
    "RequestedAnswer",
    "Room",
    "SeatedSession",
    "Session",
    "SessionPlaces",
    "Suggestion",
    "TimedLetter",
    "Track",
    "Venue",
    "Wording",
    "WordingSeen",
    "WordingVersion",
]
