"""200 copies among the real catalogue: how many are found, and how many others are taken for copies."""

import pytest

from tests.curation import planting
from tests.lasting import lasting

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _catalogue(django_db_setup, django_db_blocker):
    with lasting(django_db_blocker):
        planting.load()
        yield


@pytest.mark.parametrize("garden", ["TUNING", "HELD_OUT"])
def test_planted_duplicates_are_found_and_little_else(garden):
    told = planting.harvest(planting.plant(1, getattr(planting, garden)))
    assert len(told.planted) == 200
    assert told.found >= 0.95, sorted((one.noun, one.trick) for one in told.missed)
    assert told.wrong <= 0.05, told.false
