"""What the desk's script says, in the reader's language; names in %(…)s are filled in by the script."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Each sentence by its name."""
    return {**_spoken(), **_shown(), **_edited(), **_troubles()}


def _spoken() -> dict[str, str]:
    """For the live region."""
    return {
        "lifted": _(
            "“%(title)s” is lifted: %(place)s. Up and down move it by five minutes, left and right to the next "
            "column, Page Up and Page Down to another day, Shift with up and down changes its end, T puts it into "
            "the tray. Enter drops it, Escape leaves it where it was."
        ),
        "cancelled": _("Left where it was: “%(title)s”, %(place)s."),
        "place": _("%(day)s, %(times)s, %(column)s"),
        "tray": _("%(day)s, without a time"),
        "saving": _("Saving"),
        "edge": _("It goes no further that way."),
        "chosen_day": _("%(day)s, %(number)s sessions"),
        "refreshed": _("Somebody else changed the programme: it is shown as it stands now."),
    }


def _shown() -> dict[str, str]:
    return {
        "untimed": _("Without a time"),
        "other_days": _("Other days"),
        "tray_empty": _("Everything has a time."),
        "warnings_one": _("1 warning"),
        "warnings": _("%(number)s warnings"),
        "nothing_clashes": _("Nothing clashes."),
        "accepted_one": _("1 accepted warning"),
        "accepted": _("%(number)s accepted warnings"),
        "said": _("Accepted: %(said)s"),
        "said_before": _("Accepted before it changed: %(said)s"),
        "accept": _("Accept…"),
        "accept_do": _("Accept"),
        "accept_why": _("Why it may stay as it is"),
        "reopen": _("Open again"),
        "more_warnings": _("%(number)s more warnings"),
        "undo": _("Undo: %(act)s"),
        "redo": _("Redo: %(act)s"),
        "draft": _("draft"),
        "cancelled_status": _("cancelled"),
        "text_tr_missing": _("Turkish text missing"),
        "text_en_missing": _("English text missing"),
        "text_en_stale": _("English text stale"),
        "edit": _("Open its form"),
        "open": _("All about it"),
        "copy": _("Copy it"),
        "undo_none": _("There is nothing to undo."),
        "redo_none": _("There is nothing to redo."),
        "jump": _("Show “%(title)s” in the grid"),
    }


def _edited() -> dict[str, str]:
    """Of the session's own form in the panel."""
    return {
        "unsaved": _("Not saved yet"),
        "saved_at": _("Saved at %(time)s"),
        "not_saved": _("Not saved: correct what is marked."),
        "nothing_unsaved": _("Everything is saved."),
        "choose": _("Not saved: choose above which version is to stand."),
        "changed_since": _("Somebody else changed this session. What you typed is kept; saving shows both versions."),
        "also_here": _("Also here: %(names)s"),
        "alone": _("Nobody else is here."),
        "with_session": _("%(name)s at “%(title)s”"),
        "same_session": _("%(name)s has this session open too."),
        "came": _("%(name)s is at work in this programme too."),
        "correct": _("Correct it"),
        "people_offered": _("People of the directory"),
        "people_one": _("1 person is offered."),
        "people_found": _("%(number)s people are offered."),
        "people_none": _("Nobody in the directory has this name."),
    }


def _troubles() -> dict[str, str]:
    return {
        "field": _("Field"),
        "theirs": _("Saved by somebody else"),
        "yours": _("Wanted by you, not saved"),
        "keep_theirs": _("Leave it as it is"),
        "move_anyway": _("Move it all the same"),
        "offline": _("The server did not answer, so nothing was saved. Check the connection and do it again."),
        "failed": _("This could not be saved."),
        "gone": _("This session is not there any more: somebody deleted it."),
        "logged_out": _("You are logged out. Log in again in another tab, then do it again."),
    }
