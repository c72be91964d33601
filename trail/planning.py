"""What walking changes back means today: which rows would be written how, and what stands in the way.

A row is described as the database writes it as JSON: {column: value}. Three states of it count: what it was
before the changes (the target), what they made of it, and what it is now. Where somebody else has since
written another value into a column that the changes wrote, none of the two is right by itself: a clash.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from trail import registry
from trail.models import Change, Kind
from trail.wording import name_of, references, things

State = dict[str, Any]
# (table, key)
Place = tuple[str, int]


class Clash(NamedTuple):
    """A row that cannot be put back, by its model's label and key; `why` is a sentence."""

    model: str
    key: int
    label: str
    fields: tuple[str, ...]
    why: str

    def __str__(self) -> str:
        where = f"{self.label} ({', '.join(self.fields)})" if self.fields else self.label
        return f"{where}: {self.why}"


class Conflict(Exception):
    """Nothing was done, since later changes stand in the way."""

    def __init__(self, rows: Sequence[Clash]) -> None:
        self.rows = list(rows)
        super().__init__(" ".join(dict.fromkeys(map(str, rows))))


class Nothing(Conflict):
    """All is as it would be put back."""

    def __init__(self) -> None:
        super().__init__([])
        self.args = (_("There is nothing to put back."),)


@dataclass(frozen=True)
class Row:
    """A row to be written. `target` None takes it away; where it is not there `target` is the whole row."""

    table: registry.Table
    key: int
    noun: str
    owner: int
    now: State | None
    target: State | None

    @property
    def model(self) -> str:
        return self.table.label


@dataclass
class Plan:
    rows: list[Row] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    # Rows that the database keeps by itself, as they were.
    kept: list[Row] = field(default_factory=list)
    # (noun, key) of each entry that the changes touched.
    entries: set[tuple[str, int]] = field(default_factory=set)


def plan(changes: Iterable[Change], leave: Collection[str] = ()) -> Plan:
    """What walking these changes back means. Columns of entries to `leave` stay as they are."""
    groups: dict[Place, list[Change]] = defaultdict(list)
    for change in sorted(changes, key=lambda change: change.pk):
        groups[change.table, change.key].append(change)
    made = Plan(entries={(change.noun, change.owner) for group in groups.values() for change in group})
    known = registry.tables()
    now, later = rows_now(groups, known), _later(groups)
    stopped: list[tuple[_Rows, _Stop]] = []
    for place, group in groups.items():
        if place[0] not in known:
            made.clashes.append(
                Clash(place[0], place[1], place[0], (), _("There is no such table any more."))
            )
            continue
        rows = _Rows(known[place[0]], place[1], group, now.get(place), later[place])
        if rows.table.is_kept:
            _keep(made, rows)
        elif (stop := _weigh(made, rows, leave)) is not None:
            stopped.append((rows, stop))
    made.clashes += _clashes(stopped)
    return made


class _Rows(NamedTuple):
    """A row with the changes that are walked back, oldest first, and those that came later, newest first."""

    table: registry.Table
    key: int
    group: list[Change]
    now: State | None
    later: list[Change]

    def to(self, target: State | None) -> Row:
        return Row(self.table, self.key, self.group[0].noun, self.group[0].owner, self.now, target)


def rows_now(places: Iterable[Place], known: dict[str, registry.Table]) -> dict[Place, State]:
    keys: dict[str, list[int]] = defaultdict(list)
    for name, key in places:
        if name in known:
            keys[name].append(key)
    if not keys:
        return {}
    part = "SELECT %s, id, to_jsonb(entry)::text FROM {} AS entry WHERE id = ANY(%s)"
    sql = " UNION ALL ".join(part.format(connection.ops.quote_name(name)) for name in keys)
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for pair in keys.items() for value in pair])
        return {(name, key): json.loads(text) for name, key, text in cursor.fetchall()}


def _later(groups: dict[Place, list[Change]]) -> dict[Place, list[Change]]:
    """Changes of the same rows after the last one that is walked back, newest first."""
    found: dict[Place, list[Change]] = defaultdict(list)
    if not groups:
        return found
    first = min(group[-1].pk for group in groups.values())
    keys = {key for _table, key in groups}
    for change in Change.objects.filter(key__in=keys, pk__gt=first).order_by("-pk"):
        place = change.table, change.key
        if place in groups and change.pk > groups[place][-1].pk:
            found[place].append(change)
    return found


class Erased(Exception):
    """What was there before is no longer known."""


def walk_back(state: State | None, changes: Iterable[Change]) -> State | None:
    """What a row in this state was before the changes, newest first.

    Of a row whose state is not known, {}, only the columns are told that they wrote.
    """
    for change in changes:
        if change.kind == Kind.INSERT:
            state = None
        elif change.before is None:
            raise Erased
        elif change.kind == Kind.UPDATE:
            state = {**(state or {}), **change.before}
        else:
            state = dict(change.before)
    return state


def _keep(made: Plan, rows: _Rows) -> None:
    try:
        target = walk_back(rows.now, reversed(rows.group))
    except Erased:
        return
    if target is not None and target != rows.now:
        made.kept.append(rows.to(target))


class _Stop(NamedTuple):
    why: str
    columns: tuple[str, ...] = ()


def _weigh(made: Plan, rows: _Rows, leave: Collection[str]) -> _Stop | None:
    """Adds the row to the plan unless it is already as it was; else what stands in the way."""
    try:
        before = walk_back({}, reversed(rows.group))
        after = walk_back(rows.now, rows.later)
    except Erased:
        return _Stop(_("What it said before was erased."))
    if rows.table.is_entry and rows.now is not None and before is not None:
        before = {name: value for name, value in before.items() if name not in leave}
    target = _target(rows.table, rows.now, after, before)
    if isinstance(target, _Stop):
        return target
    if target != rows.now:
        made.rows.append(rows.to(target))
    return None


def _target(
    table: registry.Table, now: State | None, made: State | None, before: State | None
) -> State | _Stop | None:
    """What is to be written into the row: the same as is `now` for nothing at all.

    `made` is what the changes made of it, `before` what it was.
    """
    if now is None:
        return before if made is None or before is None else _Stop(_("It was removed since."))
    if before is None:
        touched = _differing(now, made or {}, table)
        return _Stop(_("It was changed since."), touched) if touched else None
    if made is None:
        again = _Stop(_("It is there again, or belongs to another entry now."))
        return again if _differing(before, now, table) else now
    changed = [name for name in _differing(before, made, table) if name in now]
    wanted = {name: before[name] for name in changed if now[name] != before[name]}
    touched = tuple(name for name in wanted if now[name] != made[name])
    return _Stop(_("It was changed since."), touched) if touched else (wanted or now)


def _differing(one: State, other: State, table: registry.Table) -> tuple[str, ...]:
    """Columns of both that differ, but for what the database keeps by itself."""
    generated = {field.column for field in table.model._meta.concrete_fields if field.generated}
    silent = {"modified_at", *table.rising, *generated}
    return tuple(sorted(name for name in one.keys() & other.keys() - silent if one[name] != other[name]))


def _clashes(stopped: Iterable[tuple[_Rows, _Stop]]) -> list[Clash]:
    """With rows and columns as editors call them; queries as for one row."""
    told = []
    for rows, stop in stopped:
        state = rows.now or next((change.before for change in rows.group if change.before), None) or {}
        told.append((rows, stop, state))
    known = things({one for rows, _stop, state in told for one in references(rows.table, state)})
    found = []
    for rows, stop, state in told:
        labels = {field.column: str(field.verbose_name) for field in rows.table.model._meta.concrete_fields}
        label = ": ".join(name_of(rows.table, state, known))
        fields = tuple(labels.get(column, column) for column in stop.columns)
        found.append(Clash(rows.table.label, rows.key, label, fields, stop.why))
    return found
