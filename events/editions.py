"""What the next edition of an event looks like before anybody has announced it, and what a duplicate does.

Pure reading of one event with its rows: nothing is written. Kept is what a series keeps from year to year;
left out is what would be wrong until somebody has looked it up.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from events.models import Event
from events.models.choices import (
    ORGANISING,
    Mode,
    OnlineAccess,
    OrganisationRole,
    Precision,
    Status,
    VenueUse,
)
from events.titles import next_title

YEAR = 12
WEEKS_OF_A_YEAR = 52
# Who stays from edition to edition. Partners, sponsors, exhibitors and media partners are won anew each time.
STAYING = (*ORGANISING, OrganisationRole.COOPERATION_PARTNER)
# The facts of a series' own kind; all others begin empty.
_KEPT = (
    "timezone", "date_precision", "eligibility", "languages", "formats", "audiences", "accessibility",
)  # fmt: skip
# What a duplicate leaves out: what is one event's alone. A file cannot be put into a form beforehand.
_OWN = {
    "id", "uid", "slug", "state", "publish_from", "published_at", "withdrawn_at", "checked_on", "revision",
    "created_at", "modified_at", "is_sample", "status", "sold_out", "starts_on", "ends_on", "date_note",
    "registration_deadline", "contributions_deadline", "exhibitors_deadline", "early_bird_until",
    "attendees", "attendees_onsite", "attendees_online", "speaker_count", "exhibitor_count",
    "image", "image_alt", "image_credit", "image_licence",
}  # fmt: skip
_OWN_OF_ROWS = {"id", "uid", "event", "position"}
_DUPLICATED = ("venue_links", "participations", "appearances", "sessions", "prices", "topic_links", "sources")


@dataclass(frozen=True)
class Proposal:
    """Values for an empty form: of the event's own fields, and {related name: rows in order}.

    Choices of a row stand there as the things themselves, those of the event as keys.
    """

    fields: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]]


# -- dates -------------------------------------------------------------------------------------------


def next_days(first: dt.date, last: dt.date, precision: str, months: int = YEAR) -> tuple[dt.date, dt.date]:
    """The same weekdays of the same calendar week some whole years on (ISO 8601), the span kept.

    Parts of a year are counted in weeks. Periods without a day move on by months.
    """
    if precision != Precision.DAY:
        return _month_on(first, months), _month_on(last + dt.timedelta(days=1), months) - dt.timedelta(days=1)
    years, rest = divmod(months, YEAR)
    start = _same_week(first, years) + dt.timedelta(weeks=round(rest * WEEKS_OF_A_YEAR / YEAR))
    return start, start + (last - first)


def _same_week(day: dt.date, years: int) -> dt.date:
    """Week 53, which most years lack, becomes week 52."""
    year, week, weekday = day.isocalendar()
    try:
        return dt.date.fromisocalendar(year + years, week, weekday)
    except ValueError:
        return dt.date.fromisocalendar(year + years, WEEKS_OF_A_YEAR, weekday)


def _month_on(day: dt.date, months: int) -> dt.date:
    index = day.year * YEAR + day.month - 1 + months
    return dt.date(index // YEAR, index % YEAR + 1, 1)


# -- the next edition --------------------------------------------------------------------------------


def next_edition(event: Event, months: int = YEAR, turns: int = 1) -> Proposal:
    """The edition that follows after so many `turns` of so many `months`.

    Needs `series` and the rows of venues, topics and participations with what they name.
    """
    first, last = next_days(event.starts_on, event.ends_on, event.date_precision, months * turns)
    years = first.year - event.starts_on.year
    edition = event.edition + turns if event.edition else None

    def raised(text: str) -> str:
        return next_title(text, event.starts_on.year, years, event.edition, turns)

    fields: dict[str, Any] = {name: getattr(event, name) for name in _KEPT}
    fields |= {
        "series": event.series_id,
        "title": raised(event.title),
        "title_en": raised(event.title_en),
        "hashtag": raised(event.hashtag),
        "edition": edition,
        "starts_on": first,
        "ends_on": last,
        "website": _website(event),
        **_way_in(event),
    }
    shift = first - event.starts_on
    rows = {
        "venue_links": _places(event, shift),
        "participations": _staying(event),
        "topic_links": [{"topic": link.topic} for link in event.topic_links.all()],
    }
    return Proposal({name: value for name, value in fields.items() if value not in ("", None, [])}, rows)


def _website(event: Event) -> str:
    """The series' own; else the last one, unless it is that of a year."""
    if event.series and event.series.website:
        return event.series.website
    years = {str(event.starts_on.year), str(event.ends_on.year)}
    return "" if any(year in event.website for year in years) else event.website


def _way_in(event: Event) -> dict[str, str]:
    """How one takes part; what was moved online once is expected on site again."""
    if event.mode == Mode.ONSITE or event.status == Status.MOVED_ONLINE:
        return {"mode": Mode.ONSITE.value}
    return {"mode": event.mode, "online_access": event.online_access or OnlineAccess.UNKNOWN.value}


def _places(event: Event, shift: dt.timedelta) -> list[dict[str, Any]]:
    moved = event.status == Status.MOVED_ONLINE
    rows = []
    for link in event.venue_links.all():
        if link.use == VenueUse.PLANNED and not moved:
            continue
        row: dict[str, Any] = {"venue": link.venue, "use": VenueUse.VENUE.value if moved else link.use}
        if link.starts_on and link.ends_on:
            row |= {"starts_on": link.starts_on + shift, "ends_on": link.ends_on + shift}
        rows.append(row)
    return rows


def _staying(event: Event) -> list[dict[str, Any]]:
    """Each once; an organisation that was renamed or merged by what became of it."""
    found: dict[tuple[int, str], dict[str, Any]] = {}
    for link in event.participations.all():
        if link.role in STAYING:
            organisation = link.organisation.successor or link.organisation
            found.setdefault((organisation.pk, link.role), {"organisation": organisation, "role": link.role})
    return list(found.values())


# -- a duplicate -------------------------------------------------------------------------------------


def duplicate(event: Event) -> Proposal:
    """All that is said of an event but its date, what came of it and the record of the entry.

    Needs every row with what it names. Programme items come without their days, people without their item.
    """
    fields: dict[str, Any] = {
        field.name: getattr(event, field.attname)
        for field in event._meta.concrete_fields
        if field.editable and not field.generated and field.name not in _OWN
    }
    fields = {name: value for name, value in fields.items() if value not in ("", None, [])}
    rows = {name: _copied(event, name) for name in _DUPLICATED}
    return Proposal(fields | {"date_precision": Precision.DAY.value}, rows)


def _copied(event: Event, name: str) -> list[dict[str, Any]]:
    left = _OWN_OF_ROWS | {"venue_links": {"starts_on", "ends_on"}, "appearances": {"session"}}.get(
        name, set()
    )
    if name == "sessions":
        left |= {"date", "start_time", "end_time"}
    rows: list[dict[str, Any]] = []
    for link in getattr(event, name).all():
        kept = [field.name for field in link._meta.concrete_fields if field.name not in left]
        row = {name: getattr(link, name) for name in kept if getattr(link, name) not in ("", None)}
        if row not in rows:
            rows.append(row)
    return rows
