"""The pages of the public site."""

from .base import SitePage
from .home import HomePage

__all__ = ["HomePage", "SitePage"]
