import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest

from events.outputs.zones import vtimezone
from tests import golden

ZONES = {
    "Europe/Berlin": (2002, 2027),
    "Europe/London": (2020, 2027),
    "America/New_York": (2005, 2009),  # the rule changed in 2007
    "Europe/Istanbul": (2014, 2020),  # the clocks stopped changing
    "Asia/Kolkata": (2020, 2021),
    "Africa/Casablanca": (2019, 2027),  # winter time in Ramadan, which no yearly rule describes
    "Australia/Lord_Howe": (2024, 2027),  # half an hour
    "Etc/UTC": (2027, 2027),
}


def as_zone(name, first, last):
    content = b"BEGIN:VCALENDAR\r\n" + vtimezone(name, first, last) + b"END:VCALENDAR\r\n"
    (zone,) = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    return zone.to_tz(lookup_tzid=False)


@pytest.mark.parametrize(("name", "years"), ZONES.items(), ids=ZONES)
def test_the_definition_agrees_with_the_zone_at_noon_of_every_day(name, years):
    told, real = as_zone(name, *years), ZoneInfo(name)
    day = dt.datetime(years[0], 1, 1, 12)
    while day.year <= years[1]:
        assert day.replace(tzinfo=told).utcoffset() == day.replace(tzinfo=real).utcoffset(), day
        day += dt.timedelta(days=1)


def test_where_one_rule_holds_it_is_told_as_a_rule():
    golden.check("zone_berlin.ics", vtimezone("Europe/Berlin", 2025, 2027))


def test_where_rules_changed_each_change_is_told():
    assert vtimezone("America/New_York", 2006, 2007).count(b"RDATE") == 2


def test_a_zone_without_changes_is_one_line_of_time():
    golden.check("zone_utc.ics", vtimezone("Etc/UTC", 2027, 2027))


def test_an_unknown_zone_is_an_error():
    with pytest.raises(KeyError):
        vtimezone("Europe/Atlantis", 2027, 2027)
