"""The way in, and the site's health."""

from django.test import Client


def test_root_leads_to_the_readers_language(client: Client) -> None:
    answers = {
        accept: client.get("/", headers={"accept-language": accept})
        for accept in ("tr-TR,tr;q=0.9", "en-GB,en;q=0.8", "de", "")
    }
    assert {accept: answer.headers["Location"] for accept, answer in answers.items()} == {
        "tr-TR,tr;q=0.9": "/tr/",
        "en-GB,en;q=0.8": "/en/",
        "de": "/tr/",
        "": "/tr/",
    }
    assert {answer.headers["Vary"] for answer in answers.values()} == {"Accept-Language"}


def test_healthz_asks_no_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
