"""Write a plan into the database in bulk: a constant number of queries however long the file is."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext as _

from catalogue.deciding import Plan
from catalogue.entries import Entry, Values
from catalogue.fields import Children, Field, Section, Span, references
from catalogue.models import LoadedRecord
from catalogue.schema import APPEARANCES, SECTIONS, SESSIONS
from catalogue.snapshot import Row, digest, session_uid

BATCH = 500
Parts = list[Field | Span] | tuple[Field | Span, ...]


def write(plan: Plan, progress: Callable[[str], None], *, remember: bool = True) -> None:
    """Make and change what the plan says; must run inside a transaction.

    Without `remember` the changes count as editors' own: the next load leaves them alone.
    """
    moment = _transaction_start()
    for section in SECTIONS:
        _reserve_keys(section, plan)
    for section in SECTIONS:
        _create(section, plan, moment)
        _update(section, plan)
        _replace_children(section, plan)
        _raise_revisions(section, plan)
        progress(_summary(section, plan))
    if remember:
        _remember(plan)


def _transaction_start() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _reserve_keys(section: Section, plan: Plan) -> None:
    """Primary keys beforehand, so that records may refer to each other in any order."""
    new = plan.new[section.name]
    if not new:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [section.model._meta.db_table, len(new)],
        )
        reserved = [key for (key,) in cursor.fetchall()]
    plan.keys[section.name] |= {entry.slug: key for entry, key in zip(new, reserved, strict=True)}


def _create(section: Section, plan: Plan, moment: datetime) -> None:
    rows = []
    for entry in plan.new[section.name]:
        values = _stored(section.fields, entry.values, plan) | {"uid": section.uid(entry)}
        if section.name == "events":
            values |= _first_moments(entry, moment)
        rows.append(
            section.model(
                pk=plan.keys[section.name][entry.slug],
                slug=entry.slug,
                is_sample=plan.is_sample,
                created_at=moment,
                modified_at=moment,
                **values,
            )
        )
    section.model._default_manager.bulk_create(rows, batch_size=BATCH)
    plan.report.created[section.name] += len(rows)


def _first_moments(entry: Entry, moment: datetime) -> Values:
    """What the database would fill in by itself, but at one and the same moment for the whole load."""
    values = entry.values
    published, withdrawn = values["published_at"], values["withdrawn_at"]
    if published is None and values["state"] in ("published", "withdrawn"):
        published = max(moment, values["publish_from"] or moment)
    if withdrawn is None and values["state"] == "withdrawn":
        withdrawn = moment
    return {"published_at": published, "withdrawn_at": withdrawn}


def _stored(parts: Parts, values: Values, plan: Plan) -> Values:
    """The values with primary keys in place of slugs."""
    stored = {column: values[column] for part in parts for column in part.columns}
    for part, target in references(parts):
        column = part.columns[0]
        slug = stored.pop(column)
        stored[f"{column}_id"] = None if slug is None else plan.keys[target][slug]
    return stored


def _update(section: Section, plan: Plan) -> None:
    """Only the columns that differ are written, rows with the same ones together."""
    groups: dict[tuple[str, ...], list[models.Model]] = defaultdict(list)
    for entry, row in plan.changed[section.name]:
        differing = tuple(c for c in _differing(section, entry, row) if c != "revision")
        stored = _stored(section.fields, entry.values, plan) | {"uid": section.uid(entry)}
        wanted = {name: value for name, value in stored.items() if name.removesuffix("_id") in differing}
        if differing:
            groups[differing].append(section.model(pk=row.pk, **wanted))
    for columns, rows in groups.items():
        section.model._default_manager.bulk_update(rows, columns, batch_size=BATCH)
    plan.report.updated[section.name] += len(plan.changed[section.name])
    plan.report.unchanged[section.name] += len(plan.unchanged[section.name])


def _differing(section: Section, entry: Entry, row: Row) -> list[str]:
    return [column for column in section.columns if entry.values[column] != row.entry.values[column]]


def _raise_revisions(section: Section, plan: Plan) -> None:
    """Last of all: the database counts on from its own revision with each of the changes above."""
    rows = [
        section.model(pk=row.pk, revision=entry.values["revision"])
        for entry, row in plan.changed[section.name]
        if "revision" in _differing(section, entry, row)
    ]
    if rows:
        section.model._default_manager.bulk_update(rows, ["revision"], batch_size=BATCH)


def _replace_children(section: Section, plan: Plan) -> None:
    numbers: dict[tuple[int, int], int] = {}
    for child in section.children:
        fresh = {plan.keys[section.name][entry.slug]: entry for entry in plan.new[section.name]}
        differing = {
            row.pk: entry for entry, row in plan.changed[section.name] if _differs(child, entry, row.entry)
        }
        if differing:
            if child is SESSIONS:
                APPEARANCES.model._default_manager.filter(event__in=differing).delete()
            child.model._default_manager.filter(**{f"{child.owner}__in": differing}).delete()
        rows = [
            _child(child, owner, entry, number, plan, numbers)
            for owner, entry in (fresh | differing).items()
            for number in range(len(entry.children[child.key]))
        ]
        child.model._default_manager.bulk_create(rows, batch_size=BATCH)
        if child is SESSIONS:
            numbers = {(row.event_id, row.position + 1): row.pk for row in rows}


def _differs(child: Children, entry: Entry, stored: Entry) -> bool:
    """Sessions and those who appear in them are replaced together: the one refers to the other."""
    keys = (SESSIONS.key, APPEARANCES.key) if child in (SESSIONS, APPEARANCES) else (child.key,)
    return any(entry.children[key] != stored.children[key] for key in keys)


def _child(
    child: Children,
    owner: int,
    entry: Entry,
    number: int,
    plan: Plan,
    sessions: dict[tuple[int, int], int],
) -> Any:
    """The row number `number` of one of the entry's lists, counted from 0."""
    listed = entry.children[child.key]
    stored = _stored(child.fields, listed[number], plan)
    if child is SESSIONS:
        stored["uid"] = stored["uid"] or session_uid(entry, listed[number], listed[:number])
    if child is APPEARANCES:
        session = stored.pop("session")
        stored["session_id"] = None if session is None else sessions[owner, session]
    return child.model(position=number, **{f"{child.owner}_id": owner}, **stored)


def _remember(plan: Plan) -> None:
    """Note how each record stands now; what is noted already is not written again."""
    records = []
    for section in SECTIONS:
        known = [entry for entry, _row in plan.changed[section.name] + plan.unchanged[section.name]]
        for entry in plan.new[section.name] + known:
            target, fingerprint = plan.keys[section.name][entry.slug], digest(entry)
            before = plan.memory.get((section.name, entry.slug))
            if before is None or (before.target, before.digest) != (target, fingerprint):
                records.append(
                    LoadedRecord(section=section.name, slug=entry.slug, target=target, digest=fingerprint)
                )
    LoadedRecord.objects.bulk_create(
        records,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["section", "slug"],
        update_fields=["target", "digest"],
    )


def _summary(section: Section, plan: Plan) -> str:
    report = plan.report
    counts = {
        "section": section.name,
        "new": report.created[section.name],
        "changed": report.updated[section.name],
        "same": report.unchanged[section.name],
        "left": report.left_in(section.name),
    }
    text = _("%(section)s: %(new)d new, %(changed)d changed, %(same)d unchanged, %(left)d left alone")
    return text % counts
