"""The roof: Wagtail pages, settings, addresses and the admin's home."""
