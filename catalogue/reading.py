"""From records of version 1 to entries; what cannot be read is rejected."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _

from catalogue.entries import Batch, Entry, Record, Rejection, Values
from catalogue.fields import Children, Section
from catalogue.kinds import BadValueError, Slug
from catalogue.readers import Readers, readers_of
from catalogue.schema import BY_NAME, SECTIONS
from catalogue.spool import Spool

Reject = Callable[[str, str], None]


def read(records: Iterable[tuple[str, Any]]) -> Batch:
    """All records, each with the name of its section, as entries.

    A record with any fault is left out and its faults are collected.
    """
    names = [section.name for section in SECTIONS]
    batch = Batch({name: Spool() for name in names}, {name: {} for name in names}, [])
    counts = dict.fromkeys(names, 0)
    for name, record in records:
        counts[name] += 1
        read_record(BY_NAME[name], counts[name], record, batch)
    return batch


def read_record(section: Section, number: int, record: Any, batch: Batch) -> None:
    """Add to the batch the record's entry or its faults; `number` names a record without a slug."""
    faults: list[Rejection] = []
    named = batch.named[section.name]
    slug = record.get("slug") if isinstance(record, dict) else None
    label = slug if isinstance(slug, str) and slug else f"[{number}]"

    def reject(field: str, reason: str) -> None:
        faults.append(Rejection(section.name, label[:80], field, reason))

    if not isinstance(record, dict):
        reject("", _("must be an object"))
        batch.rejections += faults
        return
    try:
        slug = Slug().read(slug)
    except BadValueError as wrong:
        reject("slug", str(wrong))
    else:
        if slug in named:
            reject("slug", _("stands twice in this section"))
        named[slug] = None
    values = _read_fields(readers_of(section), record, "", reject)
    children = {
        child.key: _read_children(child, record[child.key], reject) if child.key in record else []
        for child in section.children
    }
    if faults:
        batch.rejections += faults
    else:
        batch.entries[section.name].append(Entry(section.name, str(slug), values, children))


def _read_children(child: Children, listed: Any, reject: Reject) -> list[Values]:
    if not isinstance(listed, list):
        reject(child.key, _("must be a list"))
        return []
    rows = []
    known = readers_of(child)
    for number, item in enumerate(listed, start=1):
        path = f"{child.key}[{number}]"
        record = {child.fields[0].keys[0]: item} if child.bare else item
        if isinstance(record, dict):
            rows.append(_read_fields(known, record, path, reject))
        else:
            reject(path, _("must be an object"))
    if child.unique:
        _reject_doubles(child, rows, reject)
    return rows


def _reject_doubles(child: Children, rows: list[Values], reject: Reject) -> None:
    seen = set()
    for number, row in enumerate(rows, start=1):
        key = tuple(row.get(column) for column in child.unique)
        if key in seen:
            reject(f"{child.key}[{number}]", _("says the same as an earlier one of the list"))
        seen.add(key)


def _read_fields(known: Readers, record: Record, path: str, reject: Reject) -> Values:
    """The values of a record by column; `path` is the place of a list's item, empty for a record itself."""
    values: Values = {}
    if not record.keys() <= known.keys:
        for key in record.keys() - known.keys:
            reject(f"{path}.{key[:80]}" if path else key[:80], _("is no field here"))
    for reader in known.readers:
        try:
            reader.read(record, values)
        except BadValueError as wrong:
            key = reader.part.keys[0]
            bare = path and len(known.readers) == 1 and known.keys == set(reader.part.keys)
            reject(path if bare else f"{path}.{key}" if path else key, str(wrong))
    return values
