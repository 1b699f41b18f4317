from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = _("site")

    def ready(self) -> None:
        """Listen to the news from below; let Wagtail speak each reader's language.

        With Redis, Celery hears the bell; without, each web process does (cms/embedded.py).
        """
        from cms import housekeeping, notices, pictures, receivers, wording  # noqa: F401, PLC0415 (app ready)
        from cms.frame import watching  # noqa: F401, PLC0415 (app ready)
        from cms.second_factor import sessions  # noqa: F401, PLC0415 (app ready)
        from events import association, jobs  # noqa: PLC0415 - app ready

        association.tell_by(_name_in, _email)
        wording.translate_late()
        notices.promise_notices()
        jobs.register("forgotten_password", "cms.entering.letters.send_job", label=_("Send a way to a new password"))
        jobs.register(housekeeping.INDEXES, housekeeping.rebuild_indexes, label=_("Build the search index anew"))
        jobs.register(
            pictures.KIND, pictures.make_pictures, label=_("Make the pictures of a page"), teller=pictures.tell
        )

        if settings.REDIS_URL:
            from cms.celery import announce  # noqa: PLC0415 - slow import
            from events import bell  # noqa: PLC0415 - app ready

            bell.listen(announce)


def _name_in(language: str) -> str:
    """The association's name as the frame of every page has it."""
    from cms.frame import frame_in  # noqa: PLC0415 - models are not loaded when this file is

    return str(frame_in(language).name)


def _email() -> str:
    """The association's address as the foot of every page has it."""
    from cms.frame import frame_in  # noqa: PLC0415 - models are not loaded when this file is

    return str(frame_in(settings.LANGUAGE_CODE).contact.email)
