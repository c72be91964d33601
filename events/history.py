"""What became of an event since it was published, in words: for its page, for feeds, for the API.

The database keeps versions of what was public (see events.models.history). The last of one day, compared
with the last of the day before, makes the changes of that day. Dates that no longer held before the first
version are known without a moment.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, PreviousDate, PublishedVersion, Topic
from events.wording import Facts, Names, dates_of, moved, told_between
from organisations.models import Organisation
from speakers.models import Speaker


@dataclass(frozen=True)
class Change:
    """One thing that changed. `at` is None for what happened before the entry was published here.

    `kind` is a stable word for machines, `text` a phrase in the active language, without a full stop.
    `revision` is that of the event from then on.
    """

    at: dt.datetime | None
    revision: int
    kind: str
    text: str


def changes_of(event: Event, at: dt.datetime | None = None) -> list[Change]:
    """The event's public changes up to that moment, newest first; those without a moment last.

    One query, and one more for each of organisations, people and topics that the event no longer names.
    """
    return changes_of_many([event], at)[event.pk]


def changes_of_many(events: Iterable[Event], at: dt.datetime | None = None) -> dict[int, list[Change]]:
    """The same for many: {primary key: changes}, in a constant number of queries (at most 5).

    What is fetched with the events is not fetched again; see `EventQuerySet.for_listing`.
    """
    known = list(events)
    found: dict[int, list[PublishedVersion]] = defaultdict(list)
    for version in _versions(known, at or timezone.now()):
        found[version.event_id].append(version)
    names = _names(known, found.values())
    former = _former_dates(known)
    return {event.pk: _told(event, found[event.pk], former[event.pk], names) for event in known}


def _versions(events: list[Event], at: dt.datetime) -> Iterable[PublishedVersion]:
    if all(_has(event, "versions") for event in events):
        return [one for event in events for one in event.versions.all() if one.at <= at]
    return PublishedVersion.objects.filter(event__in=events, at__lte=at).order_by("pk")


def latest(changes: Sequence[Change]) -> list[Change]:
    """Those of the last moment, unless that was the first publication."""
    return [one for one in changes if one.at and one.at == changes[0].at and one.kind != "published"]


def worth_telling(changes: list[Change]) -> list[Change]:
    """Nothing, where all that happened is the first publication."""
    return changes if any(one.kind != "published" for one in changes) else []


def _told(event: Event, versions: list[PublishedVersion], former: list[Facts], names: Names) -> list[Change]:
    told: list[Change] = []
    for before, after in pairwise(_day_by_day(versions)):
        words = told_between(before.facts, after.facts, names)
        told[:0] = [Change(after.at, after.revision, kind, text) for kind, text in words]
    if versions:
        told.append(Change(event.published_at or versions[0].at, 0, "published", _("Entry published")))
    return told + _moves_before(event, versions, former)


def _day_by_day(versions: list[PublishedVersion]) -> list[PublishedVersion]:
    """The first version and the last of each day: what was corrected on the same day is no news."""
    last = {timezone.localdate(version.at): version for version in versions}
    return [*versions[:1], *(version for version in last.values() if version is not versions[0])]


def _moves_before(event: Event, versions: list[PublishedVersion], former: list[Facts]) -> list[Change]:
    """Dates that no longer held when the first version was written, each with the one that came after it."""
    held = [dates_of(version.facts) for version in versions]
    chain = [dates_of(row) for row in former]
    chain = [dates for dates in chain if dates not in held]
    chain.append(held[0] if held else _dates_now(event))
    moves = [moved(before, after) for before, after in pairwise(chain) if before != after]
    return [Change(None, 0, "rescheduled", text) for text in reversed(moves)]


def _dates_now(event: Event) -> tuple[dt.date, dt.date, str]:
    return event.starts_on, event.ends_on, event.date_precision


def _former_dates(events: list[Event]) -> dict[int, list[Facts]]:
    """The previous dates of each event in the form of facts, the oldest first."""
    if all(_has(event, "previous_dates") for event in events):
        rows = [row for event in events for row in event.previous_dates.all()]
    else:
        rows = list(PreviousDate.objects.filter(event__in=events))
    found: dict[int, list[Facts]] = defaultdict(list)
    for row in rows:
        dates = {"starts_on": str(row.starts_on), "ends_on": str(row.ends_on)}
        found[row.event_id].append({**dates, "date_precision": row.date_precision})
    return found


# -- names, as they are today ------------------------------------------------------------------------


def _names(events: list[Event], histories: Iterable[list[PublishedVersion]]) -> Names:
    """{kind: {primary key: name}} of all that versions name, as far as it still may be named.

    Most of it hangs on the events already; the rest is fetched.
    """
    wanted = _wanted(histories)
    return {
        "organisations": _named(
            wanted["organisations"], events, "participations", "organisation",
            Organisation.objects.all, lambda one: one.display_name,
        ),
        "speakers": _named(
            wanted["speakers"], events, "appearances", "speaker",
            Speaker.objects.listed, lambda one: one.name,
        ),
        "topics": _named(
            wanted["topics"], events, "topic_links", "topic",
            Topic.objects.all, lambda one: one.name,
        ),
    }  # fmt: skip


def _wanted(histories: Iterable[Sequence[PublishedVersion]]) -> dict[str, set[int]]:
    """{kind: primary keys} of what histories name: those of one version name nothing."""
    wanted: dict[str, set[int]] = {"organisations": set(), "speakers": set(), "topics": set()}
    for versions in histories:
        for version in versions if len(versions) > 1 else ():
            facts = version.facts
            wanted["organisations"] |= {key for key, _role in facts.get("organisations", [])}
            wanted["speakers"] |= set(facts.get("speakers", []))
            wanted["topics"] |= set(facts.get("topics", []))
    return wanted


def names_others(event: Event) -> bool:
    """Whether the event's history names what the event is linked with no more: if that is renamed, nothing
    touches the event. Versions and links are fetched with it."""
    wanted = _wanted([list(event.versions.all())])
    linked = (
        ("organisations", "participations", "organisation"),
        ("speakers", "appearances", "speaker"),
        ("topics", "topic_links", "topic"),
    )
    return any(
        wanted[kind] - _linked([event], links, to).keys() for kind, links, to in linked if wanted[kind]
    )


def _named(
    keys: set[int],
    events: list[Event],
    links: str,
    to: str,
    others: Callable[[], QuerySet],
    name: Callable[[Any], str],
) -> dict[int, str]:
    if not keys:
        return {}
    linked: dict[int, Any] = _linked(events, links, to)
    missing = keys - linked.keys()
    if missing:
        linked |= others().in_bulk(missing)
    return {key: name(linked[key]) for key in keys & linked.keys() if name(linked[key])}


def _linked(events: list[Event], links: str, to: str) -> dict[int, Model]:
    """What the events' links lead to, of those links that were fetched with them."""
    return {
        getattr(link, f"{to}_id"): getattr(link, to)
        for event in events
        if _has(event, links)
        for link in getattr(event, links).all()
    }


def _has(event: Event, links: str) -> bool:
    """Whether these rows were fetched with the event."""
    return links in getattr(event, "_prefetched_objects_cache", {})
