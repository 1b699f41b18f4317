from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    label = "events"
    verbose_name = _("events")

    def ready(self) -> None:
        """Name who does which work; by dotted names, because WeasyPrint is slow to import."""
        from events import jobs, mail, receivers  # noqa: F401, PLC0415 (app ready)

        mail.register_link("registration", _registration_link)
        mail.register_link("group", _group_link)
        mail.register_link("address", _address_link)
        told = "events.viewsets.jobs.kinds"
        for kind, handler, label, teller in (
            ("render_programme", "documents.handler.render_job", _("Set the programme for printing"), "renderings"),
            ("suggest_texts", "texts.suggesting.run_suggestions", _("Suggest translations"), "suggestions"),
            ("try_import", "exchange.handler.try_job", _("Try a file"), "imports"),
            ("tell_registered", "registration.telling.tell_job", _("Tell those who are registered"), "tellings"),
            ("timed_letters", "registration.timed.send_job", _("Send reminders or thanks"), "tellings"),
            ("lost_link", "registration.lost.send_job", _("Send a lost link"), None),
            ("set_paper", "registration.papers.set_job", _("Set badges, certificates or a list"), "papers"),
            ("group_letter", "registration.group_letters.send_job", _("Write to a group"), "tellings"),
            ("import_programme", "exchange.handler.import_job", _("Import a programme"), "imports"),
        ):
            jobs.register(kind, f"events.{handler}", label=label, teller=teller and f"{told}.{teller}")


def _registration_link(message: object) -> str:
    from events.registration.letters import link_of  # noqa: PLC0415 - slow import

    return link_of(message)  # type: ignore[arg-type]


def _group_link(message: object) -> str:
    from events.registration.groups.letters import link_of  # noqa: PLC0415 - slow import

    return link_of(message)  # type: ignore[arg-type]


def _address_link(message: object) -> str:
    from events.registration.own_address import link_of  # noqa: PLC0415 - slow import

    return link_of(message)  # type: ignore[arg-type]
