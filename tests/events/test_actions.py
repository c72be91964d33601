import datetime as dt

import pytest
from django.db import IntegrityError

from events import actions
from events.models import Event, PreviousDate
from tests.factories import NOW, PUBLISHED, TODAY, EventFactory, EventVenueFactory, VenueFactory

pytestmark = pytest.mark.django_db

MAY, JUNE = dt.date(2027, 5, 11), dt.date(2027, 6, 15)


def fresh(event):
    return Event.objects.get(pk=event.pk)


def test_publishing_makes_an_entry_public_at_once():
    event = EventFactory(state="draft", published_at=None)
    actions.publish(event)
    assert fresh(event).is_public()
    assert event.published_at is not None


def test_publishing_later_makes_it_public_then():
    event = EventFactory(state="in_review", published_at=None)
    later = NOW + dt.timedelta(days=3000)
    actions.publish(event, at=later)
    assert not fresh(event).is_public(later - dt.timedelta(seconds=1))
    assert fresh(event).is_public(later)
    assert event.published_at == later


def test_withdrawing_hides_an_entry_and_remembers_when():
    event = EventFactory()
    actions.withdraw(event, note="Doppelt.")
    assert not fresh(event).is_public()
    assert event.withdrawn_at is not None
    assert event.published_at == PUBLISHED


def test_publishing_again_keeps_the_first_date():
    event = EventFactory()
    actions.withdraw(event, note="Doppelt.")
    actions.publish(event)
    assert fresh(event).is_public()
    assert (event.withdrawn_at, event.published_at) == (None, PUBLISHED)


def test_checking_notes_the_day_and_no_revision(now):
    event = EventFactory()
    actions.mark_checked(event)
    assert (fresh(event).checked_on, fresh(event).revision) == (TODAY, 0)
    actions.mark_checked(event, on=dt.date(2027, 2, 1))
    assert fresh(event).checked_on == dt.date(2027, 2, 1)


def test_a_new_date_keeps_the_old_one_as_a_previous_date():
    event = EventFactory(starts_on=MAY, ends_on=MAY, start_time=dt.time(9), end_time=dt.time(17))
    actions.reschedule(event, starts_on=JUNE, ends_on=JUNE, start_time=dt.time(10))
    event = fresh(event)
    assert (event.starts_on, event.ends_on, event.start_time, event.end_time) == (
        JUNE,
        JUNE,
        dt.time(10),
        None,
    )
    assert event.status == "rescheduled"
    before = event.previous_dates.get()
    assert (before.starts_on, before.ends_on, before.start_time) == (MAY, MAY, dt.time(9))


def test_moved_twice_both_former_dates_stand_in_order():
    event = EventFactory(starts_on=MAY)
    actions.reschedule(event, starts_on=JUNE, ends_on=JUNE)
    actions.reschedule(event, starts_on=dt.date(2027, 9, 1), ends_on=dt.date(2027, 9, 2))
    assert [one.starts_on for one in event.previous_dates.all()] == [MAY, JUNE]


def test_a_month_becomes_a_day_and_a_day_becomes_a_month():
    event = EventFactory(starts_on=dt.date(2027, 5, 1), ends_on=dt.date(2027, 5, 31), date_precision="month")
    actions.reschedule(event, starts_on=JUNE, ends_on=JUNE, start_time=dt.time(9))
    assert (fresh(event).date_precision, event.previous_dates.get().date_precision) == ("day", "month")
    actions.reschedule(event, starts_on=dt.date(2027, 9, 1), ends_on=dt.date(2027, 9, 30), precision="month")
    assert (fresh(event).date_precision, fresh(event).start_time) == ("month", None)


def test_two_days_with_times_become_one_day():
    event = EventFactory(starts_on=MAY, ends_on=JUNE, start_time=dt.time(18), end_time=dt.time(12))
    actions.reschedule(event, starts_on=JUNE, ends_on=JUNE)
    assert fresh(event).status == "rescheduled"


def test_a_refused_date_leaves_everything_as_it_was():
    event = EventFactory(starts_on=MAY)
    with pytest.raises(IntegrityError, match="event_ends_not_before_start"):
        actions.reschedule(event, starts_on=JUNE, ends_on=MAY)
    assert fresh(event).starts_on == MAY
    assert not PreviousDate.objects.exists()


def test_moved_online_nobody_is_sent_to_its_place_any_longer():
    event = EventFactory(venues=[VenueFactory()])
    EventVenueFactory(event=event, use="broadcast")
    actions.move_online(event)
    event = fresh(event)
    assert (event.mode, event.status, event.online_access) == ("online", "moved_online", "after_registration")
    assert event.places == []
    assert sorted(link.use for link in event.venue_links.all()) == ["broadcast", "planned"]
    assert not Event.objects.in_city(["berlin"]).exists()


def test_moved_online_with_an_address():
    event = EventFactory()
    actions.move_online(event, url="https://raum.example")
    assert (fresh(event).online_url, fresh(event).online_access) == ("https://raum.example", "")


def test_a_cancelled_event_stays_public():
    event = EventFactory()
    actions.cancel(event)
    assert fresh(event).status == "cancelled"
    assert fresh(event).is_public(NOW)
