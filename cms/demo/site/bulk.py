"""Many pages at once: what Wagtail does after every save, done once for each page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models.signals import post_save
from modelsearch.index import insert_or_update_object
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import Page, ReferenceIndex, get_page_models
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.frame import settled_once


@contextmanager
def many_pages() -> Iterator[None]:
    """Inside, pages are only saved; at the end menus, search and references learn of all of them."""
    models = [Page, *get_page_models()]
    for model in models:
        post_save.disconnect(post_save_signal_handler, sender=model)
    try:
        with settled_once(), disable_reference_index_auto_update():
            yield
    finally:
        for model in models:
            post_save.connect(post_save_signal_handler, sender=model)
    for page in Page.objects.filter(depth__gt=1).specific():
        insert_or_update_object(page)
        ReferenceIndex.create_or_update_for_object(page)
