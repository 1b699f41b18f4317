"""Who may do what from the first start: editors write, programme officers also release, readers look."""

from django.db import migrations

ROWS = [
    "contribution", "dialogueprogramme", "event", "eventorganisation", "funding", "membership", "office",
    "organisation", "partnership", "party", "person", "population", "position", "room", "session", "track", "venue",
]
READ_ONLY = ["job", "message", "programmerelease"]
OFFICERS = [("event", "release_event"), ("event", "cancel_event"), ("event", "import_event"), ("job", "change_job"),
            ("message", "change_message")]
NAMES = {
    "release_event": "Can release a programme",
    "cancel_event": "Can cancel or withdraw an event",
    "import_event": "Can import a programme",
}


def _permission(apps, model, codename):
    # Django makes permissions after the last migration; here they are needed before.
    content_type, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="events", model=model
    )
    name = NAMES.get(codename, f"Can {codename.split('_')[0]} {apps.get_model('events', model)._meta.verbose_name}")
    permission, _made = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": name}
    )
    return permission


def _permissions(apps, verbs, models):
    return [_permission(apps, model, f"{verb}_{model}") for model in models for verb in verbs]


def make_groups(apps, schema_editor):
    """Add to Wagtail's own editors and make the two groups that it does not have."""
    group = apps.get_model("auth.Group").objects
    access = apps.get_model("auth.Permission").objects.get(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    see = [access, *_permissions(apps, ["view"], [*ROWS, *READ_ONLY])]
    write = [*see, *_permissions(apps, ["add", "change"], ROWS)]
    officer = [*write, *_permissions(apps, ["delete"], ROWS), *(_permission(apps, *each) for each in OFFICERS)]
    for name, permissions in (("Readers", see), ("Editors", write), ("Programme officers", officer)):
        group.get_or_create(name=name)[0].permissions.add(*permissions)


def remove_groups(apps, schema_editor):
    apps.get_model("auth.Group").objects.filter(name__in=["Readers", "Programme officers"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0002_initial_data"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
