"""Statements that PostgreSQL plans once for each connection, where planning takes longer than answering.

A statement about an event and twelve lists is planned for three milliseconds and answered in a third of one.
"""

import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection


def _before(off: Sequence[str] = ()) -> str:
    """Told before a statement that is to have one plan for all values; `off` are ways it shall not go."""
    told = [*(f"{one} = off" for one in off), "plan_cache_mode = force_generic_plan"]
    return "".join(f"SET LOCAL {one}; " for one in told)


def _general(sql: str, off: Sequence[str] = ()) -> str:
    """Such a statement, which begins by taking that back, for others in the transaction.

    A row of nulls stands for no row, so none may begin with null.
    """
    usual = dict.fromkeys(off, "on") | {"plan_cache_mode": "auto"}
    back = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in usual.items())
    return f"SELECT told.* FROM (SELECT {back} OFFSET 0) AS again LEFT JOIN ({sql}) AS told ON true"  # noqa: S608


# {session of the driver: names of what it knows}
_known: "WeakKeyDictionary[Any, set[str]]" = WeakKeyDictionary()


class Planned:
    """`sql` has its parameters by name, as in %(key)s; `kinds` are their types in the database.

    `name` is one that no other statement has. The columns told must be of types without a length (text, no
    varchar(80)): a session that has planned the statement refuses it once a migration has made one longer.

    PostgreSQL goes on to plan anew where it believes that values, lists above all, make a better plan. Not so
    with `for_any`; then no row may begin with null.
    """

    def __init__(self, name: str, sql: str, kinds: Mapping[str, str], *, for_any: bool = False) -> None:
        begin = ""
        if for_any:
            begin, sql = _before(), _general(sql)
        self._name, self._sql, self._for_any = name, sql, for_any
        numbered = sql % {kind: f"${number}" for number, kind in enumerate(kinds, 1)}
        self._prepare = f"PREPARE {name} ({', '.join(kinds.values())}) AS {numbered}"
        self._execute = f"{begin}EXECUTE {name} ({', '.join(f'%({kind})s' for kind in kinds)})"

    def rows(self, **asked: Any) -> list[tuple[Any, ...]]:
        """(1 query)"""
        with connection.cursor() as cursor:
            if settings.DATABASE_POOLED:
                # The next statement may come to another session.
                cursor.execute(self._sql, asked)
            else:
                self._plan()
                cursor.execute(self._execute, asked)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return [row for row in rows if row[0] is not None] if self._for_any else rows

    def _plan(self) -> None:
        session = connection.connection
        known = _known.setdefault(session, set())
        if self._name not in known:
            _tell(session, self._prepare)
            known.add(self._name)


class Recurring:
    """Statements put together for each question, of which few shapes come again and again.

    A shape for which a connection is asked the second time is planned there once, whatever its values will
    be; the last `most` shapes of a `name` stay so. What values are, their places in the SQL must tell. For
    columns told the same holds as above. `off` are settings of ways that no plan shall consider.
    """

    def __init__(self, name: str, most: int, off: Sequence[str] = ()) -> None:
        self._name, self._most, self._number = name, most, 0
        self._off, self._begin = off, _before(off)
        # {session of the driver: {SQL: what it is called there, nothing where it was asked for once}}
        self._shapes: WeakKeyDictionary[Any, OrderedDict[str, str]] = WeakKeyDictionary()

    def rows(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        """`sql` has %s for its values; of its rows those that do not begin with null (1 query)."""
        with connection.cursor() as cursor:
            general = _general(sql, self._off)
            name = "" if settings.DATABASE_POOLED else self._called(general)
            told = f"EXECUTE {name} ({', '.join(['%s'] * len(params))})" if name else general
            cursor.execute(f"{self._begin}{told}", params)
            return [row for row in cursor.fetchall() if row[0] is not None]

    def _called(self, sql: str) -> str:
        session = connection.connection
        shapes = self._shapes.setdefault(session, OrderedDict())
        name = shapes.pop(sql, None)
        if name == "":
            self._number += 1
            name = f"{self._name}_{self._number}"
            numbers = count(1)
            _tell(session, f"PREPARE {name} AS {re.sub('%s', lambda _place: f'${next(numbers)}', sql)}")
        shapes[sql] = name or ""
        if len(shapes) > self._most:
            _sql, oldest = shapes.popitem(last=False)
            if oldest:
                _tell(session, f"DEALLOCATE {oldest}")
        return shapes[sql]


def _tell(session: Any, sql: str) -> None:
    """Whatever becomes of the transaction: a session keeps what it was told."""
    with connection.wrap_database_errors, session.cursor() as cursor:
        cursor.execute(sql)
