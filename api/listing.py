"""Lists of entries: chosen, in an order, page by page; or what changed since a moment."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from api import cursors
from api.choosing import Asked, Chosen, ChosenEvents, chosen, columns
from api.event_records import Told
from api.fetching import EVENTS, looked_up, records
from api.outputs.event import Record
from api.parameters import CURSOR, as_moment
from api.problems import Fault, not_found
from events.models import Event
from journal.models import Tombstone

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


@dataclass
class Page:
    """A page of a list; `cursor` leads behind it and is empty on the last one."""

    items: Sequence[Told]
    as_of: dt.datetime
    cursor: str = ""
    total: int | None = None
    gone: list[Record] = field(default_factory=list)


def page(asked: Asked) -> Page:
    """The page asked for. Raises Refusal for what cannot be read and Moved for former slugs."""
    found = chosen(asked)
    since = as_moment(asked.one("updated_since")) if "updated_since" in asked.values else None
    return _page(asked, found) if since is None else _changes(asked, found, since)


# -- page by page --------------------------------------------------------------------------------------


def _page(asked: Asked, chosen: Chosen | ChosenEvents) -> Page:
    as_of, key = _began(asked, chosen.order)
    found = chosen.behind(key, asked.limit + 1)
    shown = found[: asked.limit]
    cursor = ""
    if len(found) > asked.limit:
        last = [getattr(shown[-1], column) for column in columns(chosen.order)]
        cursor = cursors.write(_scope(asked, chosen.order), last, as_of)
    return Page(
        items=records(asked.collection, shown, asked.at, asked.expand),
        total=chosen.total,
        cursor=cursor,
        as_of=as_of,
    )


def _began(asked: Asked, order: Sequence[str]) -> tuple[dt.datetime, list[Any]]:
    """When this pass through the pages began, and the sort key behind which the page lies."""
    text = asked.one(CURSOR.name)
    if not text:
        return min(asked.settled_at, asked.at), []
    kinds = [KINDS[column] for column in columns(order)]
    try:
        return cursors.read(_scope(asked, order), text, kinds)
    except cursors.Damaged:
        detail = _("This cursor is damaged or belongs to another list. Begin again without it.")
        raise not_found([Fault(CURSOR.name, text, detail)]) from None


def _scope(asked: Asked, order: Sequence[str]) -> str:
    return f"{asked.collection.name} {' '.join(order)}"


# -- what changed ----------------------------------------------------------------------------------------


def _changes(asked: Asked, chosen: Chosen | ChosenEvents, since: dt.datetime) -> Page:
    """Entries and tombstones in the order of their change, the longest unchanged first.

    A page read later may hold an entry again: nothing is lost by taking it twice.
    """
    as_of, key = _began(asked, CHANGED)
    rows = _told_since(asked, since).filter(_behind(ENTRY, key)).order_by("told_at", "pk")
    things = looked_up(asked.collection, rows[: asked.limit + 1], ["told_at"])
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


def _parted(asked: Asked, chosen: Chosen | ChosenEvents, things: list[Any]) -> tuple[list[Any], list[Record]]:
    """What the filters choose, and what they no longer do: a mirror of a choice has to let go of it."""
    own = set(asked.values) - {"updated_since", "limit", "cursor", "fields", "expand", "lang", "sort"}
    if not own:
        return things, []
    keys = set(chosen.rows.order_by().filter(pk__in=[one.pk for one in things]).values_list("pk", flat=True))
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
