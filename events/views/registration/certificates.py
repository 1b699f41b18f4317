"""Certificates outside the admin: one's own on paper, and what whoever has a code may verify."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events import addresses
from events.bilingual import LANGUAGES, pick, texts
from events.documents.certificates import order_of
from events.documents.process import REASONS, SettingFailedError, set_in_child
from events.limits import Limit
from events.models import Certificate, PublicEvent, Registration
from events.registration.certifying import certificate_of, has_ended, holds, issue_certificate
from events.registration.printing import attested, days_words, hours_words
from events.views.heads import Head
from events.views.keyed import guard

from .letting_in import let_in
from .setting import Setting

#: Papers that one network may have set in an hour: each takes a second of the machine, and a hall shares one address.
PAPERS = Limit("certificate_pdf", most=240, seconds=3600)
#: Codes that one network may try in ten minutes: a desk that verifies a stack of papers needs no more.
TRIES = Limit("certificate", most=40, seconds=600)
WALL_SECONDS = 45


@require_http_methods(["GET", "HEAD", "POST"])
def own_certificate(request: HttpRequest, slug: str, language: str, handle: str) -> HttpResponseBase:
    """POST issues the certificate, or brings it up to date, and leads to GET, which shows what was issued."""
    return let_in(request, slug, language, handle, _issue if request.method == "POST" else _paper)


def certificate_path_of(setting: Setting, registration: Registration, handle: str) -> str:
    """Where one's own certificate is; empty until the event is over, and for who was not there."""
    if not has_ended(registration.event) or not registration.check_ins.filter(state="present").exists():
        return ""
    return addresses.own_certificate_path(setting.public.slug, setting.language, handle)


def _issue(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    issued = issue_certificate(registration=registration)
    where = addresses.own_certificate_path if issued else addresses.own_registration_path
    return HttpResponseRedirect(where(setting.public.slug, setting.language, handle))


def _paper(request: HttpRequest, setting: Setting, registration: Registration, handle: str) -> HttpResponse:
    own = addresses.own_registration_path(setting.public.slug, setting.language, handle)
    certificate = certificate_of(registration)
    if certificate is None:
        return HttpResponseRedirect(own)
    wait = PAPERS.wait(request)
    if wait:
        answer = _no_paper(request, setting, own, _("Many papers were asked for from your network. Try again later."))
        answer.status_code = 429
        answer.headers["Retry-After"] = str(wait)
        return answer
    row = attested(registration.event, registration, certificate, setting.language)
    try:
        order = order_of([row], title=f"{_('Certificate of attendance')}: {row.event}", language=setting.language)
        pdf = set_in_child(order, wall_seconds=WALL_SECONDS)
    except SettingFailedError as error:
        return _no_paper(request, setting, own, _(REASONS[error.code]))
    response = HttpResponse(pdf, content_type="application/pdf")
    name = {"tr": "katilim-belgesi", "en": "certificate"}[setting.language]
    response.headers["Content-Disposition"] = f'inline; filename="{setting.public.slug}-{name}.pdf"'
    return response


def _no_paper(request: HttpRequest, setting: Setting, own: str, reason: str) -> HttpResponse:
    context = setting.context(_("The PDF could not be made"), reason=reason, own_path=own)
    return render(request, "events/registration/no_certificate.html", context, status=503)


@require_safe
def ask_code(request: HttpRequest, language: str) -> HttpResponseBase:
    """The form for a code; sent, it leads to the address that a printed code leads to."""
    code = _clean(request.GET.get("code", ""))
    if code:
        return HttpResponseRedirect(addresses.certificate_path(code, language))
    return guard(render(request, "events/registration/verify.html", _context(language)))


@require_safe
def verify_code(request: HttpRequest, language: str, code: str) -> HttpResponseBase:
    """What a certificate says, to whoever has its code; one and the same answer to every code that is none."""
    wait = TRIES.wait(request)
    if wait:
        response = render(request, "events/registration/verify.html", {**_context(language), "often": True}, status=429)
        response.headers["Retry-After"] = str(wait)
        return guard(response)
    found = _find(code)
    context = {**_context(language, code), "tried": code.upper(), "told": _told(found, language) if found else None}
    return guard(render(request, "events/registration/verify.html", context, status=200 if found else 404))


def _find(code: str) -> Certificate | None:
    rows = Certificate.objects.select_related("registration", "event__public").filter(code=_clean(code))
    return rows.filter(event__public__isnull=False).first()


def _told(certificate: Certificate, language: str) -> dict[str, object]:
    public: PublicEvent = certificate.event.public
    return {
        "revoked": not holds(certificate),
        "erased": certificate.registration.erased_at is not None,
        "name": certificate.registration.name,
        "event": pick(texts(public, "title"), language),
        "event_path": addresses.event_path(public.slug, language)
        if public.status != PublicEvent.Status.WITHDRAWN
        else "",
        "days": days_words(certificate, language),
        "hours": hours_words(certificate.minutes),
        "number": certificate.label,
    }


def _context(language: str, code: str = "") -> dict[str, object]:
    path = addresses.certificate_path if code else None
    alternates = {each: path(code, each) if path else addresses.certificates_path(each) for each in LANGUAGES}
    head = Head(
        title=_("Verify a certificate"),
        language=language,
        alternates={each: addresses.absolute(where) for each, where in alternates.items()},
        indexed=False,
    )
    return {"head": head, "form_path": addresses.certificates_path(language)}


def _clean(code: str) -> str:
    """As people copy it from paper: in capitals, with spaces between."""
    return "".join(char for char in code.lower() if char.isascii() and char.isalnum())[:40]
