"""What is run: events, their sessions, dialogue programmes and the money for them."""

from .events import EventViewSet
from .series import DialogueProgrammeViewSet, FundingViewSet
from .sessions import SessionViewSet

__all__ = ["DialogueProgrammeViewSet", "EventViewSet", "FundingViewSet", "SessionViewSet"]
