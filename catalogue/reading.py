"""From bytes to records of version 1, and from records to entries; what cannot be read is rejected."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from catalogue import mapping
from catalogue.entries import Batch, Entry, Record, RefusedError, Rejection, Values
from catalogue.fields import Children, Field, Section, Span
from catalogue.kinds import BadValueError, Slug, check, period
from catalogue.schema import FORMAT, SECTIONS, VERSION

MOST_MEGABYTES = 40

Reject = Callable[[str, str], None]


def read_file(path: Path) -> bytes:
    """The file's content; raises RefusedError for a file that is too large, before reading it."""
    try:
        size = path.stat().st_size
        if size > MOST_MEGABYTES * 1_000_000:
            raise RefusedError.whole(
                _("%(path)s has %(size)d MB; an exchange file has at most %(most)d MB.")
                % {"path": path, "size": size // 1_000_000, "most": MOST_MEGABYTES}
            )
        return path.read_bytes()
    except OSError as error:
        raise RefusedError.whole(
            _("%(path)s cannot be read: %(reason)s.") % {"path": path, "reason": error.strerror}
        ) from None


def parse(content: bytes) -> dict[str, list[Any]]:
    """The raw records of each section in the form of version 1; raises RefusedError with one clear reason."""
    document = _json(_text(content))
    if not isinstance(document, dict):
        raise RefusedError.whole(_("The file must be a JSON object with the sections of the catalogue."))
    if "version" not in document and "format" not in document:
        document = mapping.from_version_0(document)
    elif document.get("format") != FORMAT or document.get("version") is not VERSION:
        raise RefusedError.whole(
            _("The file must say “format”: “%(format)s” and “version”: %(version)d.")
            % {"format": FORMAT, "version": VERSION}
        )
    return _sections({key: value for key, value in document.items() if key not in ("format", "version")})


def _text(content: bytes) -> str:
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise RefusedError.whole(_("An exchange file has at most %(most)d MB.") % {"most": MOST_MEGABYTES})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError.whole(
            _("The file is not UTF-8: byte %(byte)s at position %(position)d. Save it as UTF-8.")
            % {"byte": f"0x{content[error.start]:02x}", "position": error.start}
        ) from None


def _json(text: str) -> Any:
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_no_double_keys
        )
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno, "reason": error.msg}
        raise RefusedError.whole(
            _("The file is no valid JSON: line %(line)d, column %(column)d: %(reason)s.") % place
        ) from None
    except RecursionError:
        raise RefusedError.whole(_("The file is nested too deeply.")) from None
    except ValueError as error:
        raise RefusedError.whole(_("The file is no valid JSON: %(reason)s.") % {"reason": error}) from None


def _no_constant(name: str) -> Any:
    raise ValueError(_("%(name)s is no number") % {"name": name})


def _no_double_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _value in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(_("the key “%(key)s” stands twice in one object") % {"key": double})
    return record


def _sections(document: dict[str, Any]) -> dict[str, list[Any]]:
    known = [section.name for section in SECTIONS]
    for name, records in document.items():
        if name not in known:
            text = _("“%(name)s” is no section. Sections are: %(known)s.")
            raise RefusedError.whole(text % {"name": name, "known": ", ".join(known)})
        if not isinstance(records, list):
            raise RefusedError.whole(_("The section “%(name)s” must be a list of records.") % {"name": name})
    return {name: document.get(name, []) for name in known}


def read(raw: dict[str, list[Any]]) -> Batch:
    """All records as entries; a record with any fault is left out and its faults are collected."""
    batch = Batch(entries={}, named={}, rejections=[])
    for section in SECTIONS:
        batch.entries[section.name], batch.named[section.name] = [], set()
        for number, record in enumerate(raw[section.name], start=1):
            read_record(section, number, record, batch)
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
        named.add(slug)
    rest = {key: value for key, value in record.items() if key != "slug"}
    fields = [part for part in section.parts if not isinstance(part, Children)]
    keys = {child.key for child in section.children}
    values = _read_fields(section.model, fields, rest, keys, "", reject)
    children = {
        child.key: _read_children(child, rest.get(child.key, []), reject) for child in section.children
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
    for number, item in enumerate(listed, start=1):
        path = f"{child.key}[{number}]"
        record = {child.fields[0].keys[0]: item} if child.bare else item
        if isinstance(record, dict):
            rows.append(_read_fields(child.model, child.fields, record, set(), path, reject))
        else:
            reject(path, _("must be an object"))
    seen = [tuple(row.get(column) for column in child.unique) for row in rows]
    for number, key in enumerate(seen, start=1):
        if child.unique and key in seen[: number - 1]:
            reject(f"{child.key}[{number}]", _("says the same as an earlier one of the list"))
    return rows


def _read_fields(
    model: type[models.Model],
    fields: list[Field | Span] | tuple[Field | Span, ...],
    record: Record,
    other_keys: set[str],
    path: str,
    reject: Reject,
) -> Values:
    """The values of a record by column; `path` is the place of a list's item, empty for a record itself."""
    values: Values = {}
    known = {key for part in fields for key in part.keys} | other_keys
    prefix = f"{path}." if path else ""
    for key in record.keys() - known:
        reject(f"{prefix}{key[:80]}", _("is no field here"))
    for part in fields:
        try:
            if isinstance(part, Span):
                values |= _read_span(part, record)
            else:
                values[part.columns[0]] = _read_value(part, model, record)
        except BadValueError as wrong:
            bare = path and known == set(part.keys) and len(fields) == 1
            reject(path if bare else f"{prefix}{part.keys[0]}", str(wrong))
    return values


def _read_value(part: Field, model: type[models.Model], record: Record) -> Any:
    if part.key not in record:
        if part.required:
            raise BadValueError(_("is missing"))
        return list(part.default) if isinstance(part.default, list) else part.default
    value = part.kind.read(record[part.key])
    column = model._meta.get_field(part.columns[0])
    if not column.is_relation and isinstance(column, models.Field) and value != part.default:
        check(column, value)
    if part.required and value == "":
        raise BadValueError(_("must not be empty"))
    return value


def _read_span(part: Span, record: Record) -> Values:
    start, end = (record.get(key) for key in part.keys)
    if start is None and end is None and not part.required:
        return dict.fromkeys(part.columns)
    if start is None:
        raise BadValueError(_("is missing"))
    first, last, precision = period(start)
    if end is not None:
        end_first, last, end_precision = period(end)
        if end_precision != precision:
            raise BadValueError(
                _("must be known as exactly as the end: both a day, a month, a quarter or a year")
            )
        if end_first < first:
            raise BadValueError(_("lies after the end"))
    if not part.vague and precision != "day":
        raise BadValueError(_("must be a day such as 2027-05-31"))
    values: Values = {"starts_on": first, "ends_on": last}
    return values | ({"date_precision": precision} if part.vague else {})
