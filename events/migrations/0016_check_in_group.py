from django.db import migrations

#: Who works at the door sees names, organisations and states there, and nothing else of the admin.
GROUP = "Check-in"


def make_group(apps, schema_editor):
    """The right to check in, for a group of its own and for both kinds of officers."""
    # Django makes permissions after the last migration; here they are needed before.
    content_type, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="events", model="checkin"
    )
    permissions = apps.get_model("auth.Permission").objects
    right, _made = permissions.get_or_create(
        content_type=content_type,
        codename="check_in_registration",
        defaults={"name": "Can check people in at the door"},
    )
    access = permissions.get(content_type__app_label="wagtailadmin", codename="access_admin")
    groups = apps.get_model("auth.Group").objects
    groups.get_or_create(name=GROUP)[0].permissions.add(access, right)
    for name in ("Registration officers", "Programme officers"):
        for group in groups.filter(name=name):
            group.permissions.add(right)


def remove_group(apps, schema_editor):
    apps.get_model("auth.Group").objects.filter(name=GROUP).delete()


class Migration(migrations.Migration):
    dependencies = [("events", "0015_check_ins")]
    operations = [migrations.RunPython(make_group, remove_group)]
