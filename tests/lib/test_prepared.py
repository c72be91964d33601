"""Statements that are put together once fetch what querysets fetch."""

import datetime as dt

import pytest
from django.db.models import BooleanField, ExpressionWrapper, F, Q

from events.models import Event, EventTopic
from lib.prepared import MOMENT, Prepared, Table, rows
from tests.factories import NOW, EventFactory, SeriesFactory, TopicFactory

pytestmark = pytest.mark.django_db


def values(entry):
    return {field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}


def test_fetches_the_entries_with_all_their_columns_and_what_they_lead_to(django_assert_num_queries):
    wanted = [EventFactory(series=SeriesFactory()), EventFactory(series=None)]
    EventFactory()
    keys = [event.pk for event in wanted]
    events = Prepared(lambda: Event.objects.select_related("series").order_by("pk"))
    for _twice in range(2):
        with django_assert_num_queries(1):
            found = events.fetch(keys)
            series = [event.series for event in found]
        assert [values(one) for one in found] == [
            values(one) for one in Event.objects.filter(pk__in=keys).order_by("pk")
        ]
        assert series == [wanted[0].series, None]


def test_annotations_come_along_and_know_the_moment():
    event = EventFactory(starts_on=NOW.date())
    ended = ExpressionWrapper(Q(ends_at__lte=MOMENT), output_field=BooleanField())
    events = Prepared(lambda: Event.objects.select_related("series").annotate(ended=ended))
    told = [events.fetch([event.pk], NOW + dt.timedelta(days=days))[0] for days in (-9, 9)]
    assert [one.ended for one in told] == [False, True]
    assert told[1].series == event.series


def test_asks_nothing_without_keys(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Prepared(Event.objects.all).fetch([]) == []
        assert rows([(Table(lambda: Event.objects.values_list("pk")), [])]) == []


def test_lists_stand_under_what_they_belong_to_in_their_order():
    topics = TopicFactory.create_batch(3)
    first, second, bare = EventFactory(topics=topics), EventFactory(topics=topics[:1]), EventFactory()
    links = Prepared(EventTopic.objects.order_by("-pk").all, "event").lists([first.pk, second.pk, bare.pk])
    assert [link.topic_id for link in links[first.pk]] == [topic.pk for topic in reversed(topics)]
    assert [link.topic_id for link in links[second.pk]] == [topics[0].pk]
    assert links[bare.pk] == []


def test_rows_of_several_tables_come_in_one_statement_and_know_the_moment(django_assert_num_queries):
    past, coming = (
        EventFactory(starts_on=NOW.date() - dt.timedelta(days=30)),
        EventFactory(starts_on=NOW.date() + dt.timedelta(days=30)),
    )
    over = Table(lambda: Event.objects.filter(ends_at__lte=MOMENT).values_list("pk", "slug"))
    topics = Table(
        lambda: EventTopic.objects.annotate(name=F("topic__slug")).values_list("event", "name"), "event"
    )
    topic = TopicFactory()
    EventTopic.objects.create(event=coming, topic=topic)
    asked = [(over, [past.pk, coming.pk]), (topics, [coming.pk])]
    with django_assert_num_queries(1):
        found = rows(asked, NOW)
    assert sorted(found) == sorted([(past.pk, past.slug), (coming.pk, topic.slug)])
    later = rows([(over, [past.pk, coming.pk])], NOW + dt.timedelta(days=90))
    assert {key for key, _slug in later} == {past.pk, coming.pk}
