import pytest

from events.models import Event
from tests.factories import EventFactory, TopicFactory
from tests.trail.hands import step, steps
from trail.undoing import undo

pytestmark = pytest.mark.django_db


def test_an_addition_says_no_more_than_that_it_is_there():
    topic = TopicFactory()
    assert steps() == [("insert", "events_topic", topic.pk, None)]


def test_a_change_keeps_what_was_and_comes_back():
    event = EventFactory(title="Alt", topics=[TopicFactory()])
    with step() as number:
        Event.objects.update(title="Neu", summary="x")
    assert steps()[-1] == ("update", "events_event", event.pk, {"title": "Alt", "summary": ""})
    undo(number)
    assert Event.objects.get().title == "Alt"


def test_what_was_deleted_comes_back_with_all_that_belonged_to_it():
    event = EventFactory(topics=[TopicFactory()])
    with step() as number:
        Event.objects.get().delete()
    undo(number)
    assert Event.objects.get().topics.count() == 1
    assert Event.objects.get().uid == event.uid
