"""Registering a group, and the page of its contact."""
