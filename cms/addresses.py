"""Addresses of the site that belong to no event; those of events are in ``events/addresses.py``."""

from typing import Any

SEARCHES = {"tr": "/tr/ara/", "en": "/en/search/"}
MANIFESTS = {"tr": "/tr/site.webmanifest", "en": "/en/site.webmanifest"}
SITEMAP = "/sitemap.xml"


def home_path(language: str) -> str:
    return f"/{language}/"


def page_path(page: Any) -> str:
    """The path of a page on this site, in its own language."""
    parts = page.get_url_parts()
    return parts[2] if parts and parts[2] else "/"
