"""The pages of the public site, and what it says of itself on each."""

from .base import SitePage
from .body import BodyPage
from .contact import ContactField, ContactPage
from .home import HomePage
from .messages import ContactMessage, ShownText
from .news import NewsIndexPage, NewsPage
from .organisations import OrganisationIndexPage
from .people import Circle, PeopleIndexPage, ShownPerson
from .practices import PracticeIndexPage, PracticePage, Theme
from .second_factor import Authenticator, GuardedGroup, RecoveryCode
from .site import SiteLink, SiteNotice, SiteSettings
from .standard import SectionIndexPage, StandardPage

__all__ = [
    "Authenticator",
    "BodyPage",
    "Circle",
    "ContactField",
    "ContactMessage",
    "ContactPage",
    "GuardedGroup",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "OrganisationIndexPage",
    "PeopleIndexPage",
    "PracticeIndexPage",
    "PracticePage",
    "RecoveryCode",
    "SectionIndexPage",
    "ShownPerson",
    "ShownText",
    "SiteLink",
    "SiteNotice",
    "SitePage",
    "SiteSettings",
    "StandardPage",
    "Theme",
]
