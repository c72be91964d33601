"""What stands in the database, as entries: the common ground of loading and dumping."""

import hashlib
import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalogue.entries import Entry, Values
from catalogue.fields import Children, Field, Section
from catalogue.kinds import Reference
from catalogue.schema import BY_NAME, SECTIONS
from events.models import Appearance, Session
from events.models.programme import default_session_uid
from lib.keys import among
from lib.nouns import default_uid

Names = dict[str, dict[int, str]]
Links = tuple[tuple[Field, str], ...]


@dataclass
class Row:
    """A row of the database with the entry it stands for."""

    pk: int
    entry: Entry
    created_at: Any = None


@dataclass
class Snapshot:
    """All rows of the real entries, or of the samples, by section and primary key.

    `names` gives every row's slug by section and primary key, as far as it may be spoken of;
    references to other rows, such as anonymised people, are left out as if they did not exist.
    """

    names: Names
    rows: dict[str, dict[int, Row]] = field(default_factory=dict)
    # Which of its event's sessions a session is, by primary key.
    session_numbers: dict[int, int] = field(default_factory=dict)


def names(*, samples: bool) -> Names:
    """Slugs by section and primary key: of the real rows, or with `samples` of all."""
    found: Names = {}
    for section in SECTIONS:
        rows = section.model._default_manager.all()
        if not samples:
            rows = rows.filter(is_sample=False)
        if section.name == "people":
            rows = rows.filter(anonymised_at=None)
        found[section.name] = dict(rows.values_list("pk", "slug"))
    return found


def sample_keys() -> dict[str, set[int]]:
    """The primary keys of the samples by section."""
    return {
        section.name: set(section.model._default_manager.filter(is_sample=True).values_list("pk", flat=True))
        for section in SECTIONS
    }


def take(known: Names, *, samples: bool) -> Snapshot:
    """Read the real rows, or with `samples` the sample rows, in a constant number of queries (23)."""
    snapshot = Snapshot(known)
    for section in SECTIONS:
        _take_section(snapshot, section, {"is_sample": samples})
    return snapshot


def take_some(section: Section, keys: Collection[int], known: Names) -> dict[int, Row]:
    """The rows with these primary keys, real ones and samples, in a constant number of queries."""
    snapshot = Snapshot(known)
    _take_section(snapshot, section, {"pk__in": among(keys)})
    return snapshot.rows[section.name]


def _take_section(snapshot: Snapshot, section: Section, which: dict[str, Any]) -> None:
    """`which` says of the section's model what `filter` shall find."""
    rows = snapshot.rows[section.name] = _rows(section, snapshot.names, which)
    for child in section.children:
        of_owners = {f"{child.owner}__{name}": value for name, value in which.items()}
        _add_children(child, of_owners, snapshot, rows)


def _rows(section: Section, known: Names, which: dict[str, Any]) -> dict[int, Row]:
    columns = [_stored(part, column) for part in section.fields for column in part.columns]
    found = section.model._default_manager.filter(**which)
    rows = {}
    for pk, created_at, *stored in found.values_list("pk", "created_at", *columns):
        slug = known[section.name].get(pk)
        if slug is not None:
            values = _named(dict(zip(section.columns, stored, strict=True)), section.links, known)
            children: dict[str, list[Values]] = {child.key: [] for child in section.children}
            rows[pk] = Row(pk, Entry(section.name, slug, values, children), created_at)
            _leave_out_what_follows(section, rows[pk])
    return rows


def _stored(part: object, column: str) -> str:
    """The name under which the column's raw value is read."""
    links = isinstance(part, Field) and (isinstance(part.kind, Reference) or column == "session")
    return f"{column}_id" if links else column


def _named(values: Values, links: Links, known: Mapping[str, Mapping[int, str]]) -> Values:
    """The values with slugs in place of primary keys."""
    for part, section in links:
        column = part.columns[0]
        values[column] = known[section].get(values[column])
    return values


def _leave_out_what_follows(section: Section, row: Row) -> None:
    """The UID that follows from the slug and moments equal to the row's making say nothing of their own."""
    values = row.entry.values
    if values["uid"] == default_uid(section.noun.value, row.entry.slug):
        values["uid"] = None
    if section.name != "events":
        return
    for column in ("published_at", "withdrawn_at"):
        if values[column] == row.created_at:
            values[column] = None
    values["image"] = str(values["image"] or "")


def _add_children(child: Children, which: dict[str, Any], snapshot: Snapshot, rows: dict[int, Row]) -> None:
    """Append the list's rows in order; a row that is about something hidden is hidden, too."""
    columns = [_stored(part, column) for part in child.fields for column in part.columns]
    owner = f"{child.owner}_id"
    found = child.model._default_manager.filter(**which)
    found = found.order_by(owner, "position", "pk")
    needed = [part.columns[0] for part, _section in child.links if part.required]
    for pk, owner_pk, *stored in found.values_list("pk", owner, *columns):
        values = _named(dict(zip(child.columns, stored, strict=True)), child.links, snapshot.names)
        if owner_pk not in rows or any(values[column] is None for column in needed):
            continue
        listed = rows[owner_pk].entry.children[child.key]
        if child.model is Appearance:
            values["session"] = snapshot.session_numbers.get(values["session"])
        if child.model is Session and values["uid"] == session_uid(rows[owner_pk].entry, values, listed):
            values["uid"] = None
        listed.append(values)
        if child.model is Session:
            snapshot.session_numbers[pk] = len(listed)


def session_uid(event: Entry, part: Values, before: list[Values]) -> uuid.UUID:
    """The identifier that follows for a part of the event's programme; `before` are the parts before it."""
    number = 1 + sum(other["title"] == part["title"] for other in before)
    return default_session_uid(BY_NAME["events"].uid(event), part["title"], number)


def session_uids(event: Entry) -> list[uuid.UUID]:
    """The identifiers of all parts of its programme, stated or following."""
    parts = event.children["sessions"]
    return [part["uid"] or session_uid(event, part, parts[:place]) for place, part in enumerate(parts)]


def digest(entry: Entry) -> str:
    """A fingerprint of all that editors can change of an entry."""
    record = BY_NAME[entry.section].write(entry)
    told = {key: value for key, value in record.items() if key not in BY_NAME[entry.section].kept}
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
