import datetime as dt
import subprocess
import sys

import pytest
from django.utils.translation import override

from lib.days_off import Holiday, SchoolBreak, bridge_days, public_holidays, school_breaks


def day(text):
    return dt.date.fromisoformat(text)


def year(number, state=None):
    return public_holidays(dt.date(number, 1, 1), dt.date(number, 12, 31), state)


def on(text, state=None):
    return [(one.name, one.states) for one in public_holidays(day(text), day(text), state)]


def test_the_holidays_of_a_land_in_order():
    assert [f"{one.day:%d.%m.} {one.name}" for one in year(2026, "DE-NW")] == [
        "01.01. Neujahr",
        "03.04. Karfreitag",
        "06.04. Ostermontag",
        "01.05. Erster Mai",
        "14.05. Christi Himmelfahrt",
        "25.05. Pfingstmontag",
        "04.06. Fronleichnam",
        "03.10. Tag der Deutschen Einheit",
        "01.11. Allerheiligen",
        "25.12. Erster Weihnachtstag",
        "26.12. Zweiter Weihnachtstag",
    ]


def test_without_a_land_regional_holidays_name_theirs():
    assert on("2026-01-06") == [("Heilige Drei Könige", ("DE-BW", "DE-BY", "DE-ST"))]
    assert on("2026-10-03") == [("Tag der Deutschen Einheit", ())]


@pytest.mark.parametrize(
    ("number", "states"),
    [
        (2016, ("DE-BB", "DE-MV", "DE-SN", "DE-ST", "DE-TH")),
        (2017, ()),
        (2018, ("DE-BB", "DE-HB", "DE-HH", "DE-MV", "DE-NI", "DE-SH", "DE-SN", "DE-ST", "DE-TH")),
        (2026, ("DE-BB", "DE-HB", "DE-HH", "DE-MV", "DE-NI", "DE-SH", "DE-SN", "DE-ST", "DE-TH")),
    ],
)
def test_reformation_day_held_everywhere_in_one_year(number, states):
    assert on(f"{number}-10-31") == [("Reformationstag", states)]


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("2018-03-08", None),
        ("2019-03-08", ("DE-BE",)),
        ("2022-03-08", ("DE-BE",)),
        ("2023-03-08", ("DE-BE", "DE-MV")),
        ("2018-09-20", None),
        ("2026-09-20", ("DE-TH",)),
        ("2018-11-21", ("DE-SN",)),
        ("2026-11-18", ("DE-SN",)),
        ("1994-11-16", ()),
        ("2025-05-08", ("DE-BE",)),
        ("2026-05-08", None),
    ],
)
def test_days_that_some_laender_have_and_some_years_had(text, states):
    assert [found for _name, found in on(text)] == ([] if states is None else [states])


def test_what_only_some_municipalities_have_is_told_apart():
    whole, parts = public_holidays(day("2026-08-15"), day("2026-08-15"))
    assert (whole.states, whole.in_parts, whole.where) == (("DE-SL",), False, "nur in SL")
    assert (parts.states, parts.in_parts, parts.where_long) == (("DE-BY",), True, "nur in Teilen von Bayern")
    corpus_christi = public_holidays(day("2026-06-04"), day("2026-06-04"))
    assert [one.where for one in corpus_christi] == [
        "nur in BW, BY, HE, NW, RP, SL",
        "nur in Teilen von SN, TH",
    ]


def test_a_nationwide_holiday_says_nothing_of_where():
    assert Holiday(day("2026-10-03"), "Tag der Deutschen Einheit").where == ""


def test_two_holidays_on_one_day_are_both_named():
    assert [name for name, _states in on("2008-05-01")] == ["Christi Himmelfahrt", "Erster Mai"]


def test_names_follow_the_language():
    with override("en"):
        found = public_holidays(day("2026-06-04"), day("2026-06-04"), "DE-BY")
        assert [(one.name, one.where) for one in found] == [
            ("Corpus Christi", "only in BW, BY, HE, NW, RP, SL")
        ]
    assert on("2026-06-04", "DE-BY")[0][0] == "Fronleichnam"


def test_a_span_over_the_turn_of_the_year():
    found = public_holidays(day("2026-12-24"), day("2027-01-02"), "DE-HH")
    assert [str(one.day) for one in found] == ["2026-12-25", "2026-12-26", "2027-01-01"]


def test_neighbours_are_known_by_state_and_other_countries_not_at_all():
    assert [name for name, _states in on("2026-10-26", "AT-9")] == ["Nationalfeiertag"]
    assert [name for name, _states in on("2026-08-01", "CH-ZH")] == ["Nationalfeiertag"]
    assert on("2026-01-01", "FR-IDF") == []
    assert year(1900) == []


def test_bridge_days_are_single_working_days_between_days_off():
    assert bridge_days(day("2026-01-01"), day("2026-12-31")) == [day("2026-01-02"), day("2026-05-15")]
    # Corpus Christi, a Thursday, and Epiphany, a Tuesday.
    assert bridge_days(day("2026-06-01"), day("2026-06-30"), "DE-NW") == [day("2026-06-05")]
    assert bridge_days(day("2026-06-01"), day("2026-06-30"), "DE-BE") == []
    assert bridge_days(day("2026-06-01"), day("2026-06-30"), "DE-SN") == []
    assert bridge_days(day("2026-01-05"), day("2026-01-05"), "DE-BY") == [day("2026-01-05")]


def test_school_breaks_of_a_land_come_whole():
    christmas = SchoolBreak("Weihnachtsferien", day("2026-12-23"), day("2027-01-06"))
    assert school_breaks(day("2026-12-01"), day("2027-01-31"), "DE-NW") == [christmas]
    assert school_breaks(day("2027-01-04"), day("2027-01-04"), "DE-NW") == [christmas]
    assert school_breaks(day("2026-11-23"), day("2026-11-27"), "DE-NW") == []
    assert school_breaks(day("2026-12-01"), day("2027-01-31"), "AT-9") == []


def test_the_country_is_a_setting(settings):
    settings.DEFAULT_COUNTRY = "AT"
    assert on("2026-10-26") == [("Nationalfeiertag", ())]
    assert on("2026-10-03") == []
    assert on("2026-10-03", "DE-NW") == [("Tag der Deutschen Einheit", ())]
    settings.DEFAULT_COUNTRY = "FR"
    assert year(2026) == []


def test_the_library_is_read_late_and_for_the_asked_country_alone():
    code = (
        "import sys, datetime as dt\n"
        "import lib.days_off as days\n"
        "assert 'holidays' not in sys.modules\n"
        "assert days._calendar('DE').country == 'DE'\n"
        "print(sorted(name for name in sys.modules if name.startswith('holidays.countries')))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
