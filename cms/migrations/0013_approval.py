"""Wagtail's one workflow under a name that stands in both languages' buttons: names are data, not texts.

And again: what editors were given since, moderators may too.
"""

from django.db import migrations

BEFORE, NAME = "Moderators approval", "Onay · Approval"


def rename(apps, schema_editor):
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=BEFORE).update(name=NAME)


def catch_up(apps, schema_editor):
    groups = apps.get_model("auth.Group").objects
    # A group that somebody renamed or deleted is left alone.
    for moderators in groups.filter(name="Moderators"):
        for editors in groups.filter(name="Editors"):
            moderators.permissions.add(*editors.permissions.all())


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0012_theme_groups"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(rename, migrations.RunPython.noop),
        migrations.RunPython(catch_up, migrations.RunPython.noop),
    ]
