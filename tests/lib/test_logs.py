"""The log: one line per event, the request's number in it, nothing personal."""

import json
import logging
import sys

import pytest
from django.core.exceptions import DisallowedHost
from django.db import IntegrityError
from django.test import RequestFactory
from django.urls import resolve

from lib.logs import Asked, JsonFormatter, LineFormatter, Strangers, answering, places


def record(message="Bericht %s", *values, error=None, **extra):
    found = logging.LogRecord("pages", logging.ERROR, __file__, 1, message, values, None)
    found.created = 1_805_878_800.25
    found.exc_info = (type(error), error, error.__traceback__) if error else None
    for name, value in extra.items():
        setattr(found, name, value)
    return found


def caught(error):
    try:
        raise error
    except type(error):
        return sys.exc_info()[1]


def asked(path):
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    return Asked("abc12345", request)


def test_json_lines_tell_the_request():
    with answering(asked("/themen/")):
        told = json.loads(JsonFormatter().format(record("Bericht %s", 7, status=500, duration_ms=12.5)))
    assert told == {
        "time": "2027-03-24T09:00:00.250+00:00",
        "level": "ERROR",
        "logger": "pages",
        "message": "Bericht 7",
        "request_id": "abc12345",
        "method": "GET",
        "path": "/themen/",
        "status": 500,
        "duration_ms": 12.5,
    }


def test_lines_for_people():
    assert LineFormatter().format(record("Bericht %s", 7)) == (
        "2027-03-24T09:00:00.250+00:00 ERROR pages: Bericht 7"
    )
    with answering(asked("/")):
        assert "pages [abc12345]: Bericht 7" in LineFormatter().format(record("Bericht %s", 7))


@pytest.mark.parametrize("form", [LineFormatter(), JsonFormatter()])
def test_no_address_and_no_refused_row(form):
    words = 'duplicate key "auth_user_key"\nDETAIL:  Key (name)=(Erika\n\nMuster\nam See) already exists.\n'
    error = IntegrityError(words)
    error.__cause__ = ValueError("the first of two")
    line = form.format(record("Von 192.0.2.77 kam %s", words, error=caught(error)))
    assert not [word for word in ("Erika", "Muster", "am See") if word in line]
    assert "the first of two" in line
    assert "192.0.2.77" not in line
    assert "IntegrityError" in line
    assert "auth_user_key" in line


@pytest.mark.parametrize("form", [LineFormatter(), JsonFormatter()])
def test_a_link_for_a_new_password_is_no_line_of_the_log(form):
    path = "/account/password/reset/key/3-geheim/"
    request = RequestFactory().get(path)
    request.resolver_match = resolve("/barrierefreiheit/")
    request.resolver_match.kwargs["key"] = "geheim"
    line = form.format(record("Internal Server Error: %s", path, request=request, status_code=500))
    assert "geheim" not in line
    # Cut, so that it leads nowhere.
    request = RequestFactory().get("/admin/account/password/new/3-c1a2b3-0123456789abcdef01")
    line = form.format(record("Not Found: %s", request.path, request=request, status_code=404))
    assert "/admin/account/password/new/3-c1a2b3-…" in line
    assert "0123456789" not in line


@pytest.mark.parametrize("form", [LineFormatter(), JsonFormatter()])
def test_what_strangers_send_amiss_is_a_short_warning(form):
    found = record("Invalid HTTP_HOST header: %r.", "x" * 9_000 + "\n", error=caught(DisallowedHost("x")))
    found.name = "django.security.DisallowedHost"
    assert Strangers().filter(found)
    line = form.format(found)
    assert "WARNING" in line
    assert "ERROR" not in line
    assert "Traceback" not in line
    assert "\n" not in line
    assert len(line) < 400


def test_where_an_error_came_from_has_no_values():
    (place,) = places(caught(ValueError("Erika")).__traceback__)
    assert place.startswith("tests/lib/test_logs.py:")
    assert place.endswith(" in caught")
