"""An upgrade meets groups as an administrator left them: renamed, or gone."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

pytestmark = pytest.mark.django_db
GRANTING = [
    ("events.migrations.0002_groups", "make_groups"),
    ("events.migrations.0013_registration", "make_groups"),
    ("events.migrations.0016_check_in_group", "make_group"),
    ("events.migrations.0026_roles", "make_group"),
    ("cms.migrations.0004_directory_groups", "grant"),
    ("cms.migrations.0007_contact_groups", "grant"),
    ("cms.migrations.0009_site_settings_groups", "grant"),
    ("cms.migrations.0010_page_groups", "grant"),
    ("cms.migrations.0012_theme_groups", "grant"),
    ("cms.migrations.0013_approval", "catch_up"),
]


@pytest.mark.parametrize(("module", "name"), GRANTING)
@pytest.mark.parametrize("gone", [False, True])
def test_a_group_that_was_renamed_or_deleted_stops_no_upgrade(module: str, name: str, gone: bool) -> None:
    for group in Group.objects.all():
        if gone:
            group.delete()
            continue
        group.name = f"Our {group.name}"
        group.save()
        group.permissions.clear()
    getattr(importlib.import_module(module), name)(apps, None)
    renamed = Group.objects.filter(name__startswith="Our ", permissions__isnull=False)
    assert list(renamed) == []


@pytest.mark.parametrize(("module", "name"), GRANTING)
def test_the_groups_of_the_first_start_are_given_the_same_again(module: str, name: str) -> None:
    def rights() -> dict[str, set[int]]:
        return {group.name: set(group.permissions.values_list("pk", flat=True)) for group in Group.objects.all()}

    before = rights()
    getattr(importlib.import_module(module), name)(apps, None)
    assert rights() == before
