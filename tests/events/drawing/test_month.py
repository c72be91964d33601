import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from events.drawing.month import LANES, Span, weeks


def day(text):
    return dt.date.fromisoformat(text)


def bars(week):
    return [bar for one in week.days for bar in one.bars]


def placed(weeks):
    """(key, column, lane) of the bars of each week."""
    return [[(bar.key, bar.column, bar.lane) for bar in bars(week)] for week in weeks]


# Days around March 2027, so that many of the spans meet.
days = st.dates(dt.date(2027, 2, 1), dt.date(2027, 4, 30))
spans = st.lists(st.tuples(days, st.integers(0, 40)), max_size=60).map(
    lambda pairs: [
        Span(key, first, first + dt.timedelta(days=length)) for key, (first, length) in enumerate(pairs)
    ]
)


@given(spans, st.integers(1, LANES))
def test_every_event_is_in_each_week_it_touches_once_or_found_no_lane_free(known, lanes):
    for week in weeks(2027, 3, known, lanes):
        first, last = week.days[0].date, week.days[-1].date
        touching = {span.key: span for span in known if span.first <= last and span.last >= first}
        shown = [bar.key for bar in bars(week)]
        assert len(shown) == len({*shown})
        assert {*shown} <= touching.keys()
        for key in touching.keys() - {*shown}:
            column = (max(touching[key].first, first) - first).days
            assert sum(column in bar.columns for bar in bars(week)) == lanes


@given(spans, st.integers(1, LANES))
def test_whoever_found_no_lane_is_no_longer_than_those_that_begin_beside_it(known, lanes):
    for week in weeks(2027, 3, known, lanes):
        first, last = week.days[0].date, week.days[-1].date
        shown = {bar.key for bar in bars(week)}
        for column, one in enumerate(week.days):
            shortest = min((bar.days for bar in one.bars), default=7)
            for span in known:
                if span.key not in shown and max(span.first, first) == one.date and span.last >= first:
                    assert (min(span.last, last) - one.date).days + 1 <= shortest
            assert all(bar.column == column for bar in one.bars)


@given(spans, st.integers(1, LANES))
def test_a_bar_covers_the_days_of_its_event(known, lanes):
    by_key = {span.key: span for span in known}
    for week in weeks(2027, 3, known, lanes):
        for bar in bars(week):
            span = by_key[bar.key]
            covered = [week.days[column].date for column in bar.columns]
            assert covered == [one.date for one in week.days if span.first <= one.date <= span.last]


@given(spans, st.integers(1, LANES))
def test_lanes_do_not_overlap_and_none_stays_empty(known, lanes):
    for week in weeks(2027, 3, known, lanes):
        taken = [(bar.lane, column) for bar in bars(week) for column in bar.columns]
        assert len(taken) == len(set(taken))
        used = {lane for lane, _column in taken}
        assert used == set(range(len(used)))
        assert len(used) <= lanes
        assert all(
            [bar.lane for bar in day.bars] == sorted(bar.lane for bar in day.bars) for day in week.days
        )


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


def test_equal_ones_keep_their_order():
    known = [Span(key, day("2027-03-09"), day("2027-03-09")) for key in (5, 3, 4)]
    assert [bar.key for bar in bars(weeks(2027, 3, known)[1])] == [5, 3, 4]


def test_what_is_too_much_has_no_bar_in_that_week_and_one_in_the_next():
    known = [Span(key, day("2027-03-09"), day("2027-03-10")) for key in range(3)]
    known[2] = known[2]._replace(last=day("2027-03-16"))
    known.append(Span(3, day("2027-03-12"), day("2027-03-16")))
    shown = placed(weeks(2027, 3, known, lanes=2))
    assert shown[1:3] == [[(2, 1, 0), (0, 1, 1), (3, 4, 1)], [(2, 0, 0), (3, 0, 1)]]
    known.insert(0, Span(4, day("2027-03-08"), day("2027-03-14")))
    shown = placed(weeks(2027, 3, known, lanes=1))
    assert shown[1:3] == [[(4, 0, 0)], [(2, 0, 0)]]
