"""The public site of the demo's association: pages as its editors would have written them, in both languages."""

from .frame import load_site_settings
from .loading import load_site
from .pages import Desk

__all__ = ["Desk", "load_site", "load_site_settings"]
