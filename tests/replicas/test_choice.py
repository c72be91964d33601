"""Where pages are read: from a standby that has caught up, never from one that has not."""

import pytest
from django.db import connection

from events.models import Event
from journal import sources
from lib import reading
from tests.replicas.conftest import catch_up, default_database, mark_primary, pause, resume, signed_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def congress(pair):
    return Event.objects.get(pk=pair.cast.congress.pk)


@pytest.fixture
def path(pair):
    return pair.cast.congress.get_absolute_url()


def title(response):
    assert response.status_code == 200
    # Of a page whose pieces were drawn before, the event itself is not read.
    return response.context["page_title"].partition(" – ")[0]


def rename(pair, name):
    """As an editor does: by way of the primary, with the version raised."""
    with default_database(pair.url):
        Event.objects.filter(pk=pair.cast.congress.pk).update(title=name)


def test_visitors_read_from_the_standby_and_editors_from_the_primary(site, pair, path):
    rename(pair, "Vorher")
    catch_up(pair)
    pause(pair)
    mark_primary(pair, pair.cast.congress, "Im Primären")
    assert title(site.get(path)) == "Vorher"
    assert title(signed_in(site).get(path)) == "Im Primären"


def test_a_standby_that_lags_is_not_asked_until_it_has_caught_up(site, pair, path):
    rename(pair, "Vorher")
    catch_up(pair)
    pause(pair)
    for number in range(3):
        rename(pair, f"Nachher {number}")
        assert title(site.get(path)) == f"Nachher {number}"
    resume(pair)
    catch_up(pair)
    pause(pair)
    mark_primary(pair, pair.cast.congress, "Im Primären")
    assert title(site.get(path)) == "Nachher 2"


def test_a_calendar_is_read_to_its_end_where_it_began(site, pair):
    rename(pair, "Vorher")
    catch_up(pair)
    pause(pair)
    mark_primary(pair, pair.cast.congress, "Im Primären")
    response = site.get("/veranstaltungen.ics?when=all")
    assert connection.settings_dict["OPTIONS"]["host"] == str(pair.primary.home / "socket")
    text = b"".join(response.streaming_content).decode()
    assert connection.settings_dict["OPTIONS"]["host"] == str(pair.primary.home / "socket")
    assert "SUMMARY:Vorher" in text.splitlines()
    assert "Im Primären" not in text


def test_what_a_standby_shows_before_the_primary_is_not_told(site, monkeypatch):
    """A commit may be seen there a moment earlier; whoever saw it would miss it in the next answer."""
    (replica,) = reading.replicas()
    assert sources.may_be_told(replica)
    number, at = sources.version_of_primary()
    monkeypatch.setattr(replica, "ask", lambda sql: (number + 1, at))
    assert not sources.may_be_told(replica)


def test_a_standby_that_stays_ahead_follows_another_database(site, pair, path, monkeypatch):
    """As after a restore of the primary from a backup; for an instant each may be ahead."""
    (replica,) = reading.replicas()
    number, at = sources.version_of_primary()
    monkeypatch.setattr(replica, "ask", lambda sql: (number + 1_000, at))
    assert site.get(path).status_code == 200
    assert (sources.strangers(), sources.can_stand_in()) == (0, True)
    monkeypatch.setattr(sources, "SECONDS_AHEAD", 0.0)
    assert site.get(path).status_code == 200
    assert (sources.strangers(), sources.can_stand_in()) == (1, False)


def test_a_page_that_writes_is_the_primarys(site, pair):
    """Requests to the API are counted; what changed last is settled there alone."""
    first = site.get("/api/v1/events")
    assert (first.status_code, "RateLimit" in first.headers) == (200, True)
    assert not first.json()["as_of"].startswith("1970")
    assert site.get("/api/v1/topics").status_code == 200


def test_without_replicas_nothing_more_is_asked(site, pair, path, settings, django_assert_num_queries):
    settings.DATABASE_REPLICAS = []
    reading.replicas.cache_clear()
    with django_assert_num_queries(0):
        site.get("/robots.txt")
