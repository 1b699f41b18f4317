"""Answer a request from bytes that are already there: ETag, 304, gzip."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags

_GZIP = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)", re.IGNORECASE)


def takes_gzip(request: HttpRequest) -> bool:
    """Whether the reader's Accept-Encoding allows gzip (RFC 9110 12.5.3)."""
    return bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))


def tag(etag: str, *, gzip: bool) -> str:
    """A strong entity tag; the compressed bytes are other bytes and have their own (RFC 9110 8.8.3)."""
    return f'"{etag}-gzip"' if gzip else f'"{etag}"'


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the reader already has it, compressed or not (If-None-Match, compared weakly: RFC 9110 13.1.2)."""
    known = {each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))}
    return "*" in known or bool(known & {tag(etag, gzip=False), tag(etag, gzip=True)})


def not_modified(request: HttpRequest, etag: str) -> HttpResponse:
    """304 with the headers that a 200 would have had."""
    return _headed(HttpResponse(status=304), etag, gzip=takes_gzip(request))


def answer(request: HttpRequest, etag: str, body: bytes, *, gzip: bool) -> HttpResponse:
    """200 with these bytes; ``gzip`` says that they are compressed."""
    response = HttpResponse(body, content_type="text/html; charset=utf-8")
    if gzip:
        response["Content-Encoding"] = "gzip"
    return _headed(response, etag, gzip=gzip)


def _headed(response: HttpResponse, etag: str, *, gzip: bool) -> HttpResponse:
    response["ETag"] = tag(etag, gzip=gzip)
    response["Cache-Control"] = "public, no-cache"
    response["Vary"] = "Accept-Encoding"
    return response
