"""What found no room is not saved, and says so: rows, files, programs."""

import errno
import json

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from pages.outages import OutageMiddleware


def of_database(code):
    """As Django wraps what the driver raises."""
    error = OperationalError("could not extend file")
    error.__cause__ = type("DriverError", (Exception,), {"pgcode": code})()
    return error


def answer(path, error):
    return OutageMiddleware(lambda _request: None).process_exception(RequestFactory().post(path), error)


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), OSError(errno.EDQUOT, "quota"), of_database("53100")]
)
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/barriere-melden/", "Auf dem Server ist kein Speicherplatz mehr frei."),
        ("/en/report-barrier/", "The server has no room left."),
    ],
)
def test_no_room_is_told_in_words(path, words, error):
    response = answer(path, error)
    text = response.content.decode()
    assert (response.status_code, response.headers["Cache-Control"]) == (507, "no-store")
    assert words in text
    assert "could not extend" not in text


def test_programs_are_told_as_a_problem():
    response = answer("/api/v1/events", OSError(errno.ENOSPC, "full"))
    assert response.headers["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["status"] == 507


@pytest.mark.parametrize("error", [OSError(errno.ENOENT, "gone"), of_database("57014"), ValueError("x")])
def test_all_else_is_left_to_others(error):
    assert answer("/", error) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "status"), [(None, 503), ("57P01", 503), ("57014", 500), ("42703", 500)])
def test_who_lost_a_session_is_told_to_come_again_even_if_there_is_a_new_one(code, status):
    """By then the database answers, and nothing else tells what happened."""
    house = OutageMiddleware(lambda request: failed(house, request))

    def failed(house, request):
        house.process_exception(request, of_database(code))
        return HttpResponse(status=500)

    assert house(RequestFactory().get("/veranstaltungen.ics")).status_code == status
