from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    label = "events"
    verbose_name = _("events")

    def ready(self) -> None:
        """Name who does which work; by dotted names, because WeasyPrint is slow to import."""
        from events import jobs, receivers  # noqa: F401, PLC0415 (app ready)

        jobs.register("render_programme", "events.documents.handler.render_job")
        jobs.register("suggest_texts", "events.texts.suggesting.run_suggestions")
        jobs.register("try_import", "events.exchange.handler.try_job")
        jobs.register("import_programme", "events.exchange.handler.import_job")
