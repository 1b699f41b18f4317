"""The frame of every public page: name, logo, menus, notices, footer; drawn from settings and the page tree."""

from .drawing import draw_frames
from .keeping import forget_frames, frame_in, settle_frame, settled_once
from .parts import Contact, Frame, Frames, Link, Notice, Picture
from .telling import organisation_data

__all__ = [
    "Contact",
    "Frame",
    "Frames",
    "Link",
    "Notice",
    "Picture",
    "draw_frames",
    "forget_frames",
    "frame_in",
    "organisation_data",
    "settle_frame",
    "settled_once",
]
