import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from lib.instants import instant

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("day", "time", "utc"),
    [
        ((2027, 1, 15), (9, 0), "2027-01-15T08:00+00:00"),
        ((2027, 7, 15), (9, 0), "2027-07-15T07:00+00:00"),
        ((2027, 3, 28), (2, 30), "2027-03-28T01:30+00:00"),  # skipped: there is no such time
        ((2027, 3, 28), (3, 0), "2027-03-28T01:00+00:00"),
        ((2027, 10, 31), (2, 30), "2027-10-31T01:30+00:00"),  # doubled: the second one
        ((2027, 10, 31), (3, 0), "2027-10-31T02:00+00:00"),
    ],
)
def test_local_times_are_read_as_postgresql_reads_them(day, time, utc):
    found = instant(dt.date(*day), dt.time(*time), BERLIN)
    assert found.astimezone(dt.UTC) == dt.datetime.fromisoformat(utc)
    assert (found.date(), found.time().replace(fold=0)) == (dt.date(*day), dt.time(*time))
