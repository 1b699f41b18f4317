"""Who says what the site is called, where it is reached and what it announces: editors."""

from django.db import migrations


def grant(apps, schema_editor):
    content_type, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="cms", model="sitesettings"
    )
    # Django makes permissions after the last migration; here they are needed before.
    permission, _made = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type, codename="change_sitesettings", defaults={"name": "Can change site settings"}
    )
    for group in apps.get_model("auth.Group").objects.filter(name__in=["Editors", "Moderators"]):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0008_site_settings"),
        ("events", "0002_groups"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
