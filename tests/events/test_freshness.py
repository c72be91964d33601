"""One text that tells whether an answer made before still holds."""

import datetime as dt

import pytest
from django.contrib.auth.models import User

from events.freshness import seed
from events.models import Event, Topic
from events.models.queryset import TOMBSTONE
from journal.models import CatalogueVersion
from tests.factories import NOW, EventFactory, TopicFactory
from tests.journal.hands import commit_changes

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def seeds_around(moment):
    return seed(moment - SECOND), seed(moment)


def test_it_stays_while_nothing_changes():
    EventFactory()
    commit_changes()
    User.objects.create_user("redaktion")
    commit_changes()
    assert seed(NOW) == seed(NOW + SECOND)


def test_it_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        seed(NOW)


def test_an_edit_changes_it():
    TopicFactory()
    commit_changes()
    before = seed(NOW)
    Topic.objects.update(name_de="Anders")
    commit_changes()
    assert seed(NOW) != before


def test_a_restored_backup_that_has_come_to_the_same_number_has_another():
    TopicFactory()
    commit_changes()
    before = seed(NOW)
    CatalogueVersion.objects.update(at=NOW)
    assert seed(NOW) != before


def test_an_event_that_ends_changes_it():
    event = EventFactory(timezone="Asia/Tokyo")
    event.refresh_from_db()
    before, after = seeds_around(event.ends_at)
    assert before != after


def test_an_entry_that_becomes_public_changes_it():
    before, after = seeds_around(EventFactory(publish_from=NOW).publish_from)
    assert before != after


def test_an_entry_that_calendars_forget_changes_it():
    EventFactory(state="withdrawn")
    before, after = seeds_around(Event.objects.get().withdrawn_at + TOMBSTONE)
    assert before != after


def test_the_day_changes_it():
    before, after = seeds_around(dt.datetime(2027, 2, 28, 23, tzinfo=dt.UTC))
    assert before != after
