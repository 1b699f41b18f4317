"""Showing a working programme to hosts by a secret link, and taking their comments."""

from .comments import add_comment, finish_comment, reopen_comment
from .verbs import forget_ended_shares, last_day, revoke_share, share_key, share_programme

__all__ = [
    "add_comment",
    "finish_comment",
    "forget_ended_shares",
    "last_day",
    "reopen_comment",
    "revoke_share",
    "share_key",
    "share_programme",
]
