"""Which of the found entries come first.

Where few are found, all are ranked. Of very many those are that may come first: the nearest in time, and
those with all words in their titles. No more words are read than those of some hundred entries.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from index.counting import OF_EACH, PROMISED, RANKED, Counted
from index.plan import Plan
from index.statements import FAR, Params, Sql, asked, beginning, nearest, union, visible
from index.windows import window

# Titles that are enough in a window: twice what a page shows.
_ENOUGH = 20
_NAME, _EXACT_TITLE = 40, 8
_WITHIN = (("A", 16), ("AB", 8), ("ABC", 3))
_TOGETHER = (("A", 7), ("ABC", 2))


def best(
    plans: Mapping[str, Plan], counted: Mapping[str, Counted], limit: int, at: dt.datetime
) -> dict[str, list[tuple[int, float]]]:
    """{noun: (primary key, score) of its best, best first} for the nouns that were counted; one statement.

    The nearest in time come first where all else is equal, those to come before those that are over.
    """
    ranked: dict[str, list[tuple[int, float]]] = {noun: [] for noun in counted}
    if not counted:
        return ranked
    # All other nouns have one plan.
    few = [noun for noun, numbers in counted.items() if numbers.is_all and noun != "event"]
    parts = (
        [_ranked(plans[few[0]], _those({noun: counted[noun].keys for noun in few}), limit, at)] if few else []
    )
    for noun in counted.keys() - set(few):
        numbers = counted[noun]
        those = (
            _those({noun: numbers.keys}) if numbers.is_all else _likely(noun, plans[noun], numbers.keys, at)
        )
        parts.append(_ranked(plans[noun], those, limit, at))
    for noun, pk, score, _place in sorted(asked(*union(parts)), key=lambda row: row[3]):
        ranked[noun].append((pk, float(score)))
    return ranked


def _ranked(plan: Plan, those: Sql, limit: int, at: dt.datetime) -> Sql:
    told, params = those
    score, weighed = _score(plan)
    today = beginning(at)
    # ts_filter makes a copy of each head, or it would be fetched again for every question put to it.
    return (
        f"WITH {told}, "  # noqa: S608
        "heads AS MATERIALIZED (SELECT noun, object, starts_at, ends_at, ts_filter(head, '{a,b,c}') AS head "
        "FROM those JOIN index_document USING (object, noun)), "
        f"scored AS (SELECT noun, object, starts_at, ends_at, {score} AS score FROM heads), "
        "placed AS (SELECT noun, object, score, row_number() OVER (PARTITION BY noun "
        f"ORDER BY score DESC, (ends_at > %s) DESC, {FAR}, object) AS place FROM scored) "
        "SELECT noun, object, score, place FROM placed WHERE place <= %s"
    ), [*params, *weighed, at, today, today, limit]


def _those(keys: Mapping[str, Sequence[int]]) -> Sql:
    """SQL that names `those` entries."""
    pairs = [(noun, pk) for noun, pks in keys.items() for pk in pks]
    told = "those AS (SELECT * FROM unnest(%s::text[], %s::bigint[]) AS told (noun, object))"
    return told, [[noun for noun, _pk in pairs], [pk for _noun, pk in pairs]]


def _likely(noun: str, plan: Plan, near: list[int], at: dt.datetime) -> Sql:
    """SQL that names `those` among which the best of very many are: the nearest of all, of those with all
    words in their titles, and of those of that very name."""
    steps: dict[str, Sql] = {}
    around = window(plan, PROMISED, beginning(at).date()) if noun == "event" else ""
    if around:
        steps["titled_near"] = nearest(noun, [around, *plan.titled], OF_EACH, at)
    # Titles of all times are looked through where those around did not bring enough.
    few = f"(SELECT count(*) FROM titled_near) < {_ENOUGH}" if around else "true"  # noqa: S608
    steps["titled"] = nearest(noun, plan.titled, OF_EACH, at, few)
    if plan.names:
        steps["named"] = _named(noun, plan, at)
    told = "".join(f"{step} AS MATERIALIZED ({sql}), " for step, (sql, _params) in steps.items())
    parts = ["SELECT unnest(%s::bigint[])", *(f"SELECT object FROM {step}" for step in steps)]  # noqa: S608
    params: Params = [one for _sql, some in steps.values() for one in some]
    seen, who = visible(noun, "SELECT object FROM likely", at)
    return (
        f"{told}likely (object) AS MATERIALIZED ({' UNION '.join(parts)}), "
        f"those AS (SELECT '{noun}'::text AS noun, unnest(ARRAY({seen})) AS object)"
    ), [*params, near, *who]


def _named(noun: str, plan: Plan, at: dt.datetime) -> Sql:
    """SQL for hits of exactly the plan's name. The table of names knows better: in the index, a name may be
    that of anybody who takes part."""
    words, today = " AND ".join(["words @@ %s::tsquery"] * len(plan.queries)), beginning(at)
    return (
        f"SELECT object FROM (SELECT object, words, {FAR} AS far FROM index_document "  # noqa: S608
        f"WHERE noun = '{noun}' AND object = ANY(ARRAY(SELECT object FROM index_name "
        f"WHERE noun = '{noun}' AND canonical = ANY(%s) AND canonical <> '' LIMIT {RANKED}"
        f")) ORDER BY far, object LIMIT {OF_EACH}) AS named WHERE {words}"
    ), [today, today, plan.names, *plan.queries]


def _score(plan: Plan) -> tuple[str, Params]:
    """An SQL expression over `head`: points for where all words stand, how close, and for the exact name."""
    scales = [
        [(points, plan.within(weights)) for weights, points in _WITHIN],
        [(points, plan.together(weights)) for weights, points in _TOGETHER],
        [(_NAME, plan.named)],
        [(_EXACT_TITLE, plan.within("A", exact=True))],
    ]
    told: list[str] = []
    params: Params = []
    for scale in scales:
        cases = [(points, query) for points, query in scale if query]
        if cases:
            told.append(
                f"CASE {' '.join(f'WHEN head @@ %s::tsquery THEN {points}' for points, _query in cases)} "
                "ELSE 0 END"
            )
            params += [query for _points, query in cases]
    return f"({' + '.join(told)})", params
