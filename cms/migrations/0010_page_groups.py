"""Who translates pages, and who approves and publishes them.

Wagtail made Editors, who write, and Moderators, who publish and whose task approval is. Moderators may besides all that
Editors may; programme officers write pages as editors do.
"""

from django.db import migrations

PAGES = "wagtailcore.GroupPagePermission"
FILES = "wagtailcore.GroupCollectionPermission"


def _copy(group_from, group_to, model, place):
    for row in model.objects.filter(group=group_from):
        model.objects.get_or_create(
            group=group_to, permission_id=row.permission_id, **{f"{place}_id": getattr(row, f"{place}_id")}
        )


def grant(apps, schema_editor):
    Group, Permission = apps.get_model("auth.Group"), apps.get_model("auth.Permission")
    # Editors or officers that somebody renamed or deleted are left alone.
    editors = Group.objects.filter(name="Editors").first()
    officers = list(Group.objects.filter(name="Programme officers"))
    moderators, _made = Group.objects.get_or_create(name="Moderators")
    content_type, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="wagtail_localize", model="translation"
    )
    # Django makes permissions after the last migration; here they are needed before.
    submit, _made = Permission.objects.get_or_create(
        content_type=content_type, codename="submit_translation", defaults={"name": "Can submit translations"}
    )
    if editors:
        editors.permissions.add(submit)
    for group in (moderators, *officers) if editors else ():
        group.permissions.add(*editors.permissions.all())
        _copy(editors, group, apps.get_model(PAGES), "page")
        _copy(editors, group, apps.get_model(FILES), "collection")
    _let_approve(apps, moderators)


def _let_approve(apps, moderators):
    """An approver without the right to publish would end in an error instead of a public page."""
    page_type, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="wagtailcore", model="page"
    )
    for codename in ("publish_page", "lock_page", "unlock_page"):
        permission = apps.get_model("auth.Permission").objects.get(content_type=page_type, codename=codename)
        for row in apps.get_model(PAGES).objects.filter(group__name="Editors", permission__codename="change_page"):
            apps.get_model(PAGES).objects.get_or_create(
                group=moderators, page_id=row.page_id, permission_id=permission.pk
            )


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0009_site_settings_groups"),
        ("events", "0002_groups"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
