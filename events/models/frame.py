"""What stands round every public page, as far as this package has to know it: which one counts."""

from django.db import models


class PageFrame(models.Model):
    """One row. Menus, footer and notices belong to the site above; here is only what names the frame that counts.

    ``stamp`` names the frame by its content. ``moments`` are the instants (ISO 8601, UTC, in order) at which a page
    that stands in it looks different by itself: a notice appears or goes.
    """

    stamp = models.CharField(max_length=32, blank=True)
    moments = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.stamp
