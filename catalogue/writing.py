"""Write a plan into the database: a constant number of statements for each portion."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import compress
from typing import Any

from django.db import connection, models
from psycopg2.extras import execute_values

from catalogue.copying import cell, columns_of, copy, into
from catalogue.deciding import Known, Plan
from catalogue.entries import Entry, Report, Values
from catalogue.fields import Children, Section
from catalogue.schema import APPEARANCES, SESSIONS
from catalogue.snapshot import Row, digest, session_uid
from catalogue.surveying import Keys


def reserve(section: Section, slugs: Sequence[str], keys: Keys) -> None:
    """Primary keys beforehand, so that records may refer to each other in any order."""
    reserved = _next_keys(section.model, len(slugs))
    keys[section.name] |= dict(zip(slugs, reserved, strict=True))


def _next_keys(model: type[models.Model], count: int) -> list[int]:
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]


def write(plan: Plan, report: Report, *, remember: bool = True) -> None:
    """Make and change what the plan says; must run inside a transaction, with keys reserved for what is new.

    Without `remember` the changes count as editors' own: the next load leaves them alone.
    """
    name = plan.section.name
    _create(plan)
    _update(plan)
    _replace_children(plan)
    _raise_revisions(plan)
    report.created[name] += len(plan.new)
    report.updated[name] += len(plan.changed)
    report.unchanged[name] += len(plan.unchanged)
    if remember:
        _remember(plan)


def _create(plan: Plan) -> None:
    if not plan.new:
        return
    section, moment = plan.section, _transaction_start()
    names = ["id", "slug", "is_sample", "created_at", "modified_at", *_attributes(section)]
    rows = []
    for entry in plan.new:
        values = entry.values | {"uid": section.uid(entry)}
        if section.name == "events":
            values |= _first_moments(entry, moment)
        key = plan.keys[section.name][entry.slug]
        rows.append((key, entry.slug, plan.is_sample, moment, moment, *_stored(section, values, plan.keys)))
    copy(section.model, names, rows)


def _transaction_start() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _first_moments(entry: Entry, moment: datetime) -> Values:
    """What the database would fill in by itself, but at one and the same moment for the whole load."""
    values = entry.values
    published, withdrawn = values["published_at"], values["withdrawn_at"]
    if published is None and values["state"] in ("published", "withdrawn"):
        published = max(moment, values["publish_from"] or moment)
    if withdrawn is None and values["state"] == "withdrawn":
        withdrawn = moment
    return {"published_at": published, "withdrawn_at": withdrawn}


def _attributes(whole: Section | Children) -> list[str]:
    """The model's attributes that its columns are stored in."""
    linked = {part.columns[0] for part, _target in whole.links} | {"session"}
    return [f"{column}_id" if column in linked else column for column in whole.columns]


def _stored(whole: Section | Children, values: Values, keys: Keys) -> list[Any]:
    """The values in the order of its columns, with primary keys in place of slugs."""
    named = {
        part.columns[0]: keys[target][values[part.columns[0]]]
        for part, target in whole.links
        if values[part.columns[0]] is not None
    }
    known = values | named
    return [known[column] for column in whole.columns]


# -- what is there already ------------------------------------------------------------------------


def _update(plan: Plan) -> None:
    """All columns of a changed row at once; but the revision, which the database counts on by itself."""
    section = plan.section
    told = [name != "revision" for name in section.columns]
    names = list(compress(_attributes(section), told))
    rows = []
    for entry, row in plan.changed:
        if any(column != "revision" for column in _differing(section, entry, row)):
            values = entry.values | {"uid": section.uid(entry)}
            rows.append((row.pk, *compress(_stored(section, values, plan.keys), told)))
    _rewrite(section.model, names, rows)


def _rewrite(model: type[models.Model], names: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
    """One statement for all the rows, the first value of each being its key."""
    if not rows:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    columns = columns_of(model, names)
    quoted = [connection.ops.quote_name(column) for column in ["id", *columns]]
    told = ", ".join(f"{name} = staged.{name}" for name in quoted[1:])
    with connection.cursor() as cursor:
        staged = f"SELECT {', '.join(quoted)} FROM {table} WITH NO DATA"  # noqa: S608 (our own names)
        cursor.execute(f"CREATE TEMP TABLE staged ON COMMIT DROP AS {staged}")
        into("staged", ["id", *columns], "".join("\t".join(map(cell, row)) + "\n" for row in rows))
        cursor.execute(
            f"UPDATE {table} AS there SET {told} FROM staged WHERE there.id = staged.id"  # noqa: S608
        )
        cursor.execute("DROP TABLE staged")


def _differing(section: Section, entry: Entry, row: Row) -> list[str]:
    return [column for column in section.columns if entry.values[column] != row.entry.values[column]]


def _raise_revisions(plan: Plan) -> None:
    """Last of all: the database counts on from its own revision with each of the changes above."""
    rows = [
        (row.pk, entry.values["revision"])
        for entry, row in plan.changed
        if "revision" in plan.section.columns and entry.values["revision"] != row.entry.values["revision"]
    ]
    _rewrite(plan.section.model, ["revision"], rows)


# -- lists ----------------------------------------------------------------------------------------


def _replace_children(plan: Plan) -> None:
    keys = plan.keys[plan.section.name]
    fresh = {keys[entry.slug]: entry for entry in plan.new}
    numbers: dict[tuple[int, int], int] = {}
    for child in plan.section.children:
        differing = {row.pk: entry for entry, row in plan.changed if _differs(child, entry, row.entry)}
        if differing:
            if child is SESSIONS:
                APPEARANCES.model._default_manager.filter(event__in=differing).delete()
            child.model._default_manager.filter(**{f"{child.owner}__in": differing}).delete()
        numbers = _add_children(child, fresh | differing, numbers, plan.keys)


def _differs(child: Children, entry: Entry, stored: Entry) -> bool:
    """Sessions and those who appear in them are replaced together: the one refers to the other."""
    together = child is SESSIONS or child is APPEARANCES
    keys = (SESSIONS.key, APPEARANCES.key) if together else (child.key,)
    return any(entry.children[key] != stored.children[key] for key in keys)


def _add_children(
    child: Children, owners: dict[int, Entry], sessions: dict[tuple[int, int], int], keys: Keys
) -> dict[tuple[int, int], int]:
    """Adds the lists of the entries, which stand under their keys.

    `sessions` has the key of each part of a programme by event and number, counted from 1; parts that are
    added here are returned, else what was given.
    """
    if not any(entry.children[child.key] for entry in owners.values()):
        return sessions
    names = [f"{child.owner}_id", "position", *_attributes(child)]
    rows = [
        (owner, position, *_stored(child, _settled(child, owner, entry, position, sessions), keys))
        for owner, entry in owners.items()
        for position in range(len(entry.children[child.key]))
    ]
    if child is SESSIONS and rows:
        reserved = _next_keys(child.model, len(rows))
        rows = [(key, *row) for key, row in zip(reserved, rows, strict=True)]
        names = ["id", *names]
        sessions = {(owner, position + 1): key for key, owner, position, *_values in rows}
    copy(child.model, names, rows)
    return sessions


def _settled(
    child: Children, owner: int, entry: Entry, position: int, sessions: dict[tuple[int, int], int]
) -> Values:
    """The values of a row: parts of a programme have identifiers, appearances name the keys of such parts."""
    listed = entry.children[child.key]
    values = listed[position]
    if child is SESSIONS and not values["uid"]:
        return values | {"uid": session_uid(entry, values, listed[:position])}
    if child is APPEARANCES and values["session"] is not None:
        return values | {"session": sessions[owner, values["session"]]}
    return values


# -- what the next load is to know ----------------------------------------------------------------


def _remember(plan: Plan) -> None:
    """Note how each record stands now; what is noted already is not written again."""
    name = plan.section.name
    entries: Iterable[Entry] = [*plan.new, *(entry for entry, _row in plan.changed + plan.unchanged)]
    records = []
    for entry in entries:
        known = Known(plan.keys[name][entry.slug], digest(entry))
        if plan.memory.get(entry.slug) != known:
            records.append((name, entry.slug, *known))
    if not records:
        return
    with connection.cursor() as cursor:
        execute_values(
            cursor,
            "INSERT INTO catalogue_loadedrecord (section, slug, target, digest) VALUES %s "
            "ON CONFLICT (section, slug) DO UPDATE SET target = EXCLUDED.target, digest = EXCLUDED.digest",
            records,
            page_size=len(records),
        )
