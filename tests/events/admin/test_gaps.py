"""What an entry lacks is told alike by column and filter."""

from events.admin.gaps import GAPS, gaps, lacking, with_gaps
from events.models import Event
from tests import factories as make


def test_each_gap_is_one_in_column_and_filter(cast):
    for event in with_gaps(Event.objects.all()):
        words = gaps(event)
        for name, word in GAPS.items():
            assert lacking(Event.objects.all(), name).filter(pk=event.pk).exists() == (word in words)


def test_an_online_event_needs_no_venue():
    make.EventFactory(mode="online", online_url="https://netz.example")
    assert GAPS["venue"] not in gaps(with_gaps(Event.objects.all()).get())
