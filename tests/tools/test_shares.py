from pathlib import Path

import pytest

from tools import shares, state


def ordered(*nodeids):
    return [nodeids[position] for position in shares.in_order(list(nodeids))]


def test_long_modules_come_first_and_small_ones_last():
    assert ordered(
        "tests/lib/test_small.py::test_a",
        "tests/events/test_filters.py::test_b",
        "tests/lib/test_large.py::test_c",
        "tests/api/test_mirror.py::test_d",
        "tests/lib/test_large.py::test_e",
        "tests/browser/test_month.py::test_f",
    ) == [
        "tests/browser/test_month.py::test_f",
        "tests/api/test_mirror.py::test_d",
        "tests/events/test_filters.py::test_b",
        "tests/lib/test_large.py::test_c",
        "tests/lib/test_large.py::test_e",
        "tests/lib/test_small.py::test_a",
    ]


def test_the_tests_of_a_module_stay_together_in_their_order():
    """pytest-django puts those behind that empty the database; modules lie between them then."""
    assert ordered("a.py::test_2", "b.py::test_1", "b.py::test_2", "a.py::test_1") == [
        "a.py::test_2",
        "a.py::test_1",
        "b.py::test_1",
        "b.py::test_2",
    ]


@pytest.mark.parametrize("module", sorted({*shares.LONGEST, *shares.ONE_BY_ONE}))
def test_each_module_that_is_named_exists(module):
    assert Path(state.CHECKOUT, module).is_file()
