"""The page for the door: who is expected, who is in; goes on without a connection."""
