"""What the page of a year tells: its events as a drawing and month by month, and the years around it."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.asked import Problem
from events.bits.choice import chosen_of
from events.drawing import year as drawing
from events.expectations import ExpectedEdition, expected_editions
from events.filters import FIRST_YEAR, LAST_YEAR, Sort, When
from events.looks import Lanes, kept
from events.models import Event
from events.selection import Selection
from events.year_rows import Entry, lanes_of, read, span

# Expected editions come from few series; those of one year are a part of them.
MOST_EXPECTED = 60


@dataclass
class Month:
    """The events that begin in a month, and what is expected in it."""

    first: dt.date
    entries: list[Entry] = field(default_factory=list)
    expected: list[ExpectedEdition] = field(default_factory=list)
    height: int = 0  # of its column, of drawing.COLUMN at most

    @property
    def top(self) -> int:
        return drawing.COLUMN - self.height


@dataclass(frozen=True)
class OtherYear:
    number: int
    count: int
    url: str
    is_current: bool = False


def year_told(selection: Selection, year: int, query: QueryDict) -> dict[str, Any]:
    """The context of the page beside the frame: at most eight queries, whatever the number of events."""
    today = timezone.localdate(selection.at)
    entries = read(_keys(selection), selection.at or timezone.now(), today)
    editions = _expected(selection, year, today)
    choice = kept(query).get(Lanes.PARAMETER, Lanes.TOPIC)
    expected = _sorted(entries, editions, choice)
    months, vague = _by_month(year, entries, editions)
    rows: list[drawing.Drawn] = [*entries, *expected]
    drawn = drawing.draw(year, rows, today, _others(choice)) if rows else None
    return {
        "year": year,
        "months": months,
        "vague": vague,
        "total": len(entries),
        "drawing": drawn,
        "weeks": [(week, span(week.first, week.last, "day", get_language())) for week in drawn.weeks]
        if drawn
        else [],
        "signs": {row.sign for row in rows},
        "lanes": lane_links(selection, choice),
        "lanes_by": choice,
        **_years(selection, year, today),
    }


def _keys(selection: Selection) -> list[int]:
    """Of the events in the order of their dates."""
    choice = selection.choice
    keys = choice.keys(Sort.DATE, 0, choice.total) if choice else None
    return list(selection.events.in_order().values_list("pk", flat=True)) if keys is None else keys


# -- lanes ----------------------------------------------------------------------------------------


def hear_lanes(selection: Selection, query: QueryDict) -> None:
    """Tells it where the query string asks for lanes that there are not."""
    value = query.get(Lanes.PARAMETER, "")
    if value and value not in dict(Lanes.CHOICES):
        shown = value.replace("\x00", "�")[:40]
        text = _("“%(label)s: %(value)s” is not understood.") % {"label": _("Lanes"), "value": shown}
        selection.problems.append(Problem(Lanes.PARAMETER, shown, text))


def lane_links(selection: Selection, choice: str) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": selection.url(lanes=None if value == Lanes.TOPIC else value),
            "is_current": value == choice,
        }
        for value, label in Lanes.CHOICES
    ]


def _others(choice: str) -> str:
    """The lane of all whose own would be too small."""
    return {
        Lanes.TOPIC: _("Other topics"),
        Lanes.ORGANISER: _("Other organisers"),
        Lanes.STATE: _("Other states and countries"),
    }.get(choice, "")


# -- what stands in the year ----------------------------------------------------------------------


def _expected(selection: Selection, year: int, today: dt.date) -> list[ExpectedEdition]:
    """The editions that may be expected in the year.

    They stand only beside all events: nobody knows what an edition will be about (two queries, or none).
    """
    if selection.is_narrowed or selection.when == When.PAST or year < today.year:
        return []
    found = expected_editions(selection.at, limit=MOST_EXPECTED)
    return [edition for edition in found if edition.expected.year == year]


def _sorted(entries: Iterable[Entry], editions: Sequence[ExpectedEdition], choice: str) -> list[drawing.Row]:
    """Gives the events their lanes; the rows of what is expected, each in the lane of its last event."""
    modes = {edition.last_event.pk: edition.last_event.mode for edition in editions}
    lanes = lanes_of(modes | {entry.pk: entry.mode for entry in entries}, choice)
    for entry in entries:
        entry.lane = lanes[entry.pk]
    return [_expected_row(edition, lanes[edition.last_event.pk]) for edition in editions]


def _expected_row(edition: ExpectedEdition, lane: drawing.Name) -> drawing.Row:
    return drawing.Row(
        number=0,
        first=edition.expected.first_day,
        last=edition.expected.last_day,
        words=edition.series.display_name,
        note=", ".join([_("expected"), *([_("Sample")] if edition.series.is_sample else [])]),
        lane=lane,
        counts=False,
        sign="expected",
        thing=edition,
    )


def _by_month(
    year: int, entries: Iterable[Entry], editions: Iterable[ExpectedEdition]
) -> tuple[list[Month], list[Entry]]:
    """All months, and the events without a known one; gives each its number."""
    months = [Month(dt.date(year, number, 1)) for number in range(1, 13)]
    vague = []
    for entry in entries:
        if entry.has_month:
            months[max(entry.first, months[0].first).month - 1].entries.append(entry)
        else:
            vague.append(entry)
    for edition in editions:
        months[edition.expected.month - 1].expected.append(edition)
    heights = drawing.heights([len(month.entries) for month in months])
    for month, height in zip(months, heights, strict=True):
        month.height = height
    listed = [entry for month in months for entry in month.entries] + vague
    for number, entry in enumerate(listed, 1):
        entry.number = number
    return months, vague


# -- the years around -----------------------------------------------------------------------------


def _years(selection: Selection, year: int, today: dt.date) -> dict[str, Any]:
    """The years with events of the same choice, and the ways to the nearest."""
    counts = counted_by_year(selection)
    known = sorted(counts)
    before, _year, after = reverse("events:year", kwargs={"year": FIRST_YEAR}).partition(str(FIRST_YEAR))
    query = selection.look_query.urlencode()

    def other(number: int) -> OtherYear:
        path = f"{before}{number}{after}"
        return OtherYear(number, counts[number], f"{path}?{query}" if query else path, number == year)

    return {
        "years": [other(number) for number in known],
        "previous": other(year - 1) if year > FIRST_YEAR else None,
        "next": other(year + 1) if year < LAST_YEAR - 1 else None,
        "this_year": other(today.year),
        "nearest": [other(number) for number in _nearest(known, year)],
    }


def counted_by_year(selection: Selection) -> Counter[int]:
    """{year: how many events of the same choice have a day in it} (at most one query)."""
    choice = chosen_of(selection.filterset)
    if choice:
        return Counter(choice.by_year())
    events = selection.within(Event.objects.published(selection.at)).order_by()
    counts: dict[int, int] = defaultdict(int)
    rows = events.values_list("starts_on__year", "ends_on__year").annotate(number=Count("pk"))
    for first, last, number in rows:
        for year in range(first, last + 1):
            counts[year] += number
    return Counter(counts)


def _nearest(known: Sequence[int], year: int) -> list[int]:
    """The last year with events before this one and the first after it."""
    before = [number for number in known if number < year][-1:]
    return before + [number for number in known if number > year][:1]
