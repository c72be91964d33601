"""A month of thousands of events is drawn from few of them, as if from all."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from events.drawing.month import Gathered, Span, weeks

FIRST = dt.date(2027, 3, 1)
DAYS = st.tuples(
    st.sampled_from([-9, -3, 0, 1, 2, 5, 6, 20, 27, 29, 38]), st.integers(0, 9), st.integers(0, 9)
)


@settings(max_examples=120, deadline=None)
@given(events=st.lists(DAYS, max_size=140))
def test_bars_and_numbers_are_those_of_all_events(events):
    start = FIRST.toordinal()
    rows = [
        (key, start + day, start + day + (length if length < 4 else more))
        for key, (day, length, more) in enumerate(sorted(events))
    ]
    spans = [Span(key, dt.date.fromordinal(first), dt.date.fromordinal(last)) for key, first, last in rows]
    gathered = Gathered(*(zip(*rows, strict=True) if rows else ((), (), ())))
    assert gathered.total == len(rows)
    for few, every in zip(weeks(2027, 3, gathered.spans), weeks(2027, 3, spans), strict=True):
        for day, same in zip(few.days, every.days, strict=True):
            assert day.bars == same.bars
            assert gathered.of_day(day.date) == sum(span.first <= day.date <= span.last for span in spans)
