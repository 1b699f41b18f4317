"""Wagtail's screens of users and groups, where groups are called in the reader's language."""
