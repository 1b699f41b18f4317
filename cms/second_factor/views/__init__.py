"""The door, one's own page, and the page of whoever looks after the others."""
