"""Who names the themes of practices: whoever writes pages; readers look."""

from django.db import migrations

WRITE = ("view", "add", "change", "delete")
GROUPS = {"Readers": ("view",), "Editors": WRITE, "Moderators": WRITE, "Programme officers": WRITE}


def grant(apps, schema_editor):
    content_type, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="cms", model="theme"
    )
    # A group that somebody renamed or deleted is left alone.
    for group in apps.get_model("auth.Group").objects.filter(name__in=list(GROUPS)):
        for verb in GROUPS[group.name]:
            # Django makes permissions after the last migration; here they are needed before.
            permission, _made = apps.get_model("auth.Permission").objects.get_or_create(
                content_type=content_type, codename=f"{verb}_theme", defaults={"name": f"Can {verb} theme of practices"}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0011_practices"),
        ("events", "0002_groups"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
