import importlib

import pytest

from tools import bench
from tools.terminal import Problem


def test_an_unknown_bench_is_told_with_those_that_are_known():
    with pytest.raises(Problem) as told:
        bench.run("fax", [])
    assert all(name in told.value.remedy for name in bench.BENCHES)


@pytest.mark.parametrize("name", bench.BENCHES)
def test_every_bench_can_be_called(name):
    assert callable(importlib.import_module(bench.BENCHES[name]).main)


def test_the_crowd_of_a_bench_is_sound():
    bench_events = importlib.import_module("tools.bench_events")
    events = [bench_events._event(n) for n in range(1, 121)]
    for event in events:
        event.clean()
        assert event.starts_on <= event.ends_on
    assert {event.status for event in events} == {"scheduled", *bench_events.STATUSES.values()}
