"""The pages of the public site."""

from .base import SitePage
from .body import BodyPage
from .home import HomePage
from .organisations import OrganisationIndexPage
from .people import Circle, PeopleIndexPage, ShownPerson

__all__ = [
    "BodyPage",
    "Circle",
    "HomePage",
    "OrganisationIndexPage",
    "PeopleIndexPage",
    "ShownPerson",
    "SitePage",
]
