"""Up to which moment all changes are known, however long transactions take."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import F

from events.models import Topic
from journal import version
from tests.factories import TopicFactory
from tests.journal.test_version import second_connection

pytestmark = pytest.mark.django_db(transaction=True)


def clock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def test_all_is_settled_when_nobody_writes():
    before = clock()
    assert before <= version.settled_at() <= clock()


def test_a_transaction_that_lasts_holds_the_moment_back():
    first, second = TopicFactory(), TopicFactory()
    with second_connection() as other, other.cursor() as cursor:
        cursor.execute("SELECT now()")
        (began,) = cursor.fetchone()
        Topic.objects.filter(pk=first.pk).update(name_de="Dazwischen")
        first.refresh_from_db()
        assert first.modified_at > began
        assert version.settled_at() == began
        cursor.execute("UPDATE events_topic SET name_de = 'Spät' WHERE id = %s", [second.pk])
        other.commit()
    second.refresh_from_db()
    assert second.modified_at == began < first.modified_at < version.settled_at()


def test_a_date_never_falls_back():
    topic = TopicFactory()
    with second_connection() as other, other.cursor() as cursor:
        cursor.execute("SELECT now()")
        Topic.objects.update(name_de="Erst später begonnen")
        seen = Topic.objects.get().modified_at
        cursor.execute("UPDATE events_topic SET name_de = 'Zuvor begonnen' WHERE id = %s", [topic.pk])
        other.commit()
    assert Topic.objects.get().modified_at == seen + dt.timedelta(microseconds=1)
    Topic.objects.update(summary=F("slug"))
    assert Topic.objects.get().modified_at > seen + dt.timedelta(microseconds=1)
