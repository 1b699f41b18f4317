"""What stands above both home pages, and above all collections, is called after the site and not in English."""

from typing import Any

from django.db import migrations


def name_the_top(apps: Any, schema_editor: Any) -> None:
    apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title="Root").update(title="Köprü", draft_title="Köprü")
    apps.get_model("wagtailcore", "Collection").objects.filter(depth=1, name="Root").update(name="Köprü")


class Migration(migrations.Migration):
    dependencies = [("cms", "0013_approval")]
    operations = [migrations.RunPython(name_the_top, migrations.RunPython.noop)]
