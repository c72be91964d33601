"""How `dev.py test` shares its tests between processes: by whole modules, those that take long first.

A module's fixtures are then made once, and in the end there are only short modules left, so that no process
works on while the others wait. The lists need no care: whatever they lack or name too much costs seconds.
"""

from collections import Counter
from pathlib import PurePosixPath

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

# The browser comes first: starting it and filling its directory is done once, and all its tests follow.
BROWSER = "tests/browser/"
# Processor time of more than eight seconds (`dev.py test --durations=60`), the longest first.
LONGEST = (
    "tests/browser/test_conditions.py",
    "tests/browser/test_admin.py",
    "tests/browser/test_entering.py",
    "tests/browser/test_lists_in_place.py",
    "tests/browser/test_journeys.py",
    "tests/browser/test_embed.py",
    "tests/browser/test_signing.py",
    "tests/browser/test_suggestions.py",
    "tests/accounts/test_walk.py",
    "tests/api/test_mirror.py",
    "tests/tools/test_dev.py",
    "tests/curation/test_duplicates_planted.py",
    "tests/faults/test_house.py",
    "tests/events/test_thousand.py",
    "tests/events/test_looks.py",
    "tests/api/test_lists.py",
    "tests/events/bits/test_same_answers.py",
    "tests/journal/test_truth.py",
    "tests/deploy/test_restarts.py",
    "tests/test_conventions.py",
    "tests/events/test_filters.py",
    "tests/trail/test_truth.py",
    "tests/shelf/test_pages.py",
    "tests/operations/test_backup.py",
    "tests/events/admin/test_rules.py",
    "tests/events/test_calendar_pieces.py",
    "tests/speed/test_growth.py",
    "tests/privacy/test_gone.py",
    "tests/replicas/test_edits.py",
    "tests/search/test_bars.py",
    "tests/catalogue/test_roundtrip.py",
    "tests/shelf/test_moments.py",
    "tests/branding/test_second_authority.py",
)
# Their tests have nothing in common and are long: each goes to whoever is free.
ONE_BY_ONE = ("tests/browser/test_conditions.py", "tests/browser/test_admin.py")


class Shares(LoadFileScheduling):
    """The units are modules, in the order of the collected tests."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        super().__init__(config, log)
        # Theirs would be by the number of tests.
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        module = module_of(nodeid)
        return nodeid if module in ONE_BY_ONE else module


def module_of(nodeid: str) -> str:
    return nodeid.split("::", 1)[0]


def in_order(nodeids: list[str]) -> list[int]:
    """The positions of tests as they are to be shared: modules together, their own order untouched."""
    modules = [module_of(nodeid) for nodeid in nodeids]
    sizes = Counter(modules)

    def rank(position: int) -> tuple[bool, int, int, PurePosixPath]:
        module = modules[position]
        length = LONGEST.index(module) if module in LONGEST else len(LONGEST)
        return not module.startswith(BROWSER), length, -sizes[module], PurePosixPath(module)

    return sorted(range(len(nodeids)), key=rank)
