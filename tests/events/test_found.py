"""The lines that tell where an entry matched."""

import pytest

from events.cards import card_of
from events.found import LABELS, OTHER_NAMES, Finder
from index.highlighting import Matcher
from lib.words import tokens


def lines(q, places, seen=(), keys=(), labels=LABELS):
    stems = frozenset(token.key for word in keys or q.split() for token in tokens(word))
    finder = Finder(q, Matcher(stems))
    return [(one.label, str(one.text)) for one in finder.lines(places, seen, labels)]


def test_the_text_with_most_of_the_words_comes_first():
    places = [("topic", "open data"), ("title", "linking data spaces"), ("text", "data")]
    assert lines("data spaces", places) == [("Titel", "linking <mark>data</mark> <mark>spaces</mark>")]


def test_two_texts_that_complete_each_other_are_told():
    places = [("topic", "cloud"), ("person", "ada"), ("text", "cloud cloud")]
    assert lines("ada cloud", places) == [
        ("Thema", "<mark>cloud</mark>"),
        ("Person", "<mark>ada</mark>"),
    ]


def test_what_was_typed_is_told_rather_than_what_means_the_same():
    places = [("topic", "once"), ("topic", "noots")]
    assert lines("noots", places, keys=("noots", "once")) == [("Thema", "<mark>noots</mark>")]


def test_what_is_seen_anyway_is_not_told_again():
    places = [("title", "cloud"), ("topic", "cloud"), ("text", "alles zur cloud")]
    assert lines("cloud", places, seen=["cloud"]) == []


def test_a_synonym_is_told_where_nothing_else_is_seen():
    assert lines("egov", [("topic", "once")], seen=["titel"], keys=("once",)) == [
        ("Thema", "<mark>once</mark>")
    ]


def test_other_entries_have_other_names():
    places = [("title", "iteos"), ("place", "bonn")]
    assert lines("iteos", places, seen=["komm.one"], labels=OTHER_NAMES) == [("Auch", "<mark>iteos</mark>")]


def test_kinds_that_nobody_knows_are_left_out():
    assert lines("cloud", [("geheim", "cloud")]) == []


@pytest.mark.django_db
def test_a_card_shows_title_place_organisers_and_topics(cast):
    event = type(cast.congress).objects.for_listing().get(pk=cast.congress.pk)
    assert list(card_of(event).texts) == [
        "Smart-Country-Tage 2026",
        "Berlin",
        "DVN",
        "Messe Musterstadt",
        "Cloud-Infrastruktur",
        "Onlinezugangsgesetz",
    ]
