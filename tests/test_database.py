"""The tests' own database: what a committing test leaves must not reach the next one."""

import pytest
from django.contrib.auth.models import Permission
from wagtail.models import Locale, Page, Site

_FLUSHED = pytest.mark.django_db(transaction=True)


@_FLUSHED
@pytest.mark.parametrize("time", ["first", "again"])
def test_rows_of_migrations_are_there_after_a_committing_test(time: str) -> None:
    assert (Site.objects.count(), Locale.objects.count(), Page.objects.count()) == (1, 2, 3)
    assert Permission.objects.filter(codename="access_admin").count() == 1
    root = Page.get_first_root_node()
    site = Site.objects.create(hostname=f"{time}.example.org", root_page=root)
    assert site.pk > 1
    Site.objects.all().delete()
