"""A server is killed: pages go on, what cannot be done is said, and all is well again by itself."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType

from events.models import Event
from journal.newest import NEWEST
from lib import reading
from tests.replicas.conftest import catch_up, default_database, pause, settle, signed_in
from tests.test_urls import PUBLIC, answers

# Numbers are not for visitors.
# Neither is there without a setting of its own.
READ = [address for address in PUBLIC if address[0] not in ("branding-file", "metrics")]

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch):
    """A database that came back is noticed with the next request."""
    monkeypatch.setattr(reading, "SECONDS_OF_REST", 0.0)


@pytest.fixture
def path(pair):
    return pair.cast.congress.get_absolute_url()


def lead(response):
    """The first sentence of a page that says what is wrong."""
    return re.search(r'<p class="lead">(.*?)</p>', response.content.decode()).group(1)


def test_all_that_visitors_read_is_there_without_the_primary(site, pair):
    # Django keeps in mind what it has asked for once; the test's own questions are not what is tested.
    ContentType.objects.get_for_model(Event)
    pair.kill(pair.primary)
    seen = {name: response.status_code for name, response in answers(site, pair.cast, "de", READ)}
    assert {name: status for name, status in seen.items() if status not in (200, 301, 302)} == {}


def test_the_primary_dies_and_comes_back(site, pair, path):
    assert site.get(path).status_code == 200
    assert site.get("/readyz").content == b"ok\n"
    pair.kill(pair.primary)
    assert site.get(path).status_code == 200
    told = site.get("/readyz")
    assert told.status_code == 200
    assert told.content.startswith(b"degraded: the primary database has not answered since ")
    pair.primary.start()
    assert site.get(path).status_code == 200
    assert site.get("/readyz").content == b"ok\n"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/barriere-melden/", "Das Verzeichnis ist im Augenblick nicht erreichbar."),
        ("/en/report-barrier/", "The directory cannot be reached at the moment."),
    ],
)
def test_a_form_that_cannot_be_saved_says_so(site, pair, path, words):
    pair.kill(pair.primary)
    assert site.get(path).status_code == 200
    response = site.post(
        path, {"message": "Die Seite lässt sich nicht bedienen.", "page": "https://x.example/"}
    )
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert lead(response).startswith(words)
    assert response.headers["Content-Language"] == ("en" if path.startswith("/en/") else "de")


def test_editors_wait_for_the_primary(site, pair, path):
    pair.kill(pair.primary)
    assert signed_in(site).get(path).status_code == 503


def test_a_standby_behind_what_was_seen_never_stands_in(site, pair, path):
    catch_up(pair)
    pause(pair)
    with default_database(pair.url):
        Event.objects.filter(pk=pair.cast.congress.pk).update(title="Gesehen")
    assert "Gesehen" in site.get(path).content.decode()
    pair.kill(pair.primary)
    assert site.get(path).status_code == 503
    assert site.get("/readyz").status_code == 503
    settle(pair)
    assert "Gesehen" in site.get(path).content.decode()


def test_the_standby_dies_and_comes_back(site, pair, path):
    assert site.get(path).status_code == 200
    pair.kill(pair.standby)
    assert site.get(path).status_code == 200
    told = site.get("/readyz")
    assert (told.status_code, told.content) == (200, b"ok\ndegraded: 1 of 1 replicas does not answer\n")
    settle(pair)
    assert site.get(path).status_code == 200
    assert site.get("/readyz").content == b"ok\n"


def test_a_standby_that_dies_while_it_answers_is_not_noticed(site, pair, path):
    """It is known to be level, so nobody asks before the page does."""
    assert site.get(path).status_code == 200
    pair.kill(pair.standby)
    (replica,) = reading.replicas()
    assert site.get(path).status_code == 200
    assert replica.away_since is not None


def test_both_are_gone(site, pair, path):
    pair.kill(pair.primary)
    pair.kill(pair.standby)
    assert site.get(path).status_code == 503
    answer = site.get("/api/v1/topics")
    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
    assert site.get("/healthz").status_code == 200
    assert site.get("/readyz").status_code == 503


def test_programs_that_mirror_begin_anew_after_an_outage(site, pair):
    """What the primary had not told yet may be of any age: nothing counts as settled."""
    pair.kill(pair.primary)
    assert site.get("/api/v1/events").json()["as_of"].startswith("1970-01-01")


@pytest.mark.parametrize("is_shared", [True, False])
def test_another_process_knows_what_was_seen_by_a_shared_cache(site, pair, path, settings, is_shared):
    """Without one, each process knows for itself: docs/operations.md says so."""
    if is_shared:
        memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "shared"}
        settings.CACHES = {**settings.CACHES, "pages": memory}
    pause(pair)
    with default_database(pair.url):
        Event.objects.filter(pk=pair.cast.congress.pk).update(
            title="Gesehen" if is_shared else "Auch gesehen"
        )
    assert site.get(path).status_code == 200
    pair.kill(pair.primary)
    NEWEST.forget()
    assert site.get(path).status_code == (503 if is_shared else 200)
