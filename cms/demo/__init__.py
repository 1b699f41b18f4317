"""The demo: the fictional association of ``demo/sample.yaml``, its site, and the log-ins to look at both."""

from .accounts import Login, make_logins
from .loading import load_sample
from .sample import SAMPLE, read_sample
from .site import Desk, load_site

__all__ = ["SAMPLE", "Desk", "Login", "load_sample", "load_site", "make_logins", "read_sample"]
