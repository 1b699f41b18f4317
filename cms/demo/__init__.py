"""The demo: the fictional association of ``demo/sample.yaml`` and the log-ins to look at it."""

from .accounts import Login, make_logins
from .loading import load_sample
from .sample import SAMPLE, read_sample

__all__ = ["SAMPLE", "Login", "load_sample", "make_logins", "read_sample"]
