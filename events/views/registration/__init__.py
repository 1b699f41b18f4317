"""Registering for an event, and what a registered person sees and does."""
