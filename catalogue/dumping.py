"""The catalogue as an exchange file: the same database always gives the same bytes."""

import hashlib
import json
from typing import Any

from catalogue import snapshot
from catalogue.schema import FORMAT, SECTIONS, VERSION
from lib.one_moment import of_one_moment

LINE = 120


def dump() -> str:
    """All real entries in version 1, as they stood at one moment.

    Samples, anonymised people and what is said of them are left out.
    """
    with of_one_moment():
        taken = snapshot.take(snapshot.names(samples=False), samples=False)
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    for section in SECTIONS:
        entries = sorted((row.entry for row in taken.rows[section.name].values()), key=section.sort_key)
        document[section.name] = [section.write(entry) for entry in entries]
    return text(document)


def digest() -> str:
    """The SHA-256 of the dump: the same for the same catalogue."""
    return hashlib.sha256(dump().encode()).hexdigest()


def text(document: dict[str, Any]) -> str:
    """JSON as people can read and compare it: one key a line, short lists and objects on one line."""
    return _json(document, 0, 0) + "\n"


def _json(value: Any, depth: int, before: int) -> str:
    """`before` is the number of characters that stand before the value on its line."""
    if not isinstance(value, dict | list) or not value:
        return json.dumps(value, ensure_ascii=False)
    parts = value.values() if isinstance(value, dict) else value
    nested = any(isinstance(part, dict | list) for part in parts)
    if depth > 2 and not nested:
        line = json.dumps(value, ensure_ascii=False)
        if before + len(line) < LINE:
            return line
    indent = "  " * (depth + 1)
    if isinstance(value, dict):
        names = {key: f"{indent}{json.dumps(key, ensure_ascii=False)}: " for key in value}
        lines = [name + _json(value[key], depth + 1, len(name)) for key, name in names.items()]
        return "{\n" + ",\n".join(lines) + "\n" + "  " * depth + "}"
    lines = [indent + _json(part, depth + 1, len(indent)) for part in value]
    return "[\n" + ",\n".join(lines) + "\n" + "  " * depth + "]"
