"""Notations that organisers and the catalogue's sources use, each with what it means."""

import datetime as dt

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lib import dates
from lib.pasted_dates import Pasted, parse
from lib.pasted_times import NotUnderstood

# {what was written: first day, last day, [precision], [starting time, closing time]}
WRITTEN = {
    "20.–22.11.2018": "2018-11-20 2018-11-22",
    "20.-22.11.2018": "2018-11-20 2018-11-22",
    "20. – 22. 11. 2018": "2018-11-20 2018-11-22",
    "20. bis 22. November 2018": "2018-11-20 2018-11-22",
    "20.–22. November 2018": "2018-11-20 2018-11-22",
    "vom 20. bis zum 22. November 2018": "2018-11-20 2018-11-22",
    "20.11.–22.11.2018": "2018-11-20 2018-11-22",
    "20.11.2018 - 22.11.2018": "2018-11-20 2018-11-22",
    "20.11.18–22.11.18": "2018-11-20 2018-11-22",
    "20. November bis 22. November 2018": "2018-11-20 2018-11-22",
    "5. November 2019": "2019-11-05 2019-11-05",
    "05.11.2019": "2019-11-05 2019-11-05",
    "5.11.19": "2019-11-05 2019-11-05",
    "am 5. Nov. 2019": "2019-11-05 2019-11-05",
    "5 Nov 2019": "2019-11-05 2019-11-05",
    "5 November 2019": "2019-11-05 2019-11-05",
    "Nov 5, 2019": "2019-11-05 2019-11-05",
    "November 5th, 2019": "2019-11-05 2019-11-05",
    "the 5th of November 2019": "2019-11-05 2019-11-05",
    "Nov 5-7, 2019": "2019-11-05 2019-11-07",
    "Nov 5 – Nov 7, 2019": "2019-11-05 2019-11-07",
    "November 30 – December 2, 2026": "2026-11-30 2026-12-02",
    "5-7 November 2019": "2019-11-05 2019-11-07",
    "from 5 to 7 November 2019": "2019-11-05 2019-11-07",
    "30.11.–2.12.2026": "2026-11-30 2026-12-02",
    "30. September bis 2. Oktober 2025": "2025-09-30 2025-10-02",
    "30.09.–02.10.2025": "2025-09-30 2025-10-02",
    "30.12.–2.1.2027": "2026-12-30 2027-01-02",
    "30.12.2026–2.1.2027": "2026-12-30 2027-01-02",
    "2026-11-20": "2026-11-20 2026-11-20",
    "2026-11-20/2026-11-22": "2026-11-20 2026-11-22",
    "2026-11-20 – 2026-11-22": "2026-11-20 2026-11-22",
    "2026-11-20T09:00": "2026-11-20 2026-11-20 day 09:00",
    "2026/11/20": "2026-11-20 2026-11-20",
    "11/20/2026": "2026-11-20 2026-11-20",
    "20/11/2026": "2026-11-20 2026-11-20",
    "5/5/2026": "2026-05-05 2026-05-05",
    "03./04. Juni 2013": "2013-06-03 2013-06-04",
    "28./29. August 2024": "2024-08-28 2024-08-29",
    "27./28.10.2020": "2020-10-27 2020-10-28",
    "21. und 22. Oktober 2024": "2024-10-21 2024-10-22",
    "19. & 20. Oktober 2011": "2011-10-19 2011-10-20",
    "November 2026": "2026-11-01 2026-11-30 month",
    "Nov. 2026": "2026-11-01 2026-11-30 month",
    "im Februar 2028": "2028-02-01 2028-02-29 month",
    "Jänner 2027": "2027-01-01 2027-01-31 month",
    "11/2026": "2026-11-01 2026-11-30 month",
    "2026-11": "2026-11-01 2026-11-30 month",
    "Mai – Juni 2027": "2027-05-01 2027-06-30 month",
    "Q3 2027": "2027-07-01 2027-09-30 quarter",
    "2027-Q3": "2027-07-01 2027-09-30 quarter",
    "Q3/2027": "2027-07-01 2027-09-30 quarter",
    "3. Quartal 2027": "2027-07-01 2027-09-30 quarter",
    "3rd quarter of 2027": "2027-07-01 2027-09-30 quarter",
    "Q1–Q2 2027": "2027-01-01 2027-06-30 quarter",
    "2027": "2027-01-01 2027-12-31 year",
    "2027–2028": "2027-01-01 2028-12-31 year",
    "Dienstag, 20. November 2018": "2018-11-20 2018-11-20",
    "Di., 20.11.2018": "2018-11-20 2018-11-20",
    "Di–Do, 20.–22.11.2018": "2018-11-20 2018-11-22",
    "Dienstag, 20. bis Donnerstag, 22. November 2018": "2018-11-20 2018-11-22",
    "Tue 20 Nov 2018 to Thu 22 Nov 2018": "2018-11-20 2018-11-22",
    "Donnerstag, 3. November 2022": "2022-11-03 2022-11-03",
    "5. Mai 2026, 9:00–17:30 Uhr": "2026-05-05 2026-05-05 day 09:00 17:30",
    "5. Mai 2026, 9.00 bis 17.30 Uhr": "2026-05-05 2026-05-05 day 09:00 17:30",
    "5.5.2026 9–17 Uhr": "2026-05-05 2026-05-05 day 09:00 17:00",
    "5. Mai 2026 von 9 Uhr bis 17 Uhr": "2026-05-05 2026-05-05 day 09:00 17:00",
    "Dienstag, 5. Mai 2026, ab 9 Uhr": "2026-05-05 2026-05-05 day 09:00",
    "5.5.2026, Beginn: 18:30": "2026-05-05 2026-05-05 day 18:30",
    "9:00-17:30 5 May 2026": "2026-05-05 2026-05-05 day 09:00 17:30",
    "May 5, 2026, 10 am – 5 pm": "2026-05-05 2026-05-05 day 10:00 17:00",
    "May 5, 2026, 10:00–11:30 a.m.": "2026-05-05 2026-05-05 day 10:00 11:30",
    "May 5, 2026 at 12 pm": "2026-05-05 2026-05-05 day 12:00",
    "20.11.2018, 10:00 Uhr – 22.11.2018, 16:00 Uhr": "2018-11-20 2018-11-22 day 10:00 16:00",
}  # fmt: skip
# {what was written: what the answer names}
REFUSED = {
    "": "nicht verstanden",
    "17. Mai": "Welches Jahr?",
    "15.–17. November": "Welches Jahr?",
    "Herbst 2026": "„herbst“",
    "Anfang November 2019": "„anfang“",
    "20.–22.11.2018 in Berlin": "„berlin“",
    "20.11.2018, 22.11.2018 und 24.11.2018": "„20.11.2018, 22.11.2018 und 24.11.2018“",
    "5/11/2019": "„5/11/2019“",
    "31.11.2026": "31.11.2026",
    "29.2.2027": "29.2.2027",
    "5.13.2026": "5.13.2026",
    "22.–20.11.2018": "Der letzte Tag liegt vor dem ersten.",
    "27. und 30. Mai 2026": "„27. und 30. Mai 2026“",
    "Mai und Juni 2026": "„Mai und Juni 2026“",
    "Montag, 20.11.2018": "20. November 2018 ist ein Dienstag",
    "Di–Fr, 20.–22.11.2018": "22. November 2018 ist ein Donnerstag",
    "Montag, November 2026": "Ein Wochentag",
    "November 2026, 9 Uhr": "Eine Uhrzeit",
    "5.5.2026, 25:00 Uhr": "25:00",
    "5.5.2026, 13 am": "13",
    "5.5.2026, 9 Uhr, 11 Uhr, 13 Uhr": "Mehr als zwei Uhrzeiten",
    "5. – November 2026": "„5. – November 2026“",
    "20.11.0000": "20.11.0",
    "1.–2.–3. Mai 2026": "„1.–2.–3. Mai 2026“",
}  # fmt: skip


def meant(first, last, precision="day", start=None, end=None):
    times = [dt.time.fromisoformat(time) if time else None for time in (start, end)]
    return Pasted(dt.date.fromisoformat(first), dt.date.fromisoformat(last), precision, *times)


@pytest.mark.parametrize("text", WRITTEN)
def test_what_was_written_is_read(text):
    assert parse(text) == meant(*WRITTEN[text].split())


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_read_is_named(text):
    with pytest.raises(NotUnderstood) as refused:
        parse(text)
    assert REFUSED[text] in str(refused.value)


days = st.dates(dt.date(1970, 1, 1), dt.date(2199, 12, 31))


@given(days, st.integers(0, 400), st.sampled_from(["de", "en"]))
def test_spans_of_days_are_read_as_pages_write_them(first, more, language):
    last = min(first + dt.timedelta(days=more), dt.date(2199, 12, 31))
    with override(language):
        assert parse(dates.span(first, last)) == Pasted(first, last)


@given(days, st.integers(0, 30), st.sampled_from(["month", "quarter", "year"]), st.sampled_from(["de", "en"]))
def test_periods_are_read_as_pages_write_them(day, more, precision, language):
    months = {"month": 1, "quarter": 3, "year": 12}[precision]
    start = (day.year * 12 + day.month - 1) // months * months
    end = min(start + (more // months + 1) * months, 2200 * 12)
    first = dt.date(start // 12, start % 12 + 1, 1)
    last = dt.date(end // 12, end % 12 + 1, 1) - dt.timedelta(days=1)
    with override(language):
        assert parse(dates.span(first, last, precision)) == Pasted(first, last, precision)


@given(days, st.times(), st.times(), st.sampled_from(["de", "en"]))
def test_times_are_read_as_pages_write_them(day, start, end, language):
    start, end = start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)
    with override(language):
        text = f"{dates.day(day, weekday=True)}, {dates.clock(start)}–{dates.clock(end)}"
        assert parse(text) == Pasted(day, day, "day", start, end)


@given(st.text(alphabet=st.sampled_from("0123456789. -–/:,;aäbdehimnoqruvz\x00"), max_size=30))
def test_any_text_is_read_or_refused(text):
    try:
        found = parse(text)
    except NotUnderstood:
        return
    assert found.first <= found.last
