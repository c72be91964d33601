"""Lists of entries: chosen, in an order, page by page; or what changed since a moment."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.http import QueryDict
from django.utils.translation import gettext as _

from api import cursors
from api.fetching import EVENTS, Collection, Record, records
from api.parameters import CURSOR, MOST_VALUES, as_date, as_moment
from api.problems import Fault, bad_parameters, not_found
from events.filters import FIRST_YEAR, LAST_YEAR, Sort, When
from events.models import Event
from events.selection import Selection
from index import search
from journal.models import Tombstone
from lib.http import Moved

FIRST_DAY, LAST_DAY = dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)
# The types of the columns that lists are ordered by.
KINDS: dict[str, type] = {
    "starts_at": dt.datetime,
    "published_at": dt.datetime,
    "told_at": dt.datetime,
    "sort_title": str,
    "sort_name": str,
    "sort_city": str,
    "pk": int,
    "place": int,
    "kind": int,
}
CHANGED = ("told_at", "kind", "pk")
ENTRY, TOMBSTONE = 0, 1
LAST_PLACE = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a request wants of a list, checked: values by parameter as api.parameters.read gives them."""

    collection: Collection
    values: dict[str, list[str]]
    path: str
    query: QueryDict
    limit: int
    at: dt.datetime
    # Every transaction with an earlier time of change had ended when the request came in.
    settled_at: dt.datetime

    def one(self, name: str) -> str:
        return self.values.get(name, [""])[0]

    @property
    def expand(self) -> list[str]:
        return list(dict.fromkeys(self.values.get("expand", [])))


@dataclass
class Page:
    """A page of a list; `cursor` leads behind it and is empty on the last one."""

    items: list[Record]
    as_of: dt.datetime
    cursor: str = ""
    total: int | None = None
    gone: list[Record] = field(default_factory=list)


def page(asked: Asked) -> Page:
    """The page asked for. Raises Refusal for what cannot be read and Moved for former slugs."""
    chosen, order = _chosen_events(asked) if asked.collection is EVENTS else _chosen_nouns(asked)
    since = as_moment(asked.one("updated_since")) if "updated_since" in asked.values else None
    return _page(asked, chosen, order) if since is None else _changes(asked, chosen, since)


# -- which ---------------------------------------------------------------------------------------------


def _chosen_events(asked: Asked) -> tuple[QuerySet[Any], tuple[str, ...]]:
    """The events that the website's filters choose, and their order."""
    query = asked.query.copy()
    days = {name: as_date(asked.one(name)) for name in ("from", "to")}
    for name, day in days.items():
        if day is not None:
            query[name] = min(max(day, FIRST_DAY), LAST_DAY).isoformat()
    if "updated_since" in asked.values:
        query.setdefault("when", When.ALL)
    # A span that ends before it begins holds no event; the website asks back, a program is told the truth.
    is_void = bool(days["from"] and days["to"] and days["to"] < days["from"])
    if is_void:
        del query["to"]
    # Each parameter has a limit of its own here, which its description tells.
    selection = Selection(query, asked.path, at=asked.at, most=len(query) * MOST_VALUES)
    faults = [Fault(one.parameter, one.value, one.text) for one in selection.refused]
    if faults:
        # A name like any other that leads nowhere, as a cursor may: the request was well-formed.
        raise not_found(faults) if {one.parameter for one in faults} == {"near"} else bad_parameters(faults)
    moved = selection.successor_query()
    if moved is not None:
        raise Moved(f"{asked.path}?{moved}")
    events = selection.events
    order: tuple[str, ...] = Sort.ORDERS[selection.sort]
    if events.query.order_by and not isinstance(events.query.order_by[0], str):
        # The best match first: a place in what the search has found, behind all of which the rest follows.
        events = events.annotate(place=Coalesce(events.query.order_by[0], LAST_PLACE))
        order = ("place", *order)
    return (events.none() if is_void else events), order


def _chosen_nouns(asked: Asked) -> tuple[QuerySet[Any], tuple[str, ...]]:
    """The entries that the website's search finds for the words."""
    rows, words = asked.collection.shown(asked.at), asked.one("q")
    if words.strip():
        found = search.matching(asked.collection.noun, words, asked.at)
        rows = rows.none() if found is None else rows.filter(pk__in=found)
    return rows, asked.collection.order


# -- page by page --------------------------------------------------------------------------------------


def _page(asked: Asked, chosen: QuerySet[Any], order: tuple[str, ...]) -> Page:
    as_of, key = _began(asked, order)
    rows = chosen.filter(cursors.after(order, key)) if key else chosen
    found = asked.collection.fetched(rows.order_by(*order)[: asked.limit + 1], asked.at)
    shown = found[: asked.limit]
    cursor = ""
    if len(found) > asked.limit:
        last = [getattr(shown[-1], column.lstrip("-")) for column in order]
        cursor = cursors.write(_scope(asked, order), last, as_of)
    return Page(
        items=records(asked.collection, shown, asked.at, asked.expand),
        total=chosen.order_by().count(),
        cursor=cursor,
        as_of=as_of,
    )


def _began(asked: Asked, order: Sequence[str]) -> tuple[dt.datetime, list[Any]]:
    """When this pass through the pages began, and the sort key behind which the page lies."""
    text = asked.one(CURSOR.name)
    if not text:
        return min(asked.settled_at, asked.at), []
    kinds = [KINDS[column.lstrip("-")] for column in order]
    try:
        return cursors.read(_scope(asked, order), text, kinds)
    except cursors.Damaged:
        detail = _("This cursor is damaged or belongs to another list. Begin again without it.")
        raise not_found([Fault(CURSOR.name, text, detail)]) from None


def _scope(asked: Asked, order: Sequence[str]) -> str:
    return f"{asked.collection.name} {' '.join(order)}"


# -- what changed ----------------------------------------------------------------------------------------


def _changes(asked: Asked, chosen: QuerySet[Any], since: dt.datetime) -> Page:
    """Entries and tombstones in the order of their change, the longest unchanged first.

    A page read later may hold an entry again: nothing is lost by taking it twice.
    """
    as_of, key = _began(asked, CHANGED)
    rows = _told_since(asked, since).filter(_behind(ENTRY, key)).order_by("told_at", "pk")
    things = asked.collection.fetched(rows[: asked.limit + 1], asked.at)
    stones = list(_stones_since(asked, since).filter(_behind(TOMBSTONE, key))[: asked.limit + 1])
    keyed = [((one.told_at, ENTRY, one.pk), one) for one in things]
    keyed += [((one.told_at, TOMBSTONE, one.pk), one) for one in stones]
    keyed.sort(key=lambda pair: pair[0])
    shown = keyed[: asked.limit]
    cursor = cursors.write(_scope(asked, CHANGED), shown[-1][0], as_of) if len(keyed) > asked.limit else ""
    told = [one for (_at, kind, _pk), one in shown if kind == ENTRY]
    gone = [tombstone(one) for (_at, kind, _pk), one in shown if kind == TOMBSTONE]
    kept, left_out = _parted(asked, chosen, told)
    items = records(asked.collection, kept, asked.at, asked.expand)
    return Page(items=items, gone=[*gone, *left_out], cursor=cursor, as_of=as_of)


def _told_since(asked: Asked, since: dt.datetime) -> QuerySet[Any]:
    """Entries that tell anything else since then; `told_at` is when they began to."""
    rows = asked.collection.shown(asked.at)
    if asked.collection is not EVENTS:
        return rows.annotate(told_at=F("modified_at")).filter(told_at__gte=since)
    return rows.annotate(told_at=_last_told(asked.at, since)).filter(told_at__gte=since)


def _last_told(at: dt.datetime, since: dt.datetime) -> Any:
    """When an event last changed, or appeared at the moment set for it, or one it names did so."""
    moments: list[Any] = [F("modified_at"), F("publish_from")]
    due = Event.objects.published(at).filter(publish_from__gte=since)
    if due.exists():
        near = ({"series": OuterRef("series")}, {"pk": OuterRef("parent")}, {"parent": OuterRef("pk")})
        latest = due.order_by("-publish_from").values("publish_from")
        moments += [Subquery(latest.filter(**which)[:1]) for which in near]
    return Greatest(*moments, output_field=DateTimeField())


def _stones_since(asked: Asked, since: dt.datetime) -> QuerySet[Any]:
    stones = Tombstone.objects.standing(asked.at).filter(noun=asked.collection.noun, gone_at__gte=since)
    return stones.annotate(told_at=F("gone_at")).order_by("told_at", "pk")


def _behind(kind: int, key: list[Any]) -> Q:
    """What of that kind stands behind the key in the order of CHANGED."""
    if not key:
        return Q()
    at, last_kind, pk = key
    if kind == last_kind:
        return Q(told_at__gt=at) | Q(told_at=at, pk__gt=pk)
    return Q(told_at__gt=at) if kind < last_kind else Q(told_at__gte=at)


def _parted(asked: Asked, chosen: QuerySet[Any], things: list[Any]) -> tuple[list[Any], list[Record]]:
    """What the filters choose, and what they no longer do: a mirror of a choice has to let go of it."""
    own = set(asked.values) - {"updated_since", "limit", "cursor", "fields", "expand", "lang", "sort"}
    if not own:
        return things, []
    keys = set(chosen.order_by().filter(pk__in=[one.pk for one in things]).values_list("pk", flat=True))
    left_out = [
        {
            "id": str(one.uid),
            "slug": one.slug,
            "gone_at": one.told_at.astimezone(dt.UTC).isoformat(),
            "reason": "unselected",
        }
        for one in things
        if one.pk not in keys
    ]
    return [one for one in things if one.pk in keys], left_out


def tombstone(stone: Tombstone) -> Record:
    """What is told of an entry that is gone."""
    return {
        "id": str(stone.uid),
        "slug": stone.slug or None,
        "gone_at": stone.gone_at.astimezone(dt.UTC).isoformat(),
        "reason": stone.reason,
    }
