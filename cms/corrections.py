"""Words that templates of packages say in English whoever reads, put right as the templates are read.

A correction that finds nothing to correct stops the template, and so the tests: after an upgrade it may be gone.
"""

from django.core.exceptions import ImproperlyConfigured
from django.template import Origin
from django.template.loaders import app_directories

_SEARCH = ('value="Search"', 'value="{% load i18n %}{% translate "Search" %}"')
_THING = "{% translate content_perms_dict.object|capfirst %}"
#: By template: what stands there, and what should.
CORRECTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "wagtailadmin/home.html": (_SEARCH,),
    "wagtailadmin/shared/header.html": (_SEARCH,),
    "wagtailadmin/shared/headers/_actions.html": (
        ('aria-label="Actions"', 'aria-label="{% load i18n %}{% translate "Actions" %}"'),
    ),
    # “True” and “False”, for screen readers.
    "wagtailadmin/tables/boolean_cell.html": (("value|stringformat:'s'", "value|yesno"),),
    # The names that permissions and some models have in the database, for screen readers too.
    "wagtailusers/groups/includes/formatted_permissions.html": (
        ("{{ content_perms_dict.object|capfirst }}", _THING),
        ("{{ content_perms_dict.add.perm.name }}", f'{{% translate "Add" %}}: {_THING}'),
        ("{{ content_perms_dict.change.perm.name }}", f'{{% translate "Change" %}}: {_THING}'),
        ("{{ content_perms_dict.delete.perm.name }}", f'{{% translate "Delete" %}}: {_THING}'),
    ),
    "wagtaillocales/index.html": (
        (
            "{{ locale.num_pages }} pages{% if locale.num_others %} + {{ locale.num_others }} others{% endif %}",
            "{% load wording %}{% language_uses locale %}",
        ),
    ),
}


class Loader(app_directories.Loader):
    """As Django reads the templates of installed packages, with our corrections."""

    def get_contents(self, origin: Origin) -> str:
        text: str = super().get_contents(origin)
        for wrong, right in CORRECTIONS.get(_name(origin), ()):
            if wrong not in text:
                raise ImproperlyConfigured(f"{_name(origin)} does not say {wrong!r} any more")
            text = text.replace(wrong, right)
        return text


def _name(origin: Origin) -> str:
    name = origin.template_name
    return name.decode() if isinstance(name, bytes) else str(name)
