"""Texts in several languages on paper, each told which it is."""

from django import template

from events.documents import runs

register = template.Library()
register.filter("spans", runs.side_by_side)
register.filter("within", runs.run)
