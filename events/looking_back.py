"""What years have brought, as numbers for charts: attendance, involvement by role, events by year."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.urls import reverse
from django.utils.translation import gettext as _

from events.drawing.charts import Chart, Stack, columns
from events.models.choices import Status
from events.templatetags.event_facts import thousands

# Beyond that many columns the oldest are left to the table.
MOST_COLUMNS = 30


@dataclass(frozen=True)
class Figure:
    """A chart with what is said about it. `kinds` are the names of its parts, if there are several."""

    chart: Chart
    told: str
    kinds: Sequence[str] = ()


class Edition(Protocol):
    """What a chart of editions is made of."""

    @property
    def pk(self) -> int: ...

    @property
    def starts_on(self) -> dt.date: ...

    @property
    def status(self) -> str: ...

    @property
    def attendees(self) -> int | None: ...


def attendance(past: Sequence[Edition]) -> Figure | None:
    """Attendees of the past editions, the oldest first; one that never came is no edition without figures."""
    held = [event for event in past if event.status not in (Status.CANCELLED, Status.POSTPONED)]
    every = len(held)
    held = sorted(held, key=lambda event: (event.starts_on, event.pk))[-MOST_COLUMNS:]
    labels = _labels([event.starts_on for event in held])
    stacks = [Stack(label, (event.attendees,)) for label, event in zip(labels, held, strict=True)]
    known = [event.attendees for event in held if event.attendees is not None]
    chart = columns(stacks, max((len(thousands(number)) for number in known), default=0))
    if chart is None:
        return None
    told = (
        _("Between %(least)s and %(most)s attendees; the figures of %(known)s of %(all)s editions are known.")
        if len(held) == every
        else _(
            "Between %(least)s and %(most)s attendees; the figures of %(known)s of the last %(all)s editions"
            " are known."
        )
    )
    return Figure(
        chart,
        told % {
            "least": thousands(min(known)), "most": thousands(max(known)),
            "known": len(known), "all": len(held),
        },
    )  # fmt: skip


def involvement(
    roles: Sequence[tuple[str, str]], rows: Sequence[tuple[int, Sequence[int], int]]
) -> Figure | None:
    """Involvements by year and role: roles are (value, label), rows (year, number per role, sum)."""
    counts = {year: tuple(numbers) for year, numbers, _sum in rows}
    chart = columns(_years(counts, len(roles)))
    told = _most({year: number for year, _numbers, number in rows})
    return Figure(chart, told, [label for _value, label in roles]) if chart else None


def topic_years(found: Mapping[int, int], topic: str) -> dict[str, Any]:
    """Events of a topic by the year in which they begin: a figure and its table, latest first."""
    chart = columns(_years({year: (number,) for year, number in found.items()}, 1))
    rows = [
        (year, number, f"{reverse('events:year', kwargs={'year': year})}?topic={topic}")
        for year, number in sorted(found.items(), reverse=True)
    ]
    return {"figure": Figure(chart, _most(found)), "rows": rows} if chart else {}


def _most(counts: Mapping[int, int]) -> str:
    """The years in a sentence."""
    if not counts:
        return ""
    year, most = max(counts.items(), key=lambda item: (item[1], item[0]))
    told = _("From %(first)s to %(last)s, most in %(year)s: %(number)s.")
    return told % {"first": min(counts), "last": max(counts), "year": year, "number": most}


def _years(counts: Mapping[int, tuple[int, ...]], kinds: int) -> list[Stack]:
    """A stack for each year from the first to the last; in those between nothing is zero."""
    if not counts:
        return []
    years = range(max(min(counts), max(counts) - MOST_COLUMNS + 1), max(counts) + 1)
    return [Stack(str(year), counts.get(year, (0,) * kinds)) for year in years]


def _labels(days: Sequence[dt.date]) -> list[str]:
    """The years, with the month where two editions share one: 2021, 5/2022, 11/2022."""
    times = Counter(day.year for day in days)
    return [f"{day.month}/{day.year}" if times[day.year] > 1 else str(day.year) for day in days]
