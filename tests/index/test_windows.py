"""Around which days hits of frequent words are looked for first, and that nothing is lost by it."""

import datetime as dt

import pytest

from events.models import Event
from index import counting, search
from index.plan import Group, Plan
from index.windows import window
from tests.factories import NOW, EventFactory

TODAY = dt.date(2026, 11, 22)


def planned(*groups, entries=1_000_000, count=500_000):
    return Plan(list(groups), counts={"tagung": count}, entries=entries)


def during(*marks):
    return Group(frozenset({("2023",)}), marks, is_time=True)


WORD = Group(frozenset({("tagung",)}))


def months(query):
    return [one.strip("()'").removeprefix("time/") for one in query.split(" | ")] if query else []


def test_the_more_hits_are_expected_the_shorter_is_the_time():
    assert len(months(window(planned(WORD), 375, TODAY))) == 15
    assert months(window(planned(WORD, count=20_000), 375, TODAY)) == ["2026-10", "2026-11", "2026-12"]
    assert len(months(window(planned(WORD, count=10_000), 375, TODAY))) == 9
    assert months(window(planned(WORD, count=2_000), 375, TODAY)) == ["2026", "2027"]
    assert window(planned(WORD, count=1_000), 375, TODAY) == ""


@pytest.mark.parametrize(
    ("marks", "first"),
    [
        (["time/2023"], "2023-12"),
        (["time/2028"], "2028-01"),
        (["time/2024-03", "time/2024-04", "time/2024-05"], "2024-05"),
        (["month/11"], "2026-11"),
        (["time/2023-11-05"], None),
        (["time/2019", "edition/19"], None),
    ],
)
def test_of_a_period_the_part_that_is_nearest_comes_first(marks, first):
    told = months(window(planned(during(*marks), WORD), 100, TODAY))
    assert told[:1] == ([first] if first else [])


def test_a_period_in_words_and_two_periods_have_no_window():
    plan = planned(during("time/2023"), WORD)
    plan.with_marks = False
    assert window(plan, 1, TODAY) == ""
    assert window(planned(during("time/2023"), during("time/2024"), WORD), 1, TODAY) == ""


def test_words_that_come_together_are_expected_more_often_than_by_chance():
    one, both = planned(WORD, count=10_000), planned(WORD, WORD, count=10_000)
    assert 100 < both.expected < one.expected == 10_000


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
@pytest.mark.parametrize("entries", [0, 10_000_000])
def test_hits_are_the_same_however_many_are_expected(monkeypatch, entries):
    for year in range(2024, 2031):
        EventFactory(title="Vergabetag", starts_on=dt.date(year, 3, 5))
        EventFactory(title="Forum", summary="Über den Vergabetag.", starts_on=dt.date(year, 3, 6))
    monkeypatch.setattr(Plan, "expected", float(entries))
    expected = [2027, 2028, 2029, 2030, 2026, 2025, 2024]
    for question, years in (
        ("vergabetag", expected),
        ("vergabetag 2028", [2028]),
        ("vergabetag märz", expected),
    ):
        found = search.find(question, nouns=["event"], at=NOW, limit=20)
        titled = Event.objects.filter(title="Vergabetag").in_bulk([hit.pk for hit in found.hits])
        assert [titled[hit.pk].starts_on.year for hit in found.hits if hit.pk in titled] == years
        assert found.totals == {"event": 2 * len(years)}


@pytest.mark.django_db
@pytest.mark.usefixtures("now")
@pytest.mark.parametrize("entries", [0, 10_000_000])
def test_of_very_many_hits_the_best_are_found_with_a_window_and_without(monkeypatch, entries):
    for month in range(1, 13):
        EventFactory(title="Forum", summary="Über den Vergabetag.", starts_on=dt.date(2027, month, 5))
    EventFactory(title="Vergabetag", starts_on=dt.date(2019, 3, 5))
    monkeypatch.setattr(Plan, "expected", float(entries))
    for name, number in (("MOST", 4), ("RANKED", 4), ("OF_EACH", 2)):
        monkeypatch.setattr(counting, name, number)
    found = search.find("vergabetag", nouns=["event"], at=NOW)
    best = [Event.objects.get(pk=hit.pk) for hit in found.hits[:3]]
    assert [(one.title, one.starts_on.year, one.starts_on.month) for one in best][:2] == [
        ("Vergabetag", 2019, 3),
        ("Forum", 2027, 3),
    ]
    assert (found.totals, found.capped) == ({"event": 4}, {"event"})
