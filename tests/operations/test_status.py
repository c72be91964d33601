"""The page that tells editors whether everything is running."""

import pytest
from django.urls import reverse

from operations import facts, jobs, running
from operations.facts import Fact
from operations.jobs import HOUR, MINUTE, Job
from operations.page import lines
from tests.accounts.cast import person
from tests.factories import NOW
from tests.operations.test_jobs import noted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_job(now, monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {"clearsessions": Job("clearsessions", "Sitzungen", HOUR)})
    monkeypatch.setattr(facts, "_offered", {})


def page(client, group="editor"):
    client.force_login(person(group, group))
    return client.get(reverse("admin:operations"))


def text(client):
    return " ".join(page(client).content.decode().split())


def test_editors_see_it_and_authors_do_not(client):
    assert page(client).status_code == 200
    assert page(client, "author").status_code == 403


def test_only_who_may_open_it_is_led_there(client):
    address = reverse("admin:operations")
    for group, is_led in (("author", False), ("editor", True)):
        client.force_login(person(group, group))
        assert (address in client.get(reverse("admin:index")).content.decode()) is is_led


def test_all_well(client):
    noted(NOW - MINUTE, said="3 gelöscht.")
    said = text(client)
    assert "Alles, was von selbst läuft, läuft." in said
    assert "3 gelöscht." in said
    assert "is-trouble" not in said


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"succeeded": False, "said": "Kein Platz."}, "Fehlgeschlagen"),
        ({"minutes": None, "succeeded": False}, "Abgebrochen"),
        ({"began_at": NOW - 100 * HOUR}, "Seit Langem nicht begonnen"),
    ],
)
def test_troubles_are_named_first(client, values, words):
    noted(**{"began_at": NOW - MINUTE, **values})
    said = text(client)
    assert "Bitte ansehen: Sitzungen." in said
    assert words in said


def test_without_a_timer_it_says_so(client):
    assert "Noch nie erledigt." in text(client)


def test_what_runs_is_no_trouble():
    noted(NOW - 100 * HOUR, minutes=None, succeeded=False)
    with running.turn("clearsessions"):
        (line,) = lines(NOW)
    assert line.is_running
    assert not line.is_trouble


def test_a_fact_with_a_remedy_is_a_trouble(client):
    noted(NOW - MINUTE)
    facts.offer("disk", lambda at: [Fact("Platz", "12 MB", "Bitte aufräumen.")])
    said = text(client)
    assert "Bitte ansehen: Platz." in said
    assert "Bitte aufräumen." in said


def test_what_all_apps_offer_is_told(client, monkeypatch):
    monkeypatch.undo()
    said = text(client)
    for words in ("PostgreSQL", "Freier Speicherplatz", "Meldungen", "Links in Einträgen", "Suche"):
        assert words in said


def test_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        lines(NOW)
