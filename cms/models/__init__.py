"""The pages of the public site."""

from .base import SitePage
from .body import BodyPage
from .home import HomePage
from .news import NewsIndexPage, NewsPage
from .organisations import OrganisationIndexPage
from .people import Circle, PeopleIndexPage, ShownPerson
from .standard import SectionIndexPage, StandardPage

__all__ = [
    "BodyPage",
    "Circle",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "OrganisationIndexPage",
    "PeopleIndexPage",
    "SectionIndexPage",
    "ShownPerson",
    "SitePage",
    "StandardPage",
]
