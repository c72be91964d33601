"""A clock that is put forth and back changes nothing for good: pages, sessions, jobs."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth import get_user_model

from operations import jobs
from operations.jobs import HOUR, Job
from operations.models import JobRun
from tests.factories import NOW

pytestmark = pytest.mark.django_db
YEAR = dt.timedelta(days=365)
PATHS = ("/", "/veranstaltungen/", "/en/events/?when=past", "/veranstaltungen.ics?when=all")


@pytest.fixture
def kept(settings):
    """Finished pages are kept, as in earnest."""
    from shelf import serving

    settings.PAGE_CACHE_MEGABYTES = 8
    serving.forget()
    yield
    serving.forget()


def page(client, path, at):
    with time_machine.travel(at, tick=False):
        response = client.get(path)
        assert response.status_code == 200
        return response.content if not response.streaming else b"".join(response.streaming_content)


@pytest.mark.parametrize("path", PATHS)
def test_pages_are_those_of_the_moment_again(client, cast, kept, path):
    before = page(client, path, NOW)
    for away in (YEAR, -HOUR, -YEAR, HOUR):
        page(client, path, NOW + away)
        assert page(client, path, NOW) == before


def test_a_session_outlives_a_clock_that_was_wrong_for_a_moment(client, cast):
    """A clock ahead ends it for that long; one that is behind does not."""
    with time_machine.travel(NOW, tick=False):
        client.force_login(get_user_model().objects.create_superuser("uhr"))
        cookie = client.cookies["session"].value
        assert client.get("/admin/").status_code == 200
    for away, status in ((-YEAR, 200), (YEAR, 302), (dt.timedelta(minutes=1), 200)):
        client.cookies["session"] = cookie
        with time_machine.travel(NOW + away, tick=False):
            assert client.get("/admin/").status_code == status


def test_jobs_are_done_at_once_after_a_clock_that_was_ahead():
    job = Job("clearsessions", "Sessions", HOUR)
    noted = JobRun(command=job.command, began_at=NOW + YEAR, ended_at=NOW + YEAR, succeeded=True)
    assert jobs.is_due(job, noted, NOW)
    noted.began_at = NOW - dt.timedelta(minutes=5)
    assert not jobs.is_due(job, noted, NOW)
