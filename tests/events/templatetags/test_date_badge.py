import datetime as dt

import pytest
from django.utils import translation

from events.templatetags.date_badge import Sheet, date_badge, sheet
from tests.factories import EventFactory

D = dt.date


@pytest.mark.parametrize(
    ("first", "last", "precision", "shown"),
    [
        (D(2019, 11, 5), D(2019, 11, 5), "day", Sheet("Di", "5", "Nov. 2019")),
        (D(2018, 11, 20), D(2018, 11, 22), "day", Sheet("Di–Do", "20–22", "Nov. 2018")),
        (D(2025, 9, 30), D(2025, 10, 2), "day", Sheet("Di", "30", "Sept. 2025", "bis 2. Okt.")),
        (D(2026, 12, 31), D(2027, 1, 1), "day", Sheet("Do", "31", "Dez. 2026", "bis 1. Jan. 2027")),
        (D(2026, 12, 1), D(2026, 12, 31), "month", Sheet("", "Dez.", "2026")),
        (D(2026, 10, 1), D(2026, 11, 30), "month", Sheet("", "Okt.–Nov.", "2026")),
        (D(2027, 1, 1), D(2027, 3, 31), "quarter", Sheet("1. Quartal", "2027")),
        (D(2027, 1, 1), D(2027, 12, 31), "year", Sheet("", "2027")),
    ],
)
def test_a_sheet_tells_the_days_as_exactly_as_they_are_known(first, last, precision, shown):
    assert sheet(first, last, precision) == shown


def test_a_sheet_speaks_english():
    with translation.override("en"):
        assert sheet(D(2025, 9, 30), D(2025, 10, 2)) == Sheet("Tue", "30", "Sept. 2025", "to 2 Oct.")


@pytest.mark.parametrize(
    ("status", "is_void"), [("scheduled", False), ("cancelled", True), ("postponed", True)]
)
def test_a_date_that_no_longer_holds_is_struck_out(status, is_void):
    assert date_badge(EventFactory.build(status=status))["is_void"] is is_void
