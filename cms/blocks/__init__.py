"""What editors build pages of: small blocks, each with a label, an icon, a group and a preview."""

from .body import BodyBlock

__all__ = ["BodyBlock"]
