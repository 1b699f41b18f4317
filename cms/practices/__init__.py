"""Practices in lists and side by side."""
