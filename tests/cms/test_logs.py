"""Log lines hold no key and nobody's address."""

import logging

from cms.logs import MaskingFormatter, mask


def test_keys_and_addresses_are_struck_out() -> None:
    lines = {
        "GET /calendars/tr/my/k3y-of.a_person.ics 200": "GET /calendars/tr/my/*** 200",
        "GET /en/my/k3y/": "GET /en/my/***/",
        '"GET /delegation/abc?x=1 HTTP/1.1"': '"GET /delegation/***?x=1 HTTP/1.1"',
        "GET /en/draft/ab3de5gh7j-mfrggzdfmztwq2lknnwg23tpob/ 200": "GET /en/draft/***/ 200",
        "{'link-draft-tr': 'ab3de5gh7j-mfrggzdfmztwq2lknnwg23tpob'}": "{'link-draft-tr': '***'}",
        "GET /admin/password_reset/confirm/MQ/cxz4-0af1b2/ 302": "GET /admin/password_reset/confirm/*** 302",
        "Key (email)=(ayse@example.org) already exists": "Key (email)=(***@***) already exists",
        "GET /en/events/my-forum/": "GET /en/events/my-forum/",
    }
    assert {line: mask(line) for line in lines} == lines


def test_arguments_and_tracebacks_are_masked_too() -> None:
    try:
        raise ValueError("ayse@example.org")
    except ValueError as error:
        raised = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("events", logging.ERROR, __file__, 1, "not found: %s", ("/my/k3y/",), raised)
    text = MaskingFormatter().format(record)
    assert "not found: /my/***/" in text
    assert text.endswith("ValueError: ***@***")
    assert ("k3y" in text, "ayse@" in text) == (False, False)
