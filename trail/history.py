"""An entry's history: its steps, newest first, each with what it changed.

What was before stands on the trail; what came of it is found by walking back from the present.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, Max, Min
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from trail import registry
from trail.models import Change, Kind
from trail.planning import Erased, Place, Plan, Row, State, rows_now, walk_back
from trail.wording import Line, Part, Things, differences, name_of, references, things

STEPS = 20


@dataclass
class Step:
    """What one transaction did to an entry. `change` is its last change, for `trail.undoing.restore`."""

    number: int
    change: int
    at: dt.datetime
    actor: Any
    reason: str = ""
    lines: list[Line] = field(default_factory=list)
    # How many other entries the same transaction changed.
    others: int = 0


class Turn(NamedTuple):
    """A row before and after; None where it was not there. What was erased is not known."""

    table: registry.Table
    before: State | None
    after: State | None
    is_erased: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Among the rows of its kind."""
        state = self.after or self.before or {}
        return state.get("position") or 0, state.get("id") or 0


def steps_of(noun: str, key: int, number: Any = 1) -> tuple[Page, list[Step]]:
    """A page of the entry's steps, in a number of queries that does not grow with them."""
    of_entry = Change.objects.of_entry(noun, key)
    numbers = of_entry.values("transaction").annotate(last=Max("pk"), first=Min("pk")).order_by("-last")
    page = Paginator(numbers, STEPS).get_page(number)
    wanted = {row["transaction"] for row in page}
    if not wanted:
        return page, []
    since = min(row["first"] for row in page)
    changes = list(of_entry.filter(pk__gte=since).select_related("actor").order_by("-pk"))
    steps = {change.transaction: _step(change) for change in reversed(changes)}
    turns = _turns(changes)
    known = _known(turn for step in wanted for turn in turns[step])
    entry = Concat("noun", Cast("owner", CharField()))
    counted = Change.objects.filter(transaction__in=wanted).order_by().values("transaction")
    others = counted.annotate(others=Count(entry, distinct=True)).values_list("transaction", "others")
    for step, count in others:
        steps[step].others = count - 1
        steps[step].lines = tell(turns[step], known)
        steps[step].reason = next(filter(None, (c.reason for c in changes if c.transaction == step)), "")
    return page, [steps[row["transaction"]] for row in page]


def _step(change: Change) -> Step:
    return Step(change.transaction, change.pk, change.at, change.actor)


def _turns(changes: list[Change]) -> dict[int, list[Turn]]:
    """{transaction: its rows} from changes, newest first, up to the present."""
    known = registry.tables()
    states: dict[Place, State | None] = {}
    states.update(rows_now({(change.table, change.key) for change in changes}, known))
    found: dict[int, dict[Place, Turn]] = {}
    for change in changes:
        table, place = known.get(change.table), (change.table, change.key)
        if table is None or table.is_kept:
            continue
        rows = found.setdefault(change.transaction, {})
        later = rows.get(place)
        after = later.after if later else states.get(place)
        try:
            states[place] = walk_back(states.get(place), [change])
            rows[place] = Turn(table, states[place], after, bool(later and later.is_erased))
        except Erased:
            rows[place] = Turn(table, states.get(place) or {}, after, True)
    numbers = {change.transaction for change in changes}
    return {number: list(found.get(number, {}).values()) for number in numbers}


def turns_of(rows: Iterable[Row]) -> list[Turn]:
    """What a plan would do, in the form in which a history tells what was done."""
    return [
        Turn(row.table, row.now, None if row.target is None else {**(row.now or {}), **row.target})
        for row in rows
    ]


def _known(turns: Iterable[Turn]) -> Things:
    return things({one for turn in turns for one in references(turn.table, turn.before, turn.after)})


def by_entry(plan: Plan) -> list[tuple[str, str, list[Line]]]:
    """[(kind of entry, its name, what would change)] of each entry that the plan touches."""
    of_entry: dict[tuple[str, int], list[Turn]] = {}
    for row, turn in zip(plan.rows, turns_of(plan.rows), strict=True):
        of_entry.setdefault((row.noun, row.owner), []).append(turn)
    heads = {entry: (registry.nouns()[entry[0]].label, entry[1]) for entry in of_entry}
    wanted = {
        one for turns in of_entry.values() for t in turns for one in references(t.table, t.before, t.after)
    }
    known = things(wanted | set(heads.values()))
    told = []
    for entry, turns in of_entry.items():
        kind = capfirst(str(registry.model_of(entry[0])._meta.verbose_name))
        told.append((kind, str(known.get(heads[entry]) or entry[1]), tell(turns, known)))
    return sorted(told, key=lambda one: one[:2])


def names_of(changes: Iterable[Change]) -> list[tuple[Change, str]]:
    """Each removal with the name of what is gone; empty where it was erased."""
    found = list(changes)
    tables = registry.tables()
    known = things({one for change in found for one in references(tables[change.table], change.before)})
    return [
        (change, name_of(tables[change.table], change.before, known)[1] if change.before else "")
        for change in found
    ]


def moment(at: dt.datetime) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


def tell(turns: Iterable[Turn], known: Things) -> list[Line]:
    """The entry's own fields first, then what belongs to it, kind by kind."""
    order = {name: number for number, name in enumerate(registry.tables())}
    lines: list[Line] = []
    for turn in sorted(turns, key=lambda turn: (order[turn.table.name], *turn.place)):
        lines += [line for line in _lines(turn, known) if line not in lines]
    return lines


def _lines(turn: Turn, known: Mapping[tuple[str, int], Any]) -> list[Line]:
    table, before, after = turn.table, turn.before, turn.after
    if turn.is_erased:
        kind = capfirst(str(table.model._meta.verbose_name))
        return [Line(Kind.UPDATE, kind, "", (Part("same", _("What was here before has been erased.")),))]
    if before is None or after is None:
        state, kind = (after, Kind.INSERT) if before is None else (before, Kind.DELETE)
        return [Line(kind, *name_of(table, state, known))] if state else []
    found = differences(table, before, after, known)
    if not table.is_entry and found and _moved_only(table, before, after):
        return [
            Line(
                Kind.UPDATE,
                capfirst(str(table.model._meta.verbose_name_plural)),
                "",
                (Part("same", _("in another order")),),
            )
        ]
    return found


def _moved_only(table: registry.Table, before: State, after: State) -> bool:
    return {name for name in before if before[name] != after.get(name)} == {"position"}
