"""What is read as of one moment knows nothing of what is committed meanwhile."""

import pytest
from django.db import InternalError, connection

from events.models import Topic
from lib.one_moment import of_one_moment
from tests.factories import TopicFactory


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_meanwhile_is_not_seen():
    topic = TopicFactory(name_de="Vorher")
    other = connection.copy()
    try:
        with of_one_moment():
            assert Topic.objects.get().name_de == "Vorher"
            with other.cursor() as cursor:
                cursor.execute("UPDATE events_topic SET name_de = 'Nachher' WHERE id = %s", [topic.pk])
            assert Topic.objects.get().name_de == "Vorher"
        assert Topic.objects.get().name_de == "Nachher"
    finally:
        other.close()


@pytest.mark.django_db(transaction=True)
def test_nothing_can_be_written_there():
    with pytest.raises(InternalError, match="read-only"), of_one_moment():
        TopicFactory()


@pytest.mark.django_db
def test_inside_a_transaction_its_own_changes_are_seen():
    with of_one_moment():
        TopicFactory(name_de="Eigenes")
        assert Topic.objects.get().name_de == "Eigenes"
