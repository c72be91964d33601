"""The events around a plan, read from the database as light rows: a constant number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from events.clash.competing import Attendance, Plan, Rival
from events.clash.weeks import reach
from events.clash.weights import Certainty
from events.expectations import ExpectedEdition, expected_editions
from events.freshness import seed
from events.models import Event, EventTopic, EventVenue
from events.models.choices import Precision, Status, VenueUse
from events.positions import positions
from journal.kept import Kept
from lib.geography import distance
from lib.keys import among

COLUMNS = (
    "pk", "slug", "title", "title_en", "starts_on", "ends_on", "date_precision", "mode", "audiences",
    "attendees", "series", "parent", "is_sample",
)  # fmt: skip
# What goes on for longer than this competes with no particular days.
LONGEST = dt.timedelta(days=366)
# A year is too vague to fall on given days.
CERTAIN = {
    Precision.DAY: Certainty.DAY,
    Precision.MONTH: Certainty.MONTH,
    Precision.QUARTER: Certainty.QUARTER,
}
# As many expected editions as are kept: they are worked out from the history of all series.
EXPECTED = 200
_kept: Kept[list[ExpectedEdition]] = Kept()
# How far away another edition may be to tell how many will come.
SIMILAR = dt.timedelta(days=5 * 365)


@dataclass(frozen=True)
class Whereabouts:
    """Where the plan takes place, as far as said: (latitude, longitude) and a code as DE-NW."""

    point: tuple[float, float] | None = None
    state: str = ""

    @property
    def is_known(self) -> bool:
        return self.point is not None or bool(self.state)


@dataclass(frozen=True)
class Shown:
    """What a page tells of a rival. `slug` is that of the series where an edition is but expected."""

    slug: str
    title: str
    language: str
    place: str = ""
    precision: str = Precision.DAY
    is_sample: bool = False
    is_expected: bool = False


@dataclass(frozen=True)
class Surroundings:
    """All that may compete with a plan."""

    rivals: list[Rival]
    rows: Mapping[int, dict[str, Any]]
    expected: Mapping[int, ExpectedEdition]
    linked: "_Linked"

    def shown(self, key: int) -> Shown:
        """What a page tells of a rival."""
        if key in self.expected:
            return _expected_shown(self.expected[key])
        return _shown(self.rows[key], self.linked)


def surroundings(
    plan: Plan, where: Whereabouts, at: dt.datetime, without: Collection[int] = ()
) -> Surroundings:
    """Published events of the weeks around the plan that take place, and expected editions.

    `without` are events that do not count, such as the one that is being planned, and neither do their parts.
    """
    first, last = reach(plan)
    taking_place = Event.objects.published(at).exclude(status__in=[Status.CANCELLED, Status.POSTPONED])
    found = taking_place.between(first, last).filter(starts_on__gte=first - LONGEST)
    found = found.filter(date_precision__in=CERTAIN).exclude(pk__in=without).exclude(parent__in=without)
    rows = list(found.order_by().values(*COLUMNS))
    expected = _expected(last, at)
    linked = _Linked([row["pk"] for row in rows], [one.last_event.pk for one in expected], where)
    series = {row["series"] for row in rows} | {one.series.pk for one in expected}
    heads = _head_counts(series, first - SIMILAR, last + SIMILAR, at)
    rivals = [_rival(row, linked, heads) for row in rows]
    rivals += [_expected_rival(one, linked, heads) for one in expected]
    by_key = {-one.last_event.pk: one for one in expected}
    return Surroundings(rivals, {row["pk"]: row for row in rows}, by_key, linked)


class _Linked:
    """Topics and places of the events, by key."""

    def __init__(self, keys: list[int], expected: list[int], where: Whereabouts) -> None:
        self.where = where
        self.topics: dict[int, set[str]] = defaultdict(set)
        links = EventTopic.objects.filter(event__in=among([*keys, *expected])).order_by()
        for key, slug in links.values_list("event", "topic__slug"):
            self.topics[key].add(slug)
        self.venues: dict[int, list[Any]] = defaultdict(list)
        venues = EventVenue.objects.filter(event__in=among(keys), use=VenueUse.VENUE).order_by(
            "position", "pk"
        )
        for link in venues.values("event", "venue", "venue__city", "venue__name", "venue__state"):
            self.venues[link["event"]].append(link)
        self.positions = positions() if where.point else {}

    def distance(self, key: int) -> float | None:
        """To the nearest of the event's places of which the position is known."""
        if self.where.point is None:
            return None
        known = (self.positions.get(link["venue"]) for link in self.venues[key])
        return min((distance(self.where.point, one[:2]) for one in known if one), default=None)

    def same_state(self, key: int) -> bool | None:
        states = {link["venue__state"] for link in self.venues[key]} - {""}
        return self.where.state in states if states and self.where.state else None

    def place(self, key: int) -> str:
        names = dict.fromkeys(link["venue__city"] or link["venue__name"] for link in self.venues[key])
        return ", ".join(names)


def _rival(row: dict[str, Any], linked: _Linked, heads: "_Heads") -> Rival:
    key = row["pk"]
    own = Attendance(row["attendees"]) if row["attendees"] else None
    return Rival(
        key=key,
        first=row["starts_on"],
        last=row["ends_on"],
        certainty=CERTAIN[row["date_precision"]],
        topics=frozenset(linked.topics[key]),
        audiences=frozenset(row["audiences"]),
        mode=row["mode"],
        distance=linked.distance(key),
        same_state=linked.same_state(key),
        attendance=own or _nearest(heads.get(row["series"], []), row["starts_on"]),
        part_of=row["parent"],
    )


def _expected_rival(one: ExpectedEdition, linked: _Linked, heads: "_Heads") -> Rival:
    """Topics and audience are those of the edition before; where it will be nobody knows."""
    return Rival(
        key=-one.last_event.pk,
        first=one.expected.first_day,
        last=one.expected.last_day,
        certainty=Certainty.EXPECTED,
        topics=frozenset(linked.topics[one.last_event.pk]),
        audiences=frozenset(one.last_event.audiences),
        attendance=_nearest(heads.get(one.series.pk, []), one.expected.first_day),
    )


def _shown(row: dict[str, Any], linked: _Linked) -> Shown:
    english = row["title_en"] if get_language() == "en" else ""
    return Shown(
        slug=row["slug"],
        title=english or row["title"],
        language="en" if english else "de",
        place=linked.place(row["pk"]),
        precision=row["date_precision"],
        is_sample=row["is_sample"],
    )


def _expected_shown(one: ExpectedEdition) -> Shown:
    name = one.series.display_name
    return Shown(
        slug=one.series.slug,
        title=name,
        language="de" if name == one.series.name else "en",
        precision=Precision.MONTH,
        is_sample=one.series.is_sample,
        is_expected=True,
    )


def _expected(last: dt.date, at: dt.datetime) -> list[ExpectedEdition]:
    """Editions that nobody has announced lie ahead, so plans of the past have none."""
    if last < at.date():
        return []
    known = _kept.get(seed(at), lambda: expected_editions(at, EXPECTED))
    return [one for one in known if one.expected.first_day <= last]


_Heads = dict[int, list[tuple[dt.date, int]]]


def _head_counts(series: Collection[int | None], first: dt.date, last: dt.date, at: dt.datetime) -> _Heads:
    """{series: [(first day, attendees)]} of the editions between whose attendance is known."""
    found: _Heads = defaultdict(list)
    known = Event.objects.published(at).between(first, last).filter(series__in=series, attendees__gt=0)
    for key, starts_on, attendees in known.order_by().values_list("series", "starts_on", "attendees"):
        found[key].append((starts_on, attendees))
    return found


def _nearest(counts: list[tuple[dt.date, int]], day: dt.date) -> Attendance | None:
    """The attendance of the edition before or, where none is known, of the one after."""
    if not counts:
        return None
    before = [one for one in counts if one[0] < day]
    starts_on, attendees = max(before) if before else min(counts)
    return Attendance(attendees, starts_on.year)
