"""The translation table of an event."""
