"""The pages of the public site."""

from .base import SitePage
from .body import BodyPage
from .home import HomePage

__all__ = ["BodyPage", "HomePage", "SitePage"]
