"""Topics that a question leads to which found nothing."""

import pytest

from events.bits.keeper import keeper
from events.models import Topic
from search.topics import frequent
from tests.factories import NOW, EventFactory, TopicFactory


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("now")
def test_topics_are_those_with_the_most_events_however_they_are_counted():
    keeper.forget()
    rare, common, unused = (TopicFactory(name_de=name, name_en="") for name in ("Akte", "Bund", "Cloud"))
    EventFactory.create_batch(2, topics=[common])
    EventFactory(topics=[rare, common])
    EventFactory(state="draft", topics=[unused])
    told = [(one.slug, one.name, one.event_count) for one in frequent(2, NOW)]
    keeper.settle()
    assert told == [(one.slug, one.name, one.event_count) for one in Topic.objects.frequent(2)]
    assert told == [(common.slug, "Bund", 3), (rare.slug, "Akte", 1)]
