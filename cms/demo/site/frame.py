"""Settings of the site: its name, its contact, its legal pages, what its notices say."""

from typing import Any

from wagtail.models import Site

from cms.demo.sample import Data, pair
from cms.models import SiteNotice, SiteSettings

from .edition import moment, read


def load_site_settings() -> SiteSettings:
    """Name, contact and what the association is for; a name that somebody gave stays with all that goes with it."""
    told: Data = read("settings")
    settings: SiteSettings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    if not settings.name_tr:
        for name in ("name", "short_name", "tagline", "address"):
            for column, text in pair(name, told[name]).items():
                setattr(settings, column, text.strip())
        for name in ("email", "phone", "security_email"):
            setattr(settings, name, told[name])
        settings.full_clean()
        settings.save()
    return settings


def load_frame(rows: dict[tuple[str, str], Any]) -> None:
    """Lead to the legal pages, and say what every page says at the moment."""
    told: Data = read("settings")
    settings: Any = load_site_settings()  # modelcluster has no types
    for name in SiteSettings.LEGAL:
        setattr(settings, name, rows["page", told["legal"][name]])
    settings.sharing_picture = rows["picture", told["sharing_picture"]]
    settings.notices = [
        SiteNotice(page=rows["page", each["page"]], ends_at=moment(each["until"]), **pair("text", each["text"]))
        for each in told["notices"]
    ]
    settings.full_clean()
    settings.save()
