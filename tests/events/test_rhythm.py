import datetime as dt

import pytest

from events.rhythm import Expected, expected_next

TODAY = dt.date(2026, 11, 21)


def days(text):
    return [dt.date.fromisoformat(one) for one in text.split()]


# The first days of the Smart Country Convention, 2018 to 2026.
SCCON = days(
    "2018-11-20 2019-10-22 2020-10-27 2021-10-26 2022-10-18 2023-11-07 2024-10-15 2025-09-30 2026-10-13"
)


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        (SCCON, Expected(2027, 10)),
        (SCCON[::-1], Expected(2027, 10)),
        (days("2020-05-12 2022-05-17 2024-05-14"), Expected(2028, 5)),  # biennial, May 2026 was skipped
        (days("2021-05-12 2023-05-17 2025-05-14"), Expected(2027, 5)),
        (
            days("2024-03-01 2024-09-01 2025-03-01 2025-09-01 2026-03-01"),
            Expected(2027, 3),
        ),  # September 2026 passed
        (days("2024-06-01 2025-06-01 2026-06-01"), Expected(2027, 6)),
        (days("2023-06-01 2024-06-01 2025-06-01"), Expected(2027, 6)),  # one edition skipped
        (days("2022-06-01 2023-06-01 2024-06-01"), None),  # dormant: more than two gaps ago
        (days("2025-06-01 2026-06-01"), None),  # too few
        (days("2025-06-01 2025-06-02 2026-06-01"), None),  # two stops of one road show are one edition
        (days("2026-06-01 2026-07-01 2026-08-01 2026-09-01"), None),  # a monthly round is no congress
        (days("2026-02-01 2026-06-01 2026-10-01"), Expected(2027, 2)),  # four months are enough
        (
            days("2019-06-01 2020-06-01 2022-06-01 2023-06-01 2024-06-01 2025-06-01 2026-06-01"),
            Expected(2027, 6),
        ),
        (days("2021-06-01 2022-06-01 2024-06-01 2025-06-01 2026-06-01"), Expected(2027, 6)),  # one outlier
        (days("2023-06-01 2024-11-01 2026-04-01"), None),  # seventeen months are no rhythm
        (days("2018-06-01 2020-06-01 2021-06-01 2023-06-01 2026-06-01"), None),  # no rhythm
        (days("2021-06-01 2022-06-01 2023-06-01 2024-06-01 2026-06-01"), None),  # the last gap breaks it
        (days("2024-06-01 2025-06-01 2026-06-01 2027-05-20"), None),  # announced already
        ([], None),
    ],
)
def test_the_next_edition_follows_from_the_rhythm(starts, expected):
    assert expected_next(starts, TODAY) == expected


def test_an_edition_later_this_month_is_announced_already():
    starts = days("2024-11-25 2025-11-25 2026-11-25")
    assert expected_next(starts, TODAY) is None
    assert expected_next(starts, dt.date(2026, 11, 25)) == Expected(2027, 11)


def test_the_month_is_expected_until_its_last_day_and_then_a_gap_later():
    starts = days("2023-10-10 2024-10-10 2025-10-10")
    assert expected_next(starts, dt.date(2026, 10, 31)) == Expected(2026, 10)
    assert expected_next(starts, dt.date(2026, 11, 1)) == Expected(2027, 10)
    assert expected_next(starts, dt.date(2027, 10, 31)) == Expected(2027, 10)
    assert expected_next(starts, dt.date(2027, 11, 1)) is None


@pytest.mark.parametrize(
    ("expected", "first", "last"),
    [
        (Expected(2027, 12), dt.date(2027, 12, 1), dt.date(2027, 12, 31)),
        (Expected(2028, 2), dt.date(2028, 2, 1), dt.date(2028, 2, 29)),
    ],
)
def test_an_expected_month_knows_its_days(expected, first, last):
    assert (expected.first_day, expected.last_day) == (first, last)
