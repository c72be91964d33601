"""What entries say is read from the index alone, and never says what an entry does not say any more."""

import pytest
from django.db import connection

from events.models import Event, Topic
from index import refresh
from index.models import Document
from index.registry import nouns
from index.told import texts
from speakers.actions import anonymise
from tests.factories import AppearanceFactory, EventFactory, SpeakerFactory, TopicFactory
from tests.journal import world

pytestmark = pytest.mark.django_db


def everything():
    """What the entries themselves say."""
    found = {}
    for noun, searchable in nouns().items():
        keys = list(searchable.everything().values_list("pk", flat=True))
        found |= {(noun, entry.pk): entry.texts for entry in searchable.entries(keys)}
    return found


def test_the_index_says_what_the_entries_say_in_one_query(django_assert_num_queries):
    world.build()
    refresh.refresh_all()
    there = everything()
    with django_assert_num_queries(1):
        assert texts(there) == there
    assert {noun for noun, _pk in there} == set(nouns())


def test_the_strongest_texts_come_first_and_each_once():
    topic = TopicFactory(name_de="Kürbis", name_en="", synonyms=["Kürbis", "Zierkürbis"])
    event = EventFactory(title="Fest", summary="Fest", topics=[topic])
    refresh.refresh_all()
    told = texts([("event", event.pk)])["event", event.pk]
    assert [one.weight for one in told] == sorted(one.weight for one in told)
    assert [one.text for one in told if one.kind == "topic"] == ["Kürbis", "Zierkürbis"]


def test_who_asks_for_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert texts([]) == {}


def test_rows_of_an_earlier_version_speak_through_their_entries_until_they_are_read_again():
    event = EventFactory(title="Kürbisfest")
    refresh.refresh_all()
    there = everything()
    Document.objects.update(texts=None)
    assert texts(there) == there
    Event.objects.update(title="Kartoffelfest")
    refresh.refresh_all()
    assert Document.objects.get(noun="event", object=event.pk).texts is not None


def test_entries_that_are_gone_say_nothing():
    topic = TopicFactory()
    refresh.refresh_all()
    key = "topic", topic.pk
    assert key in texts([key])
    Topic.objects.all().delete()
    assert texts([key]) == {}


def test_the_anonymised_are_named_by_no_text_not_even_before_the_index_has_heard():
    person = SpeakerFactory(given_name="Zacharias", family_name="Kürbiskern", aliases=["Kürbismann"])
    event = AppearanceFactory(speaker=person, office="Kürbisrat").event
    refresh.refresh_all()
    asked = [("event", event.pk), ("speaker", person.pk)]
    assert "Kürbis" in str(texts(asked))
    anonymise(person)
    assert "Kürbis" not in str(texts(asked))
    # The row of the person is read, that of the event waits for the next question.
    refresh.refresh(limit=1)
    assert refresh.is_stale()
    assert "Kürbis" not in str(texts(asked))
    refresh.refresh_all()
    assert "Kürbis" not in str(texts(asked))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM index_document WHERE texts::text ILIKE '%%kürbis%%'")
        assert cursor.fetchone() == (0,)
