"""The information notice, written from what an event asks: a draft, which a lawyer has to read (KVKK art. 10, GDPR 13)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from events import association, permissions
from events.bilingual import LANGUAGES, pick, texts
from events.models import Event, Question, Wording
from events.turkish import fold

from .opening import settings_of

_TEXTS = {
    "tr": (
        "Veri sorumlusu: {controller}.",
        "Etkinliği düzenlemek için bu form aracılığıyla adınızı, kurumunuzu, görevinizi, e-posta adresinizi ve "
        "telefonunuzu toplarız. Hukuki dayanak: talebinizin yerine getirilmesi ve meşru menfaatimiz "
        "(6698 sayılı Kanun m. 5). Kaydınız etkinlikten sonra {days} gün saklanır, ardından silinir.",
        "Ayrıca şunları sorarız:",
        "“{label}”: {purpose}. Hukuki dayanak: {basis}. Etkinlikten sonra {days} gün saklanır.",
        "Bilgilerinizi yalnızca etkinliği düzenleyenler görür; ev sahibi kuruma gerektiği kadarı aktarılır. "
        "Hassas yanıtlar şifreli saklanır.",
        "Haklarınız (m. 11): bilgilerinizi görmek, düzeltmek, sildirmek, itiraz etmek; verdiğiniz rızayı dilediğiniz "
        "zaman geri almak. Kaydınızın bağlantısıyla bunları kendiniz yapabilir ya da {contact} yazabilirsiniz.",
    ),
    "en": (
        "The controller is {controller}.",
        "To run this event we collect by this form your name, organisation, position, e-mail address and telephone. "
        "Legal basis: to do what you ask for, and our legitimate interest (law no. 6698, art. 5; GDPR art. 6). Your "
        "registration is kept for {days} days after the event and then deleted.",
        "We also ask:",
        "“{label}”: {purpose}. Legal basis: {basis}. Kept for {days} days after the event.",
        "Only those who run the event see what you tell us; the host gets what it needs and no more. Sensitive answers "
        "are kept encrypted.",
        "Your rights (KVKK art. 11, GDPR arts. 15 to 22): to see, correct and erase it, to object, and to take consent "
        "back at any time. With the link to your registration you can do so yourself, or write to {contact}.",
    ),
}
_CONTROLLERS = {"tr": "birliğimiz", "en": "our association"}
_CONTACTS = {"tr": ("etkinliğin iletişim adresine", "{} adresine"), "en": ("the contact of the event", "{}")}


def notice_text(event: Event, language: str) -> str:
    """The notice in a language: who, what for, on which basis, how long, which rights."""
    controller, person, also, each, seen, rights = _TEXTS[language]
    settings = settings_of(event)
    questions = list(event.questions.order_by("position", "pk"))
    asked = [_told(question, each, language) for question in questions]
    without, with_address = _CONTACTS[language]
    contact = with_address.format(event.contact_email) if event.contact_email else without
    paragraphs = [
        controller.format(controller=association.name_in(language) or _CONTROLLERS[language]),
        person.format(days=settings.days_kept if settings else 180),
        *([also, *asked] if asked else []),
        seen,
        rights.format(contact=contact),
    ]
    return "\n\n".join(paragraphs)


def write_notice(*, event: Event, by: Any = None) -> Wording:
    """Write the text of the notice anew from the questions as they are; who saw an earlier version is kept with that."""
    permissions.require(permissions.may_set_up_registration(by))
    with transaction.atomic():
        notice = event.wordings.select_for_update().filter(kind=Wording.Kind.NOTICE).first()
        if notice is None:
            raise ValidationError(_("There is no information notice yet."))
        for language in LANGUAGES:
            setattr(notice, f"text_{language}", notice_text(event, language))
        notice.version += 1
        notice.save()
        return notice


def not_named(event: Event) -> list[Question]:
    """Questions that the notice does not name in both languages: people are to know before they answer."""
    notice = event.wordings.filter(kind=Wording.Kind.NOTICE).first()
    if notice is None:
        return []
    said = {language: fold(getattr(notice, f"text_{language}")) for language in LANGUAGES}
    questions = event.questions.order_by("position", "pk")
    return [row for row in questions if not all(fold(_label(row, each)) in said[each] for each in LANGUAGES)]


def _told(question: Question, form: str, language: str) -> str:
    with translation.override(language):
        basis = str(question.get_legal_basis_display())
    purpose = str(pick(texts(question, "purpose"), language)).rstrip(".")
    return form.format(label=_label(question, language), purpose=purpose, basis=basis, days=question.days_kept)


def _label(question: Question, language: str) -> str:
    return str(pick(texts(question, "label"), language))
