"""All pictures of the handbook."""

from . import pictures as _programme  # noqa: F401 - takes part by being read
from . import registration_pictures as _registration  # noqa: F401 - takes part by being read
from .camera import PICTURES, WIDTH, Camera

__all__ = ["PICTURES", "WIDTH", "Camera"]
