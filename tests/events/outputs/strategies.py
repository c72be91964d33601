"""Events as odd as the database lets them be, as keyword arguments of a model or a factory."""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from events.outputs import plain

STATUSES = ["scheduled", "rescheduled", "postponed", "moved_online", "cancelled"]
ZONES = [
    "Europe/Berlin",
    "Europe/Vienna",
    "Europe/Helsinki",
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Auckland",
]
# Days on which clocks change: in Europe, in the United States, in New Zealand.
CLOCK_CHANGES = [
    dt.date(2027, 3, 27), dt.date(2027, 3, 28), dt.date(2027, 10, 30), dt.date(2027, 10, 31),
    dt.date(2027, 3, 14), dt.date(2027, 11, 7), dt.date(2027, 4, 4), dt.date(2027, 9, 26),
]  # fmt: skip
DAYS = st.dates(dt.date(2002, 1, 1), dt.date(2037, 12, 20)) | st.sampled_from(CLOCK_CHANGES)
CLOCKS = st.times().map(lambda time: time.replace(second=0, microsecond=0))
SHARDS = [
    "\\", "\\n", "\\N", ";", ",", ":", "\r\n", "\t", "ä", "ß", "]]>", '"', "'", "=", "-", "@", " ",
    "END:VEVENT", "<script>", "</script>", "<!--", "&amp;", "&", "<b>", "=cmd|' /C calc'!A0",
    "\u202e", "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d", "\u2028", "\u00ad", "\ufeff", "\uff3b",
    "\U0001f469\u200d\U0001f4bb", "\U0001d11e", "\x0b", "\x7f", "{{ 7 }}", "%s", "Tagung",
]  # fmt: skip
# What PostgreSQL cannot hold: the null character, and halves of characters.
STORABLE = st.characters(blacklist_characters="\x00", blacklist_categories=("Cs",))
TEXTS = st.text(STORABLE, max_size=80) | st.lists(st.sampled_from(SHARDS), max_size=12).map("".join)
TITLES = TEXTS.filter(plain.line)


@st.composite
def dated(draw):
    """Days, hours, zone and precision that hold together."""
    precision = draw(st.sampled_from(["day"] * 6 + ["month", "quarter", "year"]))
    first = draw(DAYS)
    facts = {"date_precision": precision, "timezone": draw(st.sampled_from(ZONES))}
    if precision != "day":
        months = {"month": 1, "quarter": 3, "year": 12}[precision]
        start = first.replace(month=(first.month - 1) // months * months + 1, day=1)
        return {**facts, "starts_on": start, "ends_on": _end_of(start, months * draw(st.integers(1, 2)))}
    last = first + dt.timedelta(days=draw(st.integers(0, 4)))
    opening, closing = draw(st.none() | CLOCKS), draw(st.none() | CLOCKS)
    if opening is None or (closing is not None and first == last and closing <= opening):
        closing = None
    return {**facts, "starts_on": first, "ends_on": last, "start_time": opening, "end_time": closing}


def _end_of(start, months):
    """The last day of so many months."""
    year, month = divmod(start.month - 1 + months - 1, 12)
    year, month = start.year + year, month + 1
    return dt.date(year, month, calendar.monthrange(year, month)[1])


@st.composite
def facts(draw):
    """All that an event says of itself."""
    mode = draw(st.sampled_from(["onsite", "online", "hybrid"]))
    return {
        **draw(dated()),
        "title": draw(TITLES),
        "summary": draw(TEXTS),
        "status": draw(st.sampled_from(STATUSES)),
        "sold_out": draw(st.booleans()),
        "is_sample": draw(st.booleans()),
        "mode": mode,
        "online_access": "" if mode == "onsite" else "unknown",
    }


def expected(given):
    """(title, start, end, status) that every form has to tell: reckoned from the facts alone."""
    title = plain.line(given["title"])
    if given["status"] == "postponed":
        return title, None, None, given["status"]
    return title, *scheduled(given), given["status"]


def scheduled(given):
    """Start and end as they were last announced, whether or not they hold."""
    first, last = given["starts_on"], given["ends_on"]
    if given["date_precision"] != "day":
        start, end = (_period(day, given["date_precision"]) for day in (first, last))
        return start, None if end == start else end
    opening, closing = given.get("start_time"), given.get("end_time")
    if opening is None or (closing is None and first != last):
        return first, last
    zone = ZoneInfo(given["timezone"])
    return _instant(first, opening, zone), closing and _instant(last, closing, zone)


def _period(day, precision):
    quarter = f"{day:%Y}-Q{(day.month - 1) // 3 + 1}"
    return {"month": f"{day:%Y-%m}", "quarter": quarter, "year": f"{day:%Y}"}[precision]


def _instant(day, time, zone):
    """Of an hour that the clock skips or has twice, the later reading, as PostgreSQL takes it."""
    return max(dt.datetime.combine(day, time.replace(fold=fold), zone).astimezone(dt.UTC) for fold in (0, 1))
