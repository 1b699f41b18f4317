"""New events from what there is: a copy of another event on new dates, or a template of its kind."""

from .blueprint import Blueprint, Part, read_blueprint
from .builtin import BuiltIn, builtin_templates
from .forecast import Forecast, forecast
from .planting import free_slug
from .verbs import clone_event, create_from_template, drop_template, keep_template

__all__ = [
    "Blueprint",
    "BuiltIn",
    "Forecast",
    "Part",
    "builtin_templates",
    "clone_event",
    "create_from_template",
    "drop_template",
    "forecast",
    "free_slug",
    "keep_template",
    "read_blueprint",
]
