"""Wagtail's one workflow under a name that stands in both languages' buttons: names are data, not texts."""

from django.db import migrations

BEFORE, NAME = "Moderators approval", "Onay · Approval"


def rename(apps, schema_editor):
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=BEFORE).update(name=NAME)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0010_page_groups"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
