import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from events.drawing.month import LANES, Span, weeks


def day(text):
    return dt.date.fromisoformat(text)


def bars(week):
    return [bar for one in week.days for bar in one.bars]


# Days around March 2027, so that many of the spans meet.
days = st.dates(dt.date(2027, 2, 1), dt.date(2027, 4, 30))
spans = st.lists(st.tuples(days, st.integers(0, 40)), max_size=60).map(
    lambda pairs: [
        Span(key, first, first + dt.timedelta(days=length)) for key, (first, length) in enumerate(pairs)
    ]
)


@given(spans, st.integers(1, LANES))
def test_every_event_is_in_each_week_it_touches_exactly_once(known, lanes):
    for week in weeks(2027, 3, known, lanes):
        first, last = week.days[0].date, week.days[-1].date
        shown = [bar.key for bar in bars(week)]
        hidden = {key for one in week.days for key in one.hidden}
        assert sorted([*shown, *hidden]) == [
            span.key for span in known if span.first <= last and span.last >= first
        ]


@given(spans, st.integers(1, LANES))
def test_a_bar_covers_the_days_of_its_event_and_hidden_ones_are_counted_on_each(known, lanes):
    by_key = {span.key: span for span in known}
    for week in weeks(2027, 3, known, lanes):
        for column, one in enumerate(week.days):
            covering = {bar.key for bar in bars(week) if column in bar.columns} | set(one.hidden)
            assert covering == {key for key, span in by_key.items() if span.first <= one.date <= span.last}


@given(spans, st.integers(1, LANES))
def test_lanes_do_not_overlap_and_none_stays_empty(known, lanes):
    for week in weeks(2027, 3, known, lanes):
        taken = [(bar.lane, column) for bar in bars(week) for column in bar.columns]
        assert len(taken) == len(set(taken))
        used = {lane for lane, _column in taken}
        assert used == set(range(len(used)))
        assert len(used) <= lanes
        assert week.rows == len(used) + any(one.hidden for one in week.days)


@given(spans)
def test_begin_and_end_are_told_where_they_are(known):
    by_key = {span.key: span for span in known}
    for week in weeks(2027, 3, known, 60):
        for bar in bars(week):
            span, first = by_key[bar.key], week.days[bar.column].date
            last = week.days[bar.columns[-1]].date
            assert (bar.begins, bar.ends) == (span.first == first, span.last == last)


@given(st.integers(1900, 2199), st.integers(1, 12))
def test_the_weeks_hold_all_days_of_the_month_from_monday_to_sunday(year, month):
    found = weeks(year, month, [])
    inside = [one.date.day for week in found for one in week.days if one.is_inside]
    assert inside == list(range(1, len(inside) + 1))
    assert {tuple(one.date.weekday() for one in week.days) for week in found} == {tuple(range(7))}
    assert all(any(one.is_inside for one in week.days) for week in found)
    assert [week.number for week in found] == [week.days[3].date.isocalendar().week for week in found]


def test_what_lasts_longer_stands_above_what_begins_with_it():
    hour, days_long, later = (
        Span(1, day("2027-03-09"), day("2027-03-09")),
        Span(2, day("2027-03-09"), day("2027-03-11")),
        Span(3, day("2027-03-10"), day("2027-03-10")),
    )
    week = weeks(2027, 3, [hour, days_long, later])[1]
    assert [(bar.key, bar.column, bar.days, bar.lane) for bar in bars(week)] == [
        (2, 1, 3, 0),
        (1, 1, 1, 1),
        (3, 2, 1, 1),
    ]
    assert week.rows == 2


def test_equal_ones_keep_their_order():
    known = [Span(key, day("2027-03-09"), day("2027-03-09")) for key in (5, 3, 4)]
    assert [bar.key for bar in bars(weeks(2027, 3, known)[1])] == [5, 3, 4]


def test_the_rest_is_counted_on_its_days():
    known = [Span(key, day("2027-03-09"), day("2027-03-10")) for key in range(3)]
    week = weeks(2027, 3, known, lanes=2)[1]
    assert [one.hidden for one in week.days] == [(), (2,), (2,), (), (), (), ()]
    assert week.rows == 3
