"""How many entries fulfil a plan, and which of them are the nearest in time."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from index.plan import Plan
from index.statements import Params, Sql, asked, nearest, union, visible
from index.windows import window

# Visible hits that are counted; hits that are all ranked; of more, how many of each sort.
MOST = 500
RANKED, OF_EACH = 300, 60
# Hits that a window should promise, since a second look costs more.
_PROMISED = 2 * MOST


class Counted(NamedTuple):
    """Hits that visitors may see and all hits, each up to MOST or one more.

    `keys` are the hits that can be seen, where they are so few that all of them are ranked; else the nearest
    in time, whoever may see them.
    """

    seen: int
    hits: int
    keys: list[int]

    @property
    def is_all(self) -> bool:
        return self.hits <= RANKED


def count(plans: Mapping[str, Plan], at: dt.datetime) -> dict[str, Counted]:
    """How many hits each noun has, in one statement; nouns without visible hits are left out."""
    others = [noun for noun in plans if noun != "event"]
    start, params = _of_others(plans[others[0]]) if others else ("", [])
    parts = [_counted(noun, _few(noun), noun, 1, at) for noun in others]
    if "event" in plans:
        parts.append(_counted("event", events(plans["event"], at), "event", 1, at))
    sql, more = union(parts)
    rows = asked(f"{start}{sql}", [*params, *more]) if parts else []
    return {noun: Counted(*numbers) for noun, *numbers in rows}


def first_with(ways: Sequence[tuple[Plan, int]], at: dt.datetime) -> tuple[int, Counted] | None:
    """The place of the first plan that finds so many events which visitors may see; one statement.

    A plan behind that one is not carried out.
    """
    sql, params = union(
        [
            _counted("event", events(plan, at), str(place), number, at)
            for place, (plan, number) in enumerate(ways)
        ]
    )
    rows = asked(f"{sql} LIMIT 1", params)
    return (int(rows[0][0]), Counted(*rows[0][1:])) if rows else None


def _counted(noun: str, found: Sql, name: str, least: int, at: dt.datetime) -> Sql:
    """SQL for one row, or none if fewer than `least` can be seen."""
    steps, params = found
    seen, who = visible(noun, "SELECT object FROM found", at)
    keys = f"SELECT object FROM found ORDER BY far, object LIMIT {OF_EACH}"  # noqa: S608
    return (
        f"WITH {steps}, seen (object) AS MATERIALIZED ({seen}) "  # noqa: S608
        f"SELECT '{name}' AS name, seen, hits, "
        f"CASE WHEN hits <= {RANKED} THEN ARRAY(SELECT object FROM seen) ELSE ARRAY({keys}) END "
        "FROM (SELECT (SELECT count(*) FROM seen) AS seen, (SELECT count(*) FROM found) AS hits) AS numbers "
        "WHERE seen >= %s"
    ), [*params, *who, least]


def events(plan: Plan, at: dt.datetime) -> Sql:
    """SQL that names up to MOST + 1 events `found`, the nearest in time."""
    around = window(plan, _PROMISED, at)
    if not around:
        sql, params = nearest("event", plan.queries, MOST + 1, at)
        return f"found AS MATERIALIZED ({sql})", params
    near, params = nearest("event", [around, *plan.queries], MOST + 1, at)
    few = f"(SELECT count(*) FROM near) <= {MOST}"  # noqa: S608
    rest, more = nearest("event", plan.queries, MOST + 1, at, few)
    return (
        f"near AS MATERIALIZED ({near}), "  # noqa: S608
        f"found AS MATERIALIZED ((SELECT object, far FROM near WHERE NOT {few}) UNION ALL ({rest}))"
    ), [*params, *more]


def _of_others(plan: Plan) -> tuple[str, Params]:
    """SQL that names `others` the entries of all other nouns, looked for at once: their plan is the same."""
    words = " AND ".join(["words @@ %s::tsquery"] * len(plan.queries))
    return (
        "WITH others AS MATERIALIZED (SELECT noun, object, starts_at AS far, "  # noqa: S608
        "row_number() OVER (PARTITION BY noun ORDER BY object) AS number "
        f"FROM index_document WHERE noun <> 'event' AND {words}) "
    ), list(plan.queries)


def _few(noun: str) -> Sql:
    few = f"SELECT object, far FROM others WHERE noun = '{noun}' AND number <= {MOST + 1}"  # noqa: S608
    return f"found AS MATERIALIZED ({few})", []
