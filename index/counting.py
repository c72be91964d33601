"""How many entries fulfil a plan, and which of them are the nearest in time."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from index.plan import Plan
from index.statements import Params, Sql, asked, beginning, found, nearest, union, visible
from index.windows import window

# Visible hits that are counted, and all ranked; of more, how many of each sort.
MOST = RANKED = 300
OF_EACH = 60
# Hits that a window should promise, since a second look costs more.
PROMISED = MOST + MOST // 4


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
    some = "SELECT object, far FROM others WHERE noun = '{}'"
    parts = [_counted(noun, some.format(noun), noun, at) for noun in others]
    if "event" in plans:
        parts.append(_events("event", plans["event"], at))
    sql, more = union(parts)
    rows = asked(f"{start}{sql}", [*params, *more]) if parts else []
    told = {noun: _told(*numbers) for noun, *numbers in rows if numbers[0]}
    # In one order: of hits that answer equally well the first noun's come first.
    return {noun: told[noun] for noun in (*others, "event") if noun in told}


def first_with(ways: Sequence[tuple[Plan, int]], at: dt.datetime) -> tuple[int, Counted] | None:
    """The place of the first plan that finds so many events which visitors may see; one statement.

    A plan behind that one is not carried out.
    """
    parts = []
    for place, (plan, number) in enumerate(ways):
        sql, params = _events(str(place), plan, at)
        # Left where it is, what can be seen is looked for once.
        enough = f"SELECT * FROM ({sql} OFFSET 0) AS way WHERE cardinality(seen) >= %s"  # noqa: S608
        parts.append((enough, [*params, number]))
    sql, params = union(parts)
    rows = asked(f"{sql} LIMIT 1", params)
    return (int(rows[0][0]), _told(*rows[0][1:])) if rows else None


def _told(seen: list[int], hits: int, near: list[int]) -> Counted:
    return Counted(len(seen), hits, seen if hits <= RANKED else near)


def _counted(noun: str, some: str, name: str, at: dt.datetime) -> Sql:
    """SQL for one row: which of the found can be seen, how many there are, the nearest of them."""
    seen, params = visible(noun, f"SELECT object FROM ({some}) AS few", at)  # noqa: S608
    return (
        f"SELECT '{name}' AS name, ARRAY({seen}) AS seen, (SELECT count(*) FROM ({some}) AS few) AS hits, "  # noqa: S608
        f"ARRAY(SELECT object FROM ({some}) AS few ORDER BY far, object LIMIT {OF_EACH}) AS near"
    ), params


def _events(name: str, plan: Plan, at: dt.datetime) -> Sql:
    steps, params = _nearest(plan, at)
    sql, who = _counted("event", "SELECT object, far FROM found", name, at)
    return f"WITH {steps} {sql}", [*params, *who]


def _nearest(plan: Plan, at: dt.datetime) -> Sql:
    """SQL that names up to MOST + 1 events `found`, the nearest in time."""
    around = window(plan, PROMISED, beginning(at).date())
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
    sql, params = found("event", plan.queries, "noun, object, starts_at AS far", "<>")
    some = f"SELECT *, row_number() OVER (PARTITION BY noun ORDER BY object) AS number FROM ({sql}) AS few"  # noqa: S608
    return f"WITH others AS MATERIALIZED (SELECT * FROM ({some}) AS few WHERE number <= {MOST + 1}) ", params  # noqa: S608
