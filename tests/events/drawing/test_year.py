"""A year as a drawing: nothing is lost, nothing overlaps, every day stands where it belongs."""

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.drawing import year as drawing
from events.drawing.words import shortened
from events.drawing.year import DAY, GAP, MOST_LANES, NARROWEST, STRIP, WIDTH, Row, draw

YEARS = [2000, 2012, 2023, 2024, 2027]
ELSEWHERE = dt.date(1999, 1, 1)


def row(number, first, last=None, words="Tagung", **more):
    return Row(number, first, last or first, words, **more)


@st.composite
def rows(draw_from, year):
    """Rows that touch the year, some from before it or into the next one; now few, now many."""
    places = st.tuples(st.integers(-40, 364), st.integers(0, 60), st.integers(0, 250), st.booleans())
    times = draw_from(st.sampled_from([1, 1, 4]))
    found = []
    for start, length, letters, flag in draw_from(st.lists(places, min_size=1, max_size=30)) * times:
        first = dt.date(year, 1, 1) + dt.timedelta(days=start)
        found.append(
            row(
                len(found) + 1,
                first,
                max(first, dt.date(year, 1, 1)) + dt.timedelta(days=length),
                words=("Wo mag Ämter.–" * 20)[: letters + 1],
                note="Abgesagt, Beispiel" if flag else "",
                lane=[(0, "KI"), (0, "Cloud"), (0, ""), (2, "Ohne")][letters % 4],
                counts=flag,
            )
        )
    return found


def many(test):
    quiet = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    return quiet(
        given(st.sampled_from(YEARS).flatmap(lambda year: st.tuples(st.just(year), rows(year))))(test)
    )


@many
def test_no_row_is_lost_and_no_two_overlap(asked):
    year, given_rows = asked
    drawn = draw(year, given_rows, ELSEWHERE)
    bars = [bar for lane in drawn.lanes for bar in lane.bars]
    assert Counter(bar.row.number for bar in bars) == Counter(one.number for one in given_rows)
    assert [lane.number for lane in drawn.lanes] == [len(lane.bars) for lane in drawn.lanes]
    for lane in drawn.lanes:
        assert {bar.row.lane[1] for bar in lane.bars} == {lane.name}
        assert all(0 <= bar.y < lane.height for bar in lane.bars)
        for line in {bar.y for bar in lane.bars}:
            extents = sorted(bar.extent for bar in lane.bars if bar.y == line)
            assert all(end + GAP <= start for (_, end), (start, _) in pairwise(extents))


@many
def test_bars_stand_on_their_days_and_words_inside_the_drawing(asked):
    year, given_rows = asked
    drawn = draw(year, given_rows, ELSEWHERE)
    for bar in (bar for lane in drawn.lanes for bar in lane.bars):
        first = max(bar.row.first, dt.date(year, 1, 1))
        last = min(bar.row.last, dt.date(year, 12, 31))
        begin, end = (first - dt.date(year, 1, 1)).days * DAY, ((last - dt.date(year, 1, 1)).days + 1) * DAY
        assert bar.width == max(end - begin, NARROWEST)
        assert bar.x == min(begin, drawn.width - bar.width)
        assert 0 <= bar.extent[0] <= bar.extent[1] <= WIDTH
        assert bar.row.note in bar.words or bar.words == str(bar.row.number)


@pytest.mark.parametrize("year", range(1999, 2034))
def test_months_and_weeks_cover_the_year_without_gaps(year):
    drawn = draw(year, [row(1, dt.date(year, 5, 5))], ELSEWHERE)
    for spans in (drawn.months, drawn.weeks):
        assert (spans[0].first, spans[-1].last) == (dt.date(year, 1, 1), dt.date(year, 12, 31))
        for one, following in pairwise(spans):
            assert one.last + dt.timedelta(days=1) == following.first
            assert one.x + one.width == following.x
    assert all(week.number == week.first.isocalendar().week for week in drawn.weeks)
    assert len(drawn.weeks) in (53, 54)


def test_weeks_count_what_takes_place_in_them():
    monday = dt.date(2027, 3, 1)
    drawn = draw(
        2027,
        [
            row(1, monday),
            row(2, monday + dt.timedelta(days=6), monday + dt.timedelta(days=7)),
            row(3, monday, counts=False),
        ],
        ELSEWHERE,
    )
    assert {week.number: week.count for week in drawn.weeks if week.count} == {9: 2, 10: 1}
    assert [(week.number, week.height) for week in drawn.busiest] == [(9, STRIP)]
    assert drawn.free_weeks == len(drawn.weeks) - 2


def test_a_year_without_known_days_has_no_fullest_week():
    drawn = draw(2027, [row(1, dt.date(2027, 3, 1), counts=False)], ELSEWHERE)
    assert (drawn.busiest, drawn.free_weeks) == ([], len(drawn.weeks))


def test_the_fullest_lane_comes_first_and_small_ones_share_one():
    names = [f"Thema {number:02}" for number in range(MOST_LANES + 2)]
    given_rows = [row(1, dt.date(2027, 1, 1), lane=(2, "Ohne"))]
    for place, name in enumerate(names):
        given_rows += [
            row(1, dt.date(2027, 1, 1), lane=(0, name)) for _ in range(1 + (place < 3) + (place == 2))
        ]
    lanes = draw(2027, given_rows, ELSEWHERE, others="Weitere").lanes
    assert [(lane.name, lane.number) for lane in lanes] == [
        ("Thema 02", 3), ("Thema 00", 2), ("Thema 01", 2), ("Weitere", MOST_LANES - 1), ("Ohne", 1),
    ]  # fmt: skip


def test_few_lanes_stand_alone_however_small():
    given_rows = [row(1, dt.date(2027, 1, 1), lane=(0, name)) for name in "CAB"]
    assert [lane.name for lane in draw(2027, given_rows, ELSEWHERE, others="Weitere").lanes] == [
        "A",
        "B",
        "C",
    ]


def test_today_stands_in_its_own_year_alone():
    given_rows = [row(1, dt.date(2027, 1, 1))]
    assert draw(2027, given_rows, dt.date(2027, 1, 3)).today == 2 * DAY + DAY // 2
    assert draw(2026, given_rows, dt.date(2027, 1, 3)).today is None


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Kurz", "Kurz"),
        ("Tag der langen Verwaltung, " * 9, "Tag der langen Verwaltung, Tag der langen Verwaltung, Tag …"),
        ("Donaudampfschifffahrt" * 9, "DonaudampfschifffahrtDonaudamp…"),
    ],
)  # fmt: skip
def test_long_words_are_cut_between_two_of_them(words, shown):
    assert shortened(words) == shown


def test_many_events_are_called_by_their_numbers_and_expected_editions_by_name():
    many = [row(number, dt.date(2027, 3, 1)) for number in range(1, drawing.MOST_TITLES + 1)]
    assert not draw(2027, many, ELSEWHERE).is_numbered
    drawn = draw(2027, [*many, row(0, dt.date(2027, 6, 1), words="Reihe", note="erwartet")], ELSEWHERE)
    assert drawn.is_numbered
    words = {bar.row.number: bar.words for lane in drawn.lanes for bar in lane.bars}
    assert words[0] == "Reihe · erwartet"
    assert words[7] == "7"
    assert sum(lane.number for lane in drawn.lanes) == len(many)


def test_columns_keep_their_proportions_and_nothing_has_none():
    assert drawing.heights([0, 1, 50, 100]) == [0, 2, drawing.COLUMN // 2, drawing.COLUMN]
    assert drawing.heights([0, 0]) == [0, 0]
    assert drawing.heights([]) == []
