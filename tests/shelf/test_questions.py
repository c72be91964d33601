"""Questions to the search are kept like pages, if it has read the whole catalogue; by this process alone."""

import datetime as dt
import random

import pytest
import time_machine
from django.db import connection

from events.freshness import span
from index import counting, refresh, search
from index.rebuilding import rebuild
from journal.state import once, state
from shelf import serving
from shelf.models import SharedPage
from tests.factories import (
    NOW,
    AppearanceFactory,
    EventFactory,
    OrganisationFactory,
    SeriesFactory,
    SpeakerFactory,
    TopicFactory,
    VenueFactory,
)
from tests.journal.hands import commit_changes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
DAY, LEAST = dt.timedelta(days=1), dt.timedelta(microseconds=1)
SEARCH = "/suche/?q=vergabetag"
ADDRESSES = [
    SEARCH,
    "/suche/?q=vergabetag&noun=event",
    "/suche/?%71=vergabetag",
    "/suche/vorschlaege/?q=verg",
    "/veranstaltungen/?q=vergabetag&when=all",
    "/veranstaltungen/?q=vergabetag",
    "/veranstaltungen/kalender/2027/03/?q=vergabetag",
    "/veranstaltungen/jahr/2027/?q=vergabetag",
    "/veranstaltungen/karte/?q=vergabetag",
    "/veranstaltungen.json?q=vergabetag",
    "/veranstaltungen.ics?q=vergabetag",
    "/einbetten/veranstaltungen/?q=vergabetag",
]
WORDS = [
    "Vergabetag", "Vergaberecht", "Register", "Bürgerportal", "Köln", "Workshop", "online", "kostenlos",
    "2026", "März 2027", "Q2 2027", "April", "Digitale Verwaltung", "Onlinezugangsgesetz", "OZG",
    "Vergbaetag", '"Tag der Register"', "Stadt",
]  # fmt: skip


@pytest.fixture
def asked(client):
    """Events on both sides of now, some of a noon and some of a midnight, in all that a question may mean."""
    topic = TopicFactory(name_de="Onlinezugangsgesetz", synonyms=["OZG"])
    series = SeriesFactory(name="Vergabetage")
    titles = ("Vergabetag", "Forum Vergaberecht", "Tag der Register in der Stadt", "Digitale Verwaltung")
    for number in range(-12, 13):
        times = {"start_time": dt.time(9), "end_time": dt.time(16)} if number % 2 else {}
        EventFactory(
            title=titles[number % 4],
            summary="Ein Vergabetag mit Bürgerportal.",
            starts_on=NOW.date() + number * (2 * DAY if number % 3 else 20 * DAY),
            topics=[topic] if number % 3 == 0 else [],
            venues=[VenueFactory(city="Köln")] if number % 4 == 1 else [],
            formats=["workshop"] if number % 5 == 0 else ["congress"],
            series=series if number % 6 == 0 else None,
            **times,
        )
    person = SpeakerFactory(family_name="Vergabetag")
    AppearanceFactory(speaker=person, event=EventFactory(organisers=[OrganisationFactory(name="Vergabeamt")]))
    refresh.refresh_all()
    commit_changes()


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_question_is_kept_and_costs_one_query(client, asked, shelf, django_assert_num_queries, path):
    made = client.get(path)
    made_of = made.getvalue() if made.streaming else made.content
    tag = made.headers["ETag"]
    with django_assert_num_queries(1):
        kept = client.get(path)
    assert (kept.content, kept.headers["ETag"]) == (made_of, tag)
    with django_assert_num_queries(1):
        assert client.get(path, headers={"if-none-match": tag}).status_code == 304


def test_nobody_but_this_process_is_told_what_was_asked(client, asked, shelf, monkeypatch):
    monkeypatch.setattr("shelf.shared.Costs.WORTH_SHARING", 0.0)
    client.get("/veranstaltungen/?topic=unbekannt")
    shared = SharedPage.objects.count()
    assert shared == 1
    for path in ADDRESSES:
        client.get(path)
    assert (SharedPage.objects.count(), len(serving.memory)) == (shared, shared + len(ADDRESSES))


# -- the moment ------------------------------------------------------------------------------------


def within(around, picked):
    """Its first and its last moment, and one between."""
    between = around.since + (around.until - around.since) * picked.random()
    return [around.since, between, around.until - LEAST]


@pytest.mark.parametrize(("most", "each"), [(300, 60), (4, 3)])
def test_between_two_turns_a_question_has_one_answer(asked, monkeypatch, most, each):
    """Also of more hits than are ranked, of which the nearest in time are."""
    for name, number in (("MOST", most), ("RANKED", most), ("OF_EACH", each), ("PROMISED", most)):
        monkeypatch.setattr(counting, name, number)
    picked = random.Random(most)  # noqa: S311
    for number in range(40):
        around = span(NOW + number % 4 * DAY)
        text = " ".join(picked.sample(WORDS, picked.choice([1, 1, 2])))
        first, *others = (search.find(text, at=moment) for moment in within(around, picked))
        assert [told.hits for told in others] == [first.hits] * len(others), text
        assert [told.totals for told in others] == [first.totals] * len(others), text


def test_between_two_turns_pages_stay_as_they_are(client, asked):
    picked = random.Random(3)  # noqa: S311
    around = span(NOW)
    told = []
    for moment in within(around, picked):
        with time_machine.travel(moment, tick=False), once(state()):
            told.append({path: client.get(path).getvalue() for path in ADDRESSES})
    for later in told[1:]:
        assert [path for path in ADDRESSES if later[path] != told[0][path]] == []


# -- what the search has read ------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/suche/?q=kartoffel", "/veranstaltungen.json?q=kartoffel&when=all"])
def test_while_the_search_is_behind_nothing_is_kept(client, asked, shelf, monkeypatch, path):
    """After a load each question reads a portion, and finds more although the catalogue is the same."""
    EventFactory.create_batch(8, title="Kartoffel")
    commit_changes()
    monkeypatch.setattr(refresh, "PER_REQUEST", 1)
    told = []
    for _time in range(6):
        response = client.get(path)
        tag = response.headers.get("ETag", "").removeprefix("W/")
        told.append((response.content.count(b"Kartoffel"), tag, len(serving.memory)))
    whole = told[-1]
    behind = [one for one in told if one[0] < whole[0]]
    assert len({found for found, _tag, _kept in behind}) > 1
    assert [(tag == whole[1], kept) for _found, tag, kept in behind] == [(False, 0)] * len(behind)
    assert (whole[2], client.get(path, headers={"if-none-match": whole[1]}).status_code) == (1, 304)


def test_what_changed_since_is_found_by_the_next_question(client, asked, shelf):
    tag = client.get(SEARCH).headers["ETag"]
    EventFactory(title="Vergabetag im Kürbisfeld")
    commit_changes()
    response = client.get(SEARCH, headers={"if-none-match": tag})
    assert (response.status_code, "im Kürbisfeld" in response.content.decode()) == (200, True)


@pytest.mark.parametrize("change", [{"synonyms": ["Vergabetag"]}, {"name_en": "Vergabetag"}])
def test_other_names_count_at_once(client, asked, shelf, change):
    before = client.get(SEARCH).content.decode()
    TopicFactory(name_de="Kürbisse", **change)
    commit_changes()
    assert ("Kürbisse" in before, "Kürbisse" in client.get(SEARCH).content.decode()) == (False, True)


def test_words_of_drafts_teach_the_search_and_void_what_it_said(client, asked, shelf):
    """No draft is found; but a word that an entry uses is none that has to be put right."""
    path = "/suche/?q=vergaberechd"
    assert "Ergebnisse für" in client.get(path).content.decode()
    EventFactory(title="Vergaberechd", state="draft")
    commit_changes()
    assert "Ergebnisse für" not in client.get(path).content.decode()


def test_an_index_made_anew_voids_what_the_old_one_said(client, asked, shelf):
    """As after an update, of which the old index knows nothing."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM index_document WHERE noun = 'speaker'")
    before = client.get(SEARCH)
    rebuild()
    commit_changes()
    after = client.get(SEARCH, headers={"if-none-match": before.headers["ETag"]})
    assert ("/personen/person-" in before.content.decode(), after.status_code) == (False, 200)
    assert "/personen/person-" in after.content.decode()
