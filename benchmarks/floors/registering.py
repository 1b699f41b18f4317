"""The least that can take a registration: a bare form with its token, and the same rows by the same models.

The letter is rendered from a plain template for text and one for HTML; what else the site wrote into its rows is
written again as it is.
"""

import uuid
from functools import lru_cache
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.models import ModelLogEntry

from events.models import Answer, Event, Message, Registration, RegistrationSettings, WordingSeen


class Form(forms.Form):
    """As many fields as the site's."""

    name = forms.CharField(max_length=200)
    email = forms.EmailField()
    organisation = forms.CharField(max_length=200, required=False)
    role = forms.CharField(max_length=200, required=False)
    phone = forms.CharField(max_length=40, required=False)
    first = forms.CharField(required=False)
    second = forms.CharField(required=False)


def register(request: HttpRequest, slug: str) -> HttpResponse:
    """GET shows, POST writes and leads on."""
    form = Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _write(Event.objects.select_related("venue").get(slug=slug), form.cleaned_data)
        return HttpResponseRedirect(request.path)
    return render(request, "registering.html", {"form": form})


@lru_cache(maxsize=1)
def _pattern() -> dict[str, Any]:
    """What the site wrote for whoever registered last, once: rows to be written again under another name."""
    row = Registration.objects.latest("pk")
    return {
        "letter": Message.objects.filter(person_key=row.person_key).latest("pk"),
        "entry": ModelLogEntry.objects.for_instance(row).latest("pk"),
        "answers": list(row.answers.all()),
        "seen": list(row.wordings_seen.all()),
    }


def _write(event: Event, typed: dict[str, str]) -> None:
    pattern, now = _pattern(), timezone.now()
    with transaction.atomic():
        RegistrationSettings.objects.filter(event=event).update(taken=F("taken") + 1)
        row = Registration(event=event, person_key=typed["email"], once=uuid.uuid4().hex, held_until=now, seat=True)
        row.name, row.email, row.phone, row.role = typed["name"], typed["email"], typed["phone"], typed["role"]
        row.organisation_name = typed["organisation"]
        row.save()
        _again(pattern["entry"], object_id=str(row.pk), uuid=uuid.uuid4(), timestamp=now)
        told = {"name": row.name, "event": event, "link": "{{link:registration}}", "until": now}
        bodies = {f"body_{kind}": render_to_string(f"registering_letter.{kind}", told) for kind in ("text", "html")}
        letter = {"person_key": row.person_key, "to_address": row.email, "to_name": row.name, **bodies}
        _again(pattern["letter"], message_id=f"<{uuid.uuid4()}@floor>", due_at=now, **letter)
        Answer.objects.bulk_create(_copy(each, registration=row) for each in pattern["answers"])
        WordingSeen.objects.bulk_create(_copy(each, registration=row) for each in pattern["seen"])


def _again(row: Any, **other: Any) -> None:
    _copy(row, **other).save(force_insert=True)


def _copy(row: Any, **other: Any) -> Any:
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)(
        **{
            **values,
            **{f"{name}_id" if f"{name}_id" in values else name: _plain(value) for name, value in other.items()},
        }
    )


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)
