"""One factory per row, nothing surprising: what a test does not name stays as empty as the row allows.

Traits name states: ``SessionFactory(confirmed=True)``, ``UserFactory(officer=True)``.
"""

import datetime as dt
from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from factory.django import DjangoModelFactory

from events import models
from events.links import issue_link

#: The day on which everything in tests begins unless a test says otherwise: a Thursday.
DAY = dt.date(2027, 6, 10)


class UserFactory(DjangoModelFactory):
    """Somebody with a log-in; the password is always ``gizli-kelime``."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    class Params:
        officer = factory.Trait(username=factory.Sequence("officer{}".format), in_group="Programme officers")
        editor = factory.Trait(username=factory.Sequence("editor{}".format), in_group="Editors")
        moderator = factory.Trait(username=factory.Sequence("moderator{}".format), in_group="Moderators")
        reader = factory.Trait(username=factory.Sequence("reader{}".format), in_group="Readers")
        admin = factory.Trait(username=factory.Sequence("admin{}".format), is_superuser=True)

    username = factory.Sequence("user{}".format)
    email = factory.LazyAttribute(lambda user: f"{user.username}@sample.example")
    password = factory.django.Password("gizli-kelime")

    in_group = ""

    @classmethod
    def _create(cls, model_class: type, *args: Any, in_group: str = "", **kwargs: Any) -> Any:
        """Put the user into the group of that name; a trait cannot reach what is done after creating."""
        user = super()._create(model_class, *args, **kwargs)
        if in_group:
            user.groups.add(Group.objects.get(name=in_group))
        return user


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = models.Organisation

    name_tr = factory.Sequence("Örnek Belediyesi {}".format)
    name_en = factory.Sequence("Sample Municipality {}".format)
    city_tr = "Işıklar"
    city_en = "Işıklar"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Membership

    organisation = factory.SubFactory(OrganisationFactory)
    starts_on = dt.date(2011, 4, 18)


class PopulationFactory(DjangoModelFactory):
    class Meta:
        model = models.Population

    organisation = factory.SubFactory(OrganisationFactory)
    year = 2026
    count = 312_000


class PartnershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Partnership
        skip_postgeneration_save = True

    kind = models.Partnership.Kind.TWIN_TOWN
    title_tr = factory.Sequence("Kardeş şehir protokolü {}".format)
    title_en = factory.Sequence("Twinning agreement {}".format)

    @factory.post_generation
    def parties(self: Any, create: bool, extracted: list[models.Organisation] | None, **kwargs: Any) -> None:
        """The organisations that signed."""
        if create and extracted:
            self.organisations.set(extracted)


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = models.Office

    name_tr = factory.Sequence("Belediye Başkanı {}".format)
    name_en = factory.Sequence("Mayor {}".format)
    rank = 10


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = models.Person

    name = factory.Sequence("Ayşe Örnek {}".format)
    family_name = "Örnek"


class PositionFactory(DjangoModelFactory):
    class Meta:
        model = models.Position

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title_tr = "Belediye Başkanı"
    title_en = "Mayor"


class DialogueProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = models.DialogueProgramme

    slug = factory.Sequence("birlikte-yasanan-kentler-{}".format)
    title_tr = factory.Sequence("Birlikte Yaşanan Kentler {}".format)
    title_en = factory.Sequence("Cities for Living Together {}".format)
    line_of_work = models.LineOfWork.SERVICES
    field = models.DialogueField.SOCIAL


class VenueFactory(DjangoModelFactory):
    class Meta:
        model = models.Venue

    # Rooms stand in the order of their venues' names: the tenth made must not come before the ninth.
    name_tr = factory.Sequence("Çınaraltı Kongre Merkezi {:06}".format)
    name_en = factory.Sequence("Çınaraltı Congress Centre {:06}".format)
    city_tr = "Işıklar"
    city_en = "Işıklar"


class RoomFactory(DjangoModelFactory):
    class Meta:
        model = models.Room

    venue = factory.SubFactory(VenueFactory)
    position = factory.Sequence(int)
    name_tr = factory.Sequence("Salon Ihlamur {}".format)
    name_en = factory.Sequence("Linden Room {}".format)


class EventFactory(DjangoModelFactory):
    """A conference of one day; ``with_sessions=3`` gives it sessions."""

    class Meta:
        model = models.Event
        skip_postgeneration_save = True

    slug = factory.Sequence("iklim-forumu-{}".format)
    title_tr = factory.Sequence("İklim Forumu {}".format)
    title_en = factory.Sequence("Climate Forum {}".format)
    starts_on = DAY
    ends_on = DAY

    @factory.post_generation
    def with_sessions(self: Any, create: bool, extracted: int | None, **kwargs: Any) -> None:
        """So many confirmed sessions, an hour each from nine o'clock."""
        for number in range(extracted or 0):
            start = dt.time(9 + number)
            SessionFactory(event=self, confirmed=True, start=start, end=dt.time(10 + number), **kwargs)


class EventOrganisationFactory(DjangoModelFactory):
    class Meta:
        model = models.EventOrganisation

    event = factory.SubFactory(EventFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = models.EventOrganisation.Role.HOST


class TrackFactory(DjangoModelFactory):
    class Meta:
        model = models.Track

    event = factory.SubFactory(EventFactory)
    letter = "A"
    name_tr = factory.Sequence("İklim {}".format)
    name_en = factory.Sequence("Climate {}".format)
    colour = "#1b7f4b"


class PartyFactory(DjangoModelFactory):
    class Meta:
        model = models.Party

    event = factory.SubFactory(EventFactory)
    name_tr = factory.Sequence("Teknik heyet {}".format)
    name_en = factory.Sequence("Technical party {}".format)


class FundingFactory(DjangoModelFactory):
    class Meta:
        model = models.Funding

    dialogue_programme = factory.SubFactory(DialogueProgrammeFactory)
    source = factory.SubFactory(OrganisationFactory)
    amount = 60_000


class SessionFactory(DjangoModelFactory):
    """A draft of a talk from nine to ten on the first day."""

    class Meta:
        model = models.Session

    class Params:
        confirmed = factory.Trait(status=models.Session.Status.CONFIRMED)
        cancelled = factory.Trait(status=models.Session.Status.CANCELLED)
        untimed = factory.Trait(start=None, end=None)
        restricted = factory.Trait(audience=models.Session.Audience.PARTICIPANTS)

    event = factory.SubFactory(EventFactory)
    day = factory.LazyAttribute(lambda session: session.event.starts_on or DAY)
    start = dt.time(9)
    end = dt.time(10)
    title_tr = factory.Sequence("Açılış oturumu {}".format)
    title_en = factory.Sequence("Opening session {}".format)


class ContributionFactory(DjangoModelFactory):
    class Meta:
        model = models.Contribution

    session = factory.SubFactory(SessionFactory)
    person = factory.SubFactory(PersonFactory)
    shown_tr = "Belediye Başkanı, Çınarlı Belediyesi"
    shown_en = "Mayor, Çınarlı Municipality"


class ProgrammeShareFactory(DjangoModelFactory):
    """A working programme shared with a host, by a link that is open for a month; ``ends_in`` says otherwise."""

    class Meta:
        model = models.ProgrammeShare
        skip_postgeneration_save = True

    event = factory.SubFactory(EventFactory)
    host = factory.Sequence("Lindenau am See {}".format)
    language = "en"

    @factory.post_generation
    def ends_in(self: Any, create: bool, extracted: dt.timedelta | None, **kwargs: Any) -> None:
        """The link itself."""
        issue_link(target=self, purpose="draft", expires_at=timezone.now() + (extracted or dt.timedelta(days=30)))


class MessageFactory(DjangoModelFactory):
    class Meta:
        model = models.Message

    letter = "job_failed"
    language = "tr"
    to_name = "Ayşe Örnek"
    to_address = "ayse.ornek@sample.example"
    subject = "Konu"
    body_text = "Merhaba"
    message_id = factory.Sequence("<{}@sample.example>".format)


class UploadFactory(DjangoModelFactory):
    """A file on its way into an event."""

    class Meta:
        model = models.ProgrammeImport

    event = factory.SubFactory(EventFactory)
    name = "program.csv"
    data = "Ne;Ne zaman\nAçılış;10.06.2027\n".encode()
    stage = "columns"


class JobFactory(DjangoModelFactory):
    class Meta:
        model = models.Job

    class Params:
        failed = factory.Trait(state=models.Job.State.FAILED, error="ValueError: no room", attempts=6)

    kind = "render_programme"


class RegistrationSettingsFactory(DjangoModelFactory):
    """A released event that takes registrations, with its notice; ``ready=False`` leaves the notice out."""

    class Meta:
        model = models.RegistrationSettings
        skip_postgeneration_save = True

    event = factory.LazyFunction(lambda: released())

    @factory.post_generation
    def ready(self: Any, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        """The information notice, without which nothing may be asked."""
        if create and extracted is not False:
            WordingFactory(event=self.event, kind=models.Wording.Kind.NOTICE, title_en="How we use your data")


class WordingFactory(DjangoModelFactory):
    class Meta:
        model = models.Wording

    event = factory.SubFactory(EventFactory)
    title_tr = "Fotoğraf"
    title_en = "Photographs"
    text_tr = "Fotoğraflarım yayımlanabilir."
    text_en = "Photographs of me may be published."


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = models.Question

    event = factory.SubFactory(EventFactory)
    position = factory.Sequence(int)
    label_tr = factory.Sequence("Soru {}".format)
    label_en = factory.Sequence("Question {}".format)
    purpose_tr = "Hazırlık"
    purpose_en = "Preparation"


class SessionPlacesFactory(DjangoModelFactory):
    class Meta:
        model = models.SessionPlaces

    session = factory.SubFactory(SessionFactory, confirmed=True)


def released(**named: Any) -> models.Event:
    """A public event on the usual day, with one session."""
    from events.release import release_programme  # noqa: PLC0415 - factories are read before the app is ready

    event: models.Event = EventFactory(**{"with_sessions": 1, **named})
    release_programme(event=event)
    return event
