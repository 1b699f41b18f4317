"""The site's own settings and middleware, with the floors' addresses beside its own."""

from pathlib import Path

from cms.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.floors.urls"
TEMPLATES[0]["DIRS"].append(Path(__file__).parent)  # type: ignore[attr-defined]  # noqa: F405
