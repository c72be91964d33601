"""What a refresh takes upon itself: all that was noted when it was called, and nothing that comes after."""

import pytest

from index import refresh as refreshing
from index.models import Pending
from index.refresh import refresh, take
from tests.factories import OrganisationFactory, TopicFactory

pytestmark = pytest.mark.django_db


def test_what_is_noted_after_it_began_is_left_to_the_next():
    """Under a stream of edits it would never end, and all searches would wait for it."""
    before = TopicFactory()
    last = Pending.objects.latest("pk").pk
    after = TopicFactory()
    assert take(500, last, []) == {"topic": {before.pk}}
    assert take(500, last, []) == {}
    own = [note.pk for note in Pending.objects.filter(noun="topic", object=after.pk)]
    assert take(500, last, own) == {"topic": {after.pk}}


def test_a_refresh_reads_what_it_notes_itself():
    """Whatever tells of a changed entry is read with it."""
    OrganisationFactory(parent=OrganisationFactory(name="Alt"))
    refresh()
    assert not Pending.objects.exists()


def test_a_request_reads_for_a_second_and_leaves_the_rest(monkeypatch):
    """Whoever searches after a load does not wait for all of it."""
    monkeypatch.setattr(refreshing, "_SHORT_BATCH", 2)
    refresh()
    for _number in range(7):
        TopicFactory()
    ticks = iter([0.0, 0.4, 1.0])
    assert refresh(seconds=1, clock=lambda: next(ticks)) == 4
    # Who had to wait for others that long reads the first all the same: an edit shows in the next request.
    ticks = iter([0.0, 60.0])
    assert refresh(seconds=1, clock=lambda: next(ticks)) == 2
    assert refresh() == 1
    assert not Pending.objects.exists()
