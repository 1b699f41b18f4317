"""Registrations of an event in the admin: who comes, one of them, and how the event takes them."""
