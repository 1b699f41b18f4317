"""Who may read and delete what came in by contact pages: editors and programme officers."""

from django.db import migrations


def grant(apps, schema_editor):
    content_type, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="cms", model="contactmessage"
    )
    # Django makes permissions after the last migration; here they are needed before.
    permissions = [
        apps.get_model("auth.Permission").objects.get_or_create(
            content_type=content_type, codename=f"{verb}_contactmessage", defaults={"name": f"Can {verb} contact message"}
        )[0]
        for verb in ("view", "delete")
    ]
    # A group that somebody renamed or deleted is left alone.
    for group in apps.get_model("auth.Group").objects.filter(name__in=("Editors", "Programme officers")):
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0006_contact"),
        ("events", "0002_groups"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
