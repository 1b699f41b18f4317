"""The least that a view can do: answer a constant, answer bytes it holds, fill in a plain template."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client

from events.models import Session


def constant(request: HttpRequest) -> HttpResponse:
    """Two letters."""
    return HttpResponse(b"ok")


def same_bytes(request: HttpRequest, address: str) -> HttpResponse:
    """What the site answers at that address, held in memory."""
    body, kind = _answer(f"/{address}")
    return HttpResponse(body, content_type=kind)


@lru_cache(maxsize=4)
def _answer(address: str) -> tuple[bytes, str]:
    response = Client(headers={"host": "127.0.0.1"}).get(address)
    return response.content, response.headers["Content-Type"]


def plain_template(request: HttpRequest, slug: str) -> HttpResponse:
    """The sessions of an event in a plain template, straight from their rows."""
    sessions = (
        Session.objects.filter(event__slug=slug)
        .select_related("event", "room", "track")
        .prefetch_related("contributions__person")
        .order_by("day", "start", "pk")
    )
    return render(request, "programme.html", {"sessions": sessions})
