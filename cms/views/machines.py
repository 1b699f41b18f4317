"""What machines ask for: sitemap, robots.txt, web manifest, security.txt."""

import datetime as dt
import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.addresses import SEARCHES, SITEMAP, home_path
from cms.frame import frame_in
from cms.sitemap import entries
from events import addresses
from events.bilingual import LANGUAGES

#: RFC 9116 wants less than a year; whoever fetches it in the last days of a month still has one.
EXPIRES_AFTER = dt.timedelta(days=330)
SAND, SEA = "#F6F2EA", "#0A5A73"


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/sitemap.xml", {"entries": entries()}, content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything but what is for staff, and searches: there is no end to what one may look for."""
    lines = ["User-agent: *", "Disallow: /admin/", *(f"Disallow: {path}" for path in SEARCHES.values())]
    lines += ["", f"Sitemap: {addresses.absolute(SITEMAP)}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def manifest(request: HttpRequest, language: str) -> HttpResponse:
    """So that a telephone can put the site among its apps, by its name in this language."""
    frame = frame_in(language)
    icons = [("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any")]
    icons.append(("icon-maskable.png", "512x512", "maskable"))
    data = {
        "name": frame.name,
        "short_name": frame.short_name,
        "description": frame.tagline,
        "lang": language,
        "id": home_path(language),
        "start_url": home_path(language),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": SAND,
        "theme_color": SEA,
        "icons": [
            {"src": static(f"img/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in icons
        ],
    }
    body = json.dumps({name: value for name, value in data.items() if value}, ensure_ascii=False)
    return HttpResponse(body, content_type="application/manifest+json; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116); not there as long as the settings name nobody."""
    contact = frame_in(LANGUAGES[0]).contact
    email = contact.security_email or contact.email
    if not email:
        raise Http404
    # From the first of the month: so that it is the same file for all who fetch it this month.
    expires = timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0) + EXPIRES_AFTER
    lines = [
        f"Contact: mailto:{email}",
        f"Expires: {expires.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {addresses.absolute('/.well-known/security.txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
