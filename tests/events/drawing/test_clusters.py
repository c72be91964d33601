"""Marks on the map: every event stays on it, none twice, and no mark hides another."""

import math

from hypothesis import given
from hypothesis import strategies as some

from events.drawing import germany
from events.drawing.clusters import GAP, Mark, Town, marks, together

VIEW = germany.view()
EVENTS = some.frozensets(some.integers(0, 40), min_size=1, max_size=12)


@some.composite
def directories(draw):
    """Towns with their events, as {slug: events}, and the same as the map takes them."""
    places = some.tuples(EVENTS, some.floats(47.3, 55.0), some.floats(5.9, 15.0))
    drawn = draw(some.lists(places, max_size=25))
    known = {f"ort-{number}": events for number, (events, _latitude, _longitude) in enumerate(drawn)}
    towns = [
        Town(
            slug=f"ort-{number}",
            name=f"Ort {number}",
            number=len(events),
            latitude=latitude,
            longitude=longitude,
            shared=frozenset(
                event
                for event in events
                if any(event in its for slug, its in known.items() if slug != f"ort-{number}")
            ),
        )
        for number, (events, latitude, longitude) in enumerate(drawn)
    ]
    return known, towns


def told(found):
    return [(mark.x, mark.y, [town.slug for town in mark.towns]) for mark in found]


@given(directories())
def test_each_town_is_in_one_mark_and_each_mark_counts_its_events_once(directory):
    known, towns = directory
    found = marks(towns, VIEW)
    assert sorted(town.slug for mark in found for town in mark.towns) == sorted(known)
    for mark in found:
        assert mark.number == len(frozenset().union(*(known[town.slug] for town in mark.towns)))
    assert together(towns) == len(frozenset().union(*known.values()))


@given(directories())
def test_no_mark_lies_in_the_reach_of_another_and_each_can_be_hit(directory):
    found = marks(directory[1], VIEW)
    for place, mark in enumerate(found):
        assert mark.reach >= 20, "24 pixels on a map of 288"
        assert mark.reach >= mark.radius
        for other in found[:place]:
            assert math.hypot(mark.x - other.x, mark.y - other.y) >= mark.reach + other.reach + GAP


@given(directories(), some.randoms(use_true_random=False))
def test_the_order_of_the_towns_changes_nothing(directory, dice):
    towns = directory[1]
    shuffled = dice.sample(towns, len(towns))
    assert told(marks(shuffled, VIEW)) == told(marks(towns, VIEW))


def a_town(slug, number, latitude=51.0, longitude=7.0, **more):
    return Town(slug, slug.title(), number, latitude, longitude, **more)


def test_towns_side_by_side_become_one_mark_nearer_to_the_greater():
    cologne, bonn = a_town("koeln", 9, 50.94, 6.96), a_town("bonn", 1, 50.73, 7.10)
    (mark,) = marks([bonn, cologne], VIEW)
    assert [town.slug for town in mark.towns] == ["koeln", "bonn"]
    assert mark.number == 10
    here, there = VIEW.place(50.94, 6.96), VIEW.place(50.73, 7.10)
    assert math.dist((mark.x, mark.y), here) < math.dist((mark.x, mark.y), there)


def test_seen_nearer_by_they_come_apart():
    towns = [
        a_town("koeln", 9, 50.94, 6.96),
        a_town("essen", 5, 51.46, 7.01),
        a_town("bielefeld", 1, 52.02, 8.53),
    ]
    assert len(marks(towns, VIEW)) == 2
    assert len(marks(towns, germany.view([germany.box_of("DE-NW")]))) == 3


def test_a_mark_grows_with_the_root_of_its_number_up_to_a_largest():
    sizes = [Mark(0, 0, (a_town("ort", number),)).radius for number in (1, 4, 25, 49, 10_000)]
    assert sizes == [15.0, 18.0, 27.0, 33.0, 34]


def test_an_empty_map_has_no_marks():
    assert marks([], VIEW) == []
    assert together([]) == 0
