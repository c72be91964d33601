import datetime as dt
from decimal import Decimal

import pytest

from catalogue.kinds import (
    BadValueError,
    Clock,
    Day,
    Flag,
    Moment,
    Number,
    Slug,
    Text,
    Uid,
    Whole,
    Words,
    period,
    period_text,
)

MOMENT = dt.datetime(2027, 5, 3, 7, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (Text(), "Zeile 1\nZeile 2", "Zeile 1\nZeile 2"),
        (Slug(), "tagung-2027", "tagung-2027"),
        (Flag(), True, True),
        (Whole(), 8, 8),
        (Number(), 99, Decimal(99)),
        (Day(), "2027-05-31", dt.date(2027, 5, 31)),
        (Clock(), "09:30", dt.time(9, 30)),
        (Clock(), "23:59:59", dt.time(23, 59, 59)),
        (Moment(), "2027-05-03T07:30:00Z", MOMENT),
        (Uid(), "6f1b0e0c-7d0b-5b7e-9a53-0d5b0a4c2e11", None),
        (Words(), ["de", "en"], ["de", "en"]),
    ],
)
def test_what_is_written_reads_as_the_same_value(kind, written, value):
    assert value is None or kind.read(written) == value
    assert kind.write(kind.read(written)) == written


def test_numbers_are_written_without_needless_zeros():
    assert Number().write(Decimal("52.515600")) == 52.5156
    assert Number().write(Decimal("99.00")) == 99


def test_a_moment_is_told_in_universal_time():
    assert Moment().read("2027-05-03T09:30:00+02:00") == MOMENT


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        (Text(), 5, "must be a text"),
        (Text(), "a\x00b", "contains a control character such as NUL"),
        (Text(), "\ud800", "contains half of a Unicode character (a lone surrogate)"),
        (Slug(), "Großes", "must be lower-case letters, digits and single hyphens, at most 80 of them"),
        (Slug(), "a" * 81, "must be lower-case letters, digits and single hyphens, at most 80 of them"),
        (Slug(), "tagung\n", "must be lower-case letters, digits and single hyphens, at most 80 of them"),
        (Flag(), 1, "must be true or false"),
        (Whole(), True, "must be a whole number"),
        (Whole(), Decimal("1.5"), "must be a whole number"),
        (Number(), "5", "must be a number"),
        (Day(), "2027-05", "must be a day such as 2027-05-31"),
        (Day(), "2027-02-29", "“2027-02-29” is no day of the calendar"),
        (Day(), "0001-01-01", "“0001-01-01” lies outside the years 1900 to 2199"),
        (Clock(), "9:30", "must be a time such as 09:30"),
        (Clock(), "24:00", "“24:00” is no time of the day"),
        (Moment(), "2027-05-03T09:30:00", "must be a moment with offset such as 2027-05-31T09:30:00+02:00"),
        (Moment(), 5, "must be a moment with offset such as 2027-05-31T09:30:00+02:00"),
        (Uid(), "x", "must be a UUID"),
        (Words(), "de", "must be a list of texts"),
        (Words(), ["de", "de"], "names something twice"),
        (Words(), [5], "must be a text"),
    ],
)
def test_a_value_of_another_kind_is_refused_with_a_reason(kind, value, reason):
    with pytest.raises(BadValueError) as error:
        kind.read(value)
    assert str(error.value) == reason


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2028-02-29", dt.date(2028, 2, 29), dt.date(2028, 2, 29), "day"),
        ("2028-02", dt.date(2028, 2, 1), dt.date(2028, 2, 29), "month"),
        ("2027-Q4", dt.date(2027, 10, 1), dt.date(2027, 12, 31), "quarter"),
        ("2027", dt.date(2027, 1, 1), dt.date(2027, 12, 31), "year"),
    ],
)
def test_a_vague_date_spans_its_whole_period(text, first, last, precision):
    assert period(text) == (first, last, precision)
    assert period_text(first, precision) == period_text(last, precision) == text


@pytest.mark.parametrize("text", ["2027-13", "2027-00", "2027-05-00"])
def test_a_period_outside_the_calendar_is_refused(text):
    with pytest.raises(BadValueError, match="no day of the calendar"):
        period(text)


@pytest.mark.parametrize("text", ["2027-Q5", "27", "2027-5", "٢٠٢٧", None, 2027, ""])
def test_a_period_in_another_form_is_refused(text):
    with pytest.raises(BadValueError, match="must be a day, month, quarter or year"):
        period(text)
