"""Search over pages, events and dialogue programmes of one language, as the public may see them."""

from .finding import Found, find
from .telling import Result, told

__all__ = ["Found", "Result", "find", "told"]
