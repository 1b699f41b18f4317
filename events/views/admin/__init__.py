"""The admin screens of one event: its home and what is done there."""
