"""The contact form from question to deletion."""
