"""Questions that nearly every event asks, a notice to begin with, and usual consents: to add and then to adapt."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from events import permissions
from events.bilingual import LANGUAGES
from events.models import Event, Question, Wording

from . import details
from .notices import notice_text


def _option(key: str, turkish: str, english: str) -> dict[str, str]:
    return {"key": key, "tr": turkish, "en": english}


#: By code; ``needs`` is the ready-made consent that comes along, ``then`` are further questions that a yes leads to.
QUESTIONS: dict[str, dict[str, Any]] = {
    "diet": {
        "kind": "choice",
        "label_tr": "Beslenme tercihiniz",
        "label_en": "Diet",
        "purpose_tr": "Yemekleri hazırlamak için",
        "purpose_en": "To prepare meals",
        "sensitive": True,
        "legal_basis": "consent",
        "needs": "sensitive",
        "days_kept": 7,
        "options": [
            _option("any", "Fark etmez", "No preference"),
            _option("vegetarian", "Vejetaryen", "Vegetarian"),
            _option("vegan", "Vegan", "Vegan"),
            _option("halal", "Helal", "Halal"),
            _option("kosher", "Koşer", "Kosher"),
            _option("gluten_free", "Glutensiz", "Gluten-free"),
        ],
    },
    "access": {
        "kind": "choices",
        "label_tr": "Erişim gereksinimleriniz",
        "label_en": "Access needs",
        "help_tr": "Katılmanızı kolaylaştıracak olanları seçin.",
        "help_en": "Choose what would make it easier for you to take part.",
        "purpose_tr": "Salonu ve yolu size göre hazırlamak için",
        "purpose_en": "To prepare rooms and ways for you",
        "sensitive": True,
        "legal_basis": "consent",
        "needs": "sensitive",
        "days_kept": 7,
        "options": [
            _option("step_free", "Basamaksız erişim", "Step-free access"),
            _option("hearing_loop", "İşitme döngüsü", "Hearing loop"),
            _option("sign", "İşaret dili", "Sign language"),
            _option("large_print", "Büyük punto", "Large print"),
            _option("companion", "Refakatçi", "Accompanying person"),
        ],
    },
    "interpretation": {
        "kind": "choice",
        "label_tr": "Çeviri dili",
        "label_en": "Interpretation language",
        "purpose_tr": "Kulaklık ve tercüman sayısını belirlemek için",
        "purpose_en": "To know how many headsets and interpreters are needed",
        "visible_to": "officers",
        "options": [
            _option("none", "Çeviri gerekmiyor", "None needed"),
            _option("tr", "Türkçe", "Turkish"),
            _option("en", "İngilizce", "English"),
        ],
    },
    "arrival": {
        "kind": "date",
        "stage": "details",
        "label_tr": "Varış günü",
        "label_en": "Day of arrival",
        "purpose_tr": "Karşılama ve konaklama için",
        "purpose_en": "For your welcome and your stay",
        "visible_to": "officers",
    },
    "departure": {
        "kind": "date",
        "stage": "details",
        "label_tr": "Ayrılış günü",
        "label_en": "Day of departure",
        "purpose_tr": "Uğurlama ve konaklama için",
        "purpose_en": "For your farewell and your stay",
        "visible_to": "officers",
    },
    "visa": {
        "kind": "yes_no",
        "stage": "details",
        "label_tr": "Vize destek yazısına ihtiyacınız var mı?",
        "label_en": "Do you need a visa support letter?",
        "purpose_tr": "Yazıyı hazırlamak için",
        "purpose_en": "To prepare the letter",
        "then": [
            {
                "kind": "country",
                "stage": "details",
                "label_tr": "Uyruk",
                "label_en": "Nationality",
                "purpose_tr": "Vize destek yazısı için",
                "purpose_en": "For the visa support letter",
                "sensitive": True,
                "required": True,
            },
            {
                "kind": "text",
                "stage": "details",
                "label_tr": "Pasaport numarası",
                "label_en": "Passport number",
                "purpose_tr": "Vize destek yazısı için",
                "purpose_en": "For the visa support letter",
                "sensitive": True,
                "required": True,
                "days_kept": 7,
            },
            {
                "kind": "date",
                "stage": "details",
                "label_tr": "Pasaportun geçerlilik sonu",
                "label_en": "Passport valid until",
                "purpose_tr": "Vize destek yazısı için",
                "purpose_en": "For the visa support letter",
                "sensitive": True,
                "required": True,
                "days_kept": 7,
            },
        ],
    },
}

WORDINGS: dict[str, dict[str, str]] = {
    "notice": {
        "kind": "notice",
        "title_tr": "Kişisel verileriniz hakkında aydınlatma",
        "title_en": "How we use your data",
    },
    "photo": {
        "kind": "consent",
        "title_tr": "Fotoğraf ve görüntü",
        "title_en": "Photographs and video",
        "text_tr": "Etkinlikte çekilen ve beni gösteren fotoğraf ve görüntülerin birliğin sitesinde ve yayınlarında kullanılmasına açık rıza veriyorum.",
        "text_en": "I give my explicit consent that photographs and video of me taken at the event are used on the association’s site and in its publications.",
    },
    "sensitive": {
        "kind": "consent",
        "title_tr": "Beslenme ve erişim bilgileri",
        "title_en": "Diet and access needs",
        "text_tr": "Beslenme ve erişimle ilgili yanıtlarımın yalnızca bu etkinliği bana göre hazırlamak için işlenmesine açık rıza veriyorum.",
        "text_en": "I give my explicit consent that my answers on diet and access are processed to prepare this event for me, and for nothing else.",
    },
    "newsletter": {
        "kind": "consent",
        "title_tr": "Sonraki etkinlikler",
        "title_en": "Further events",
        "text_tr": "Birliğin sonraki etkinlikleri hakkında e-posta almaya açık rıza veriyorum.",
        "text_en": "I give my explicit consent to receive e-mail about further events of the association.",
    },
}


def add_ready_made(*, event: Event, name: str, by: Any = None) -> list[Question]:
    """Add a ready-made question at the end of the event's form, with the consent that it needs and what a yes leads to."""
    permissions.require(permissions.may_set_up_registration(by))
    with transaction.atomic():
        last = event.questions.order_by("-position").values_list("position", flat=True).first()
        place = 0 if last is None else last + 1
        facts = dict(QUESTIONS[name])
        further, needs = facts.pop("then", []), facts.pop("needs", "")
        consent = _consent(event, needs, by) if needs else None
        first = Question.objects.create(event=event, position=place, consent=consent, **facts)
        condition = {"match": "all", "tests": [{"question": first.key, "is": "equals", "value": True}]}
        rows = [
            first,
            *(
                Question.objects.create(event=event, position=place + number, condition=condition, **each)
                for number, each in enumerate(further, start=1)
            ),
        ]
        details.recount(event.pk)
        return rows


def _consent(event: Event, name: str, by: Any) -> Wording:
    """The ready-made consent as the event has it already, adapted or not; else a new one."""
    facts = WORDINGS[name]
    rows = event.wordings.filter(kind=Wording.Kind.CONSENT).order_by("position", "pk")
    same = Q(title_tr=facts["title_tr"]) | Q(title_en=facts["title_en"]) | Q(text_tr=facts["text_tr"])
    tied = Q(questions__label_tr__in=[each["label_tr"] for each in QUESTIONS.values() if each.get("needs") == name])
    return rows.filter(same | tied).distinct().first() or add_ready_wording(event=event, name=name, by=by)


def add_ready_wording(*, event: Event, name: str, by: Any = None) -> Wording:
    """Add a notice or a consent to begin with; a lawyer should read it before it is shown."""
    permissions.require(permissions.may_set_up_registration(by))
    facts = dict(WORDINGS[name])
    if name == "notice":
        facts |= {f"text_{language}": notice_text(event, language) for language in LANGUAGES}
    return Wording.objects.create(event=event, position=event.wordings.count(), **facts)
