"""A site of its own with the production server: a few kills, and a database that is away for a moment.

`dev.py faults` does the same a hundred times and for a minute, and tries full disks, clocks, slow clients.
"""

import os
import random
import shutil
import tempfile
from pathlib import Path

import pytest
from django.db import connection

from tests.replicas.conftest import default_database
from tools import binaries, postgres, state
from tools.faults import outage
from tools.faults.house import House
from tools.faults.kills import Storm
from tools.terminal import Problem

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

SETTINGS = {"PAGE_CACHE_MEGABYTES": "32", "API_REQUESTS_PER_MINUTE": "0", "LOG_LEVEL": "CRITICAL"}


@pytest.fixture(scope="module")
def place():
    """A folder with a short path that PostgreSQL's account may enter."""
    folder = Path(tempfile.mkdtemp(dir=state.folder(), prefix="f"))
    folder.chmod(0o711)
    (folder / "d").mkdir()
    binaries.give_away(folder / "d")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def house(place, django_db_setup, django_db_blocker):
    """With the tables of the tests' own database."""
    try:
        house = House(place / "d", dict(os.environ) | SETTINGS, workers=1)
        house.look_after_database()
    except Problem as problem:
        pytest.skip(f"No PostgreSQL that could be killed: {problem.wrong}")
    try:
        with django_db_blocker.unblock():
            dump = place / "tables.sql"
            told = connection.settings_dict
            host = told["OPTIONS"].get("host") or told["HOST"]
            words = ["-h", host, "-U", told["USER"], *(["-p", str(told["PORT"])] if told["PORT"] else [])]
            dump.touch(mode=0o666)
            dump.chmod(0o666)
            house.server.run("pg_dump", *words, "--no-owner", "-f", str(dump), told["NAME"])
            socket = str(postgres.socket_folder(house.server.home))
            words = ["-q", "-v", "ON_ERROR_STOP=1", "-f", str(dump)]
            house.server.run("psql", *words, "-h", socket, "-U", postgres.USER, postgres.DATABASE)
            yield house
    finally:
        house.end()


@pytest.fixture(scope="module")
def storm(house, place, django_db_blocker):
    with django_db_blocker.unblock(), default_database(house.url):
        storm = Storm(house, place, random.Random(7), kinds=("hand",))  # noqa: S311
        storm.fill()
        house.site.begin()
        yield storm


def test_no_acknowledged_edit_is_lost_whatever_is_killed(storm, house, django_db_blocker):
    with django_db_blocker.unblock(), default_database(house.url), storm.raging():
        for victim in ("session", "site", "postmaster"):
            storm.strike(victim, thoroughly=False)
    assert storm.wrong == []
    assert sum(storm.ledger.told().times.values()) > 0


@pytest.mark.parametrize("away", [outage.stopped, outage.frozen])
def test_a_database_that_is_away_is_told_of_and_comes_back(storm, house, away):
    told = outage.Told()
    outage.warm(house)
    with away(house):
        seen = outage.watched(house.site.port, 1.0)
    outage.judge(told, away.__name__, seen)
    house.site.until_ready(30)
    assert told.wrong == []
