"""Who decides whom the site shows: editors and programme officers; readers look."""

from django.db import migrations

NAME = {"view": "Can view person on the site", "add": "Can add person on the site",
        "change": "Can change person on the site", "delete": "Can delete person on the site"}
WRITE = ("view", "add", "change", "delete")
GROUPS = {"Readers": ("view",), "Editors": WRITE, "Programme officers": WRITE}


def grant(apps, schema_editor):
    content_type, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="cms", model="shownperson"
    )
    # A group that somebody renamed or deleted is left alone.
    for group in apps.get_model("auth.Group").objects.filter(name__in=list(GROUPS)):
        for verb in GROUPS[group.name]:
            # Django makes permissions after the last migration; here they are needed before.
            permission, _made = apps.get_model("auth.Permission").objects.get_or_create(
                content_type=content_type, codename=f"{verb}_shownperson", defaults={"name": NAME[verb]}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0003_directory"),
        ("events", "0002_groups"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
