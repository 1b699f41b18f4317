"""What editors build pages of: small blocks, each with a label, an icon, a group and a preview."""

from .body import BodyBlock
from .field import BlocksField
from .home import HomeBlock

__all__ = ["BlocksField", "BodyBlock", "HomeBlock"]
