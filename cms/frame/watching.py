"""What changes the frame of every page though no model of ours is saved: Wagtail's own rows.

Pages are also saved past our models (unpublished, moved, deleted, hidden behind a password), the site gets another
root, a picture another file. For some of this Wagtail has no signal but Django's.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.images.models import Rendition
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from .keeping import settle_frame


@receiver(page_published)
@receiver(page_unpublished)
@receiver(post_page_move)
def redraw_for_pages(**kwargs: Any) -> None:
    """Menus name pages that are public, in the order and at the address that they have."""
    settle_frame()


@receiver(post_delete, sender=Page)
@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def redraw_without(**kwargs: Any) -> None:
    """What is gone, or what not everybody may read, is in no menu."""
    settle_frame()


@receiver(post_save, sender=Site)
def redraw_for_site(raw: bool = False, **kwargs: Any) -> None:
    """Its root page decides whose menus are shown."""
    if not raw:
        settle_frame()


@receiver(post_delete, sender=Rendition)
def redraw_for_picture(instance: Rendition, **kwargs: Any) -> None:
    """The logo got another file: pages must not point at the one that is gone."""
    instance.purge_from_cache()
    settle_frame()
