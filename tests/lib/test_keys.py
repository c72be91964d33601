"""Many keys in one parameter."""

import pytest

from events.models import Event, Topic
from lib.keys import among
from tests.factories import EventFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_rows_are_found_by_their_keys_or_by_those_of_others():
    topics = TopicFactory.create_batch(3)
    event = EventFactory(topics=topics[:1])
    EventFactory(topics=topics[1:])
    assert list(Topic.objects.filter(pk__in=among([topics[2].pk, topics[0].pk])).order_by("pk")) == [
        topics[0],
        topics[2],
    ]
    assert list(Event.objects.filter(topics__in=among({topics[0].pk}))) == [event]
    assert not Topic.objects.filter(pk__in=among([])).exists()
