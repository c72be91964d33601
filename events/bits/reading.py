"""Snapshots from the database: all of one in one statement, and what has changed since in another.

One statement sees one state. What is long comes as bytes, so that it need not become objects one by one.
"""

import datetime as dt
import json
from array import array
from collections.abc import Hashable, Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from sys import byteorder
from typing import Any

from django.db import connection, transaction
from django.db.utils import OperationalError
from psycopg2.errors import QueryCanceled

from events.bits.segment import FACETS, Places, Row, Segment
from events.bits.snapshot import Anchor, Named, Snapshot
from events.bits.sql import ALL, CHANGES, COLUMNS, LISTS, OWN, PARAMETERS
from lib.columns import Column
from lib.links import Links

# So many changed events are read while a request waits, or one in so many of a large catalogue, where reading
# all anew would take longer.
MOST_AT_ONCE, ONE_IN = 2_000, 80

_DAYS, _NAMES = ("first", "last"), "names of "
Lists = Iterable[tuple[Hashable, "array[int]"]]

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Missed(Exception):
    """What changed since cannot be told any more, or is too much: all must be read anew."""


class Unsettled(Exception):
    """The connection sees what others do not, or not yet what the process knows."""


def read() -> Snapshot:
    """All that is published, as others see it too. Raises Unsettled."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        with connection.cursor() as plain:
            # The parts come in the order in which they are asked for, and other processors are left alone.
            # With less memory the rows of a large catalogue are sorted and passed on by files.
            plain.execute(
                "SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL statement_timeout = 0; "
                "SET LOCAL work_mem = '128MB'"
            )
        cursor.execute(ALL, PARAMETERS)
        rows = _rows(cursor)
        state, anchor = _settled(json.loads(next(rows)[1]))
        columns = {
            name: numbers(told, "i" if name in _DAYS else "q")
            for name, _value, told in islice(rows, len(COLUMNS))
        }
        size, places = len(columns["keys"]), Places(columns["keys"])
        names: dict[str, dict[int, Named]] = {}
        facets: dict[str, Links[Any]] = {}
        for name, part in groupby(rows, key=itemgetter(0)):
            if name.startswith(_NAMES):
                names[name.removeprefix(_NAMES)] = _named(json.loads(next(part)[1] or "[]"))
                continue
            for facet, lists in _facets(name, part, places).items():
                facets[facet] = Links(size, lists)
    return Snapshot(state, anchor, (_segment(columns, places, facets),), ((1 << size) - 1,), names)


def _rows(cursor: Any) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(50):
        yield from rows


def numbers(told: memoryview | None, kind: str = "q") -> "array[int]":
    """Whole numbers as PostgreSQL sends them: of eight bytes each, of four where `kind` is i or I."""
    found = array(kind)
    found.frombytes(told or b"")
    if byteorder == "little":
        found.byteswap()
    return found


def _facets(name: str, rows: Iterable[tuple[Any, ...]], places: Places) -> dict[str, Lists]:
    """{facet: (value, places) of each value} of one part."""
    if name == "venue":
        return _of_venues(rows, places)
    if name in LISTS:
        whole = ((json.loads(value), numbers(told, "I")) for _name, value, told in rows)
        return {name: _gathered((one, found) for values, found in whole for one in values)}
    if name in OWN:
        return {name: ((value, numbers(told, "I")) for _name, value, told in rows)}
    return {name: ((int(value), places.many(numbers(told))) for _name, value, told in rows)}


def _of_venues(rows: Iterable[tuple[Any, ...]], places: Places) -> dict[str, Lists]:
    told = [(json.loads(value), places.many(numbers(keys))) for _name, value, keys in rows]
    return {
        "state": _gathered((state, found) for (state, *_rest), found in told if state),
        "city": _gathered(((slug, city), found) for (_state, slug, city, _country), found in told if slug),
        "country": _gathered((country, found) for (*_rest, country), found in told if country),
    }


def _gathered(lists: Lists) -> Lists:
    """Each value once."""
    found: dict[Hashable, array[int]] = {}
    for value, places in lists:
        found.setdefault(value, array("I")).extend(places)
    return found.items()


def _segment(columns: dict[str, "array[int]"], places: Places, facets: dict[str, Links[Any]]) -> Segment:
    empty: Links[Any] = Links(len(columns["keys"]), ())
    return Segment(
        columns["keys"],
        columns["starts"],
        Column(columns["ends"]),
        Column(columns["first"]),
        Column(columns["last"]),
        (columns["due"], places.many(columns["due_keys"])),
        {name: facets.get(name, empty) for name in FACETS},
        places,
    )


def _settled(told: dict[str, Any]) -> tuple[tuple[int, dt.datetime], Anchor]:
    """State and anchor; raises Unsettled where they are of this transaction alone."""
    if told["has_changed"] or told["number"] is None or told["anchor"] is None:
        raise Unsettled
    return (told["number"], _instant(told["at"])), Anchor(told["anchor"], _instant(told["anchor_at"]))


def _instant(microseconds: int) -> dt.datetime:
    return _EPOCH + dt.timedelta(microseconds=microseconds)


def _named(rows: list[list[Any]] | None) -> dict[int, Named]:
    return {key: Named(slug, german, english) for key, slug, german, english in rows or ()}


# -- what has changed -------------------------------------------------------------------------------


def read_on(snapshot: Snapshot) -> Snapshot:
    """The snapshot at the present state (1 query). Raises Missed or Unsettled."""
    most = max(MOST_AT_ONCE, snapshot.segments[0].size // ONE_IN)
    known = {"number": snapshot.anchor.number, "at": snapshot.anchor.at, "most": most}
    with connection.cursor() as cursor:
        try:
            cursor.execute(CHANGES, PARAMETERS | known)
        except OperationalError as error:
            if isinstance(error.__cause__, QueryCanceled):  # it took too long
                raise Missed from error
            raise
        told = dict(cursor.fetchall())
    about = json.loads(told["state"])
    state, anchor = _settled(about)
    if state[0] < snapshot.state[0] and anchor.number <= snapshot.anchor.number:
        raise Unsettled
    if not about["is_known"] or about["is_all"] or about["touched"] > most:
        raise Missed
    names = dict(snapshot.names)
    for facet, kind in (("topic", "topics"), ("organiser", "organisers")):
        fresh = json.loads(told[kind])
        if touched := set(fresh["touched"] or ()):
            kept = {key: one for key, one in names[facet].items() if key not in touched}
            names[facet] = kept | _named(fresh["named"])
    events = json.loads(told["events"])
    return snapshot.moved_on(
        state, anchor, [_row(one) for one in events["rows"] or ()], events["touched"] or (), names
    )


def _row(told: dict[str, Any]) -> Row:
    values = {name: told[name] for name in FACETS}
    values["city"] = [(slug, city) for slug, city in told["city"]]
    return Row(told["key"], told["starts"], told["ends"], told["first"], told["last"], told["due"], values)
