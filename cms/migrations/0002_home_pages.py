"""A home for each language in place of Wagtail's welcome page: the site answers from the first start."""

import uuid

from django.db import migrations

HOMES = [("tr", "Köprü", "home", "00010001"), ("en", "Köprü", "home-en", "00010002")]


def make_homes(apps, schema_editor):
    Locale = apps.get_model("wagtailcore.Locale")
    Page = apps.get_model("wagtailcore.Page")
    HomePage = apps.get_model("cms.HomePage")
    content_type, _made = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="cms", model="homepage"
    )
    Page.objects.filter(depth=2).delete()
    key = uuid.uuid4()
    for language, title, slug, path in HOMES:
        locale, _made = Locale.objects.get_or_create(language_code=language)
        home = HomePage.objects.create(
            title=title, draft_title=title, slug=slug, content_type=content_type, path=path, depth=2, numchild=0,
            url_path=f"/{slug}/", locale=locale, translation_key=key, show_in_menus=False,
        )
        if language == "tr":
            apps.get_model("wagtailcore.Site").objects.update_or_create(
                is_default_site=True,
                defaults={"hostname": "localhost", "port": 80, "root_page_id": home.pk, "site_name": "Köprü"},
            )
    Page.objects.filter(depth=1).update(numchild=len(HOMES))


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0001_pages"),
        ("wagtailcore", "0054_initial_locale"),
    ]

    operations = [migrations.RunPython(make_homes, migrations.RunPython.noop)]
