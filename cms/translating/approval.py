"""A translation goes the way of every page: whoever may not publish it asks for approval."""

from typing import Any

from django.db import transaction
from wagtail.models import Page, WorkflowState

from cms.translating.following import kept_up
from events.permissions import require


def may_ask(user: Any, page: Page) -> bool:
    """Whether somebody may ask for approval of this translation now."""
    may = page.permissions_for_user(user)
    return bool(may.can_edit() and may.can_submit_for_moderation() and kept_up(page))


@transaction.atomic
def ask_for_approval(*, page: Page, user: Any) -> None:
    """Write the translation as it stands into a draft, and hand that to those who approve.

    Raises PermissionDenied for whoever may not edit it or where it is with them already, and ValidationError where the
    draft cannot be a page.
    """
    require(may_ask(user, page))
    kept: Any = kept_up(page)
    kept.save_target(user=user, publish=False)
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    state = draft.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        draft.get_workflow().start(draft, user)
