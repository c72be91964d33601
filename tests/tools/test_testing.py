import pytest

from tools import testing


@pytest.mark.parametrize("arguments", [[], ["-k", "word"], ["tests/tools"], ["-x"]])
def test_several_processes_share_a_long_run(arguments):
    assert "-n" in testing.command(arguments)[3:]


@pytest.mark.parametrize(
    "arguments",
    [["tests/tools/test_testing.py"], ["tests/tools/test_testing.py::test_x"], ["-n0"], ["--pdb"]],
)
def test_a_short_or_chosen_run_stays_as_it_is(arguments):
    assert testing.command(arguments)[3:] == arguments
