"""Which frame public pages stand in: one row, there from the first start."""

from django.db import migrations, models


def make_row(apps, schema_editor):
    apps.get_model("events.PageFrame").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("events", "0004_organisation_coordinates")]

    operations = [
        migrations.CreateModel(
            name="PageFrame",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stamp", models.CharField(blank=True, max_length=32)),
                ("moments", models.JSONField(default=list)),
            ],
        ),
        migrations.RunPython(make_row, migrations.RunPython.noop),
    ]
