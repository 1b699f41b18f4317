"""What is rendered from a release and kept: never with the name of somebody who was erased meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from events.erasure import erase_person
from events.models import Person, Rendering
from events.release import release_programme
from events.views import exchange, programme_page
from tests.factories import ContributionFactory, EventFactory, PersonFactory

NAME = "Zümrüt Kanaryakuşu"


def erasing(render: Callable[..., Any]) -> Callable[..., Any]:
    """Render, and have the speaker erased before what was rendered is stored."""

    def rendered(*args: Any, **kwargs: Any) -> Any:
        made = render(*args, **kwargs)
        person = Person.objects.get()
        if not person.erased_at:
            erase_person(person=person)
        return made

    return rendered


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/en/events/forum/programme/", "page"),
        ("/exchange/forum/schedule.json", "schedule.json"),
        ("/exchange/forum/schedule.xml", "schedule.xml"),
    ],
)
@pytest.mark.django_db
def test_who_is_erased_while_it_is_rendered_is_not_kept(
    path: str, kind: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = EventFactory(slug="forum", with_sessions=1)
    ContributionFactory(session=event.sessions.get(), person=PersonFactory(name=NAME))
    release_programme(event=event)
    monkeypatch.setattr(programme_page, "programme_html", erasing(programme_page.programme_html))
    for form, (content_type, render) in exchange._FORMS.items():
        monkeypatch.setitem(exchange._FORMS, form, (content_type, erasing(render)))
    answer = client.get(path)
    kept = Rendering.objects.get(kind=kind)
    assert (answer.status_code, NAME in answer.content.decode()) == (200, False)
    assert bytes(kept.body) == answer.content
    assert any(title in answer.content.decode() for title in (event.title_tr, event.title_en))
