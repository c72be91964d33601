"""What a migration must not do to tables that the former release uses, statement by statement.

Sources: PostgreSQL's manual on ALTER TABLE (which forms scan or rewrite a table), on CREATE INDEX (what it
locks), and on explicit locking.
"""

import re
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

Tables = Collection[str]


class Rule(NamedTuple):
    """`finds` gives the tables that a statement is wrong for."""

    name: str
    finds: Callable[[str], Iterator[str]]
    remedy: str


_NAME = r'(?:ONLY\s+)?(?:"?public"?\.)?"?(?P<table>\w+)"?'
_ALTER = rf"\bALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?{_NAME}\s+(?P<rest>[^;]*)"


def _pattern(expression: str) -> Callable[[str], Iterator[str]]:
    compiled = re.compile(expression, re.I | re.S)

    def finds(sql: str) -> Iterator[str]:
        yield from (match["table"] for match in compiled.finditer(sql))

    return finds


def _altering(expression: str, unless: str = r"(?!)") -> Callable[[str], Iterator[str]]:
    """Tables whose ALTER TABLE has one part that is like that, and not like the other."""
    wanted, spared = re.compile(expression, re.I | re.S), re.compile(unless, re.I | re.S)

    def finds(sql: str) -> Iterator[str]:
        for match in re.finditer(_ALTER, sql, re.I | re.S):
            parts = re.split(r",\s*(?=(?:ADD|DROP|ALTER|RENAME|VALIDATE|SET)\b)", match["rest"], flags=re.I)
            if any(wanted.search(part) and not spared.search(part) for part in parts):
                yield match["table"]

    return finds


RULES = (
    Rule(
        "dropped",
        lambda sql: iter(
            [
                *_pattern(rf"\bDROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?{_NAME}")(sql),
                *_altering(r"^\s*DROP\s+COLUMN")(sql),
            ]
        ),
        "drop it with the release after next, when no running code names it",
    ),
    Rule(
        "renamed",
        _altering(r"^\s*RENAME\s+(?!CONSTRAINT)"),
        "add the new one, keep both, drop the old one later",
    ),
    Rule(
        "not-null",
        _altering(
            r"^\s*(ADD\s+COLUMN\s.*\bNOT\s+NULL|ALTER\s+(COLUMN\s+)?\S+\s+SET\s+NOT\s+NULL)",
            r"\bDEFAULT\b|\bGENERATED\b",
        ),
        "give it a default in the database (db_default): the former release does not name it when it inserts",
    ),
    Rule(
        "default-taken",
        _altering(r"^\s*ALTER\s+(COLUMN\s+)?\S+\s+DROP\s+DEFAULT"),
        "keep the default in the database (db_default) for one release",
    ),
    Rule(
        "rewritten",
        _altering(
            r"^\s*(ALTER\s+(COLUMN\s+)?\S+\s+(SET\s+DATA\s+)?TYPE\b|ADD\s+COLUMN\s.*\bGENERATED\b"
            r"|ADD\s+COLUMN\s.*\bDEFAULT\s+\(*(gen_random_uuid|random|clock_timestamp|nextval)\b|SET\s+(UN)?LOGGED)"
        ),
        "add another column and fill it in portions; all others wait while a table is written anew",
    ),
    Rule(
        "index",
        _pattern(
            rf"\bCREATE\s+(?:UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)(?:IF\s+NOT\s+EXISTS\s+)?\S+\s+ON\s+{_NAME}"
        ),
        "AddIndexConcurrently in a migration with atomic = False: writers wait for the whole index otherwise",
    ),
    Rule(
        "constraint",
        _altering(
            r"^\s*ADD\s+CONSTRAINT\b.*\b(CHECK|FOREIGN\s+KEY|UNIQUE|EXCLUDE)\b",
            r"\bNOT\s+VALID\b|\bUSING\s+INDEX\b",
        ),
        "AddConstraintNotValid, then ValidateConstraint in another migration",
    ),
    Rule(
        "filled-at-once",
        _pattern(rf"(?:^|;)\s*UPDATE\s+{_NAME}"),
        "fill it in portions by a command, or beside the running site",
    ),
)


def findings(sql: str, tables: Tables) -> Iterator[tuple[Rule, str]]:
    """(rule, table) of what the statements do to these tables; not of what functions will do when called."""
    bare = re.sub(r"\$(\w*)\$.*?\$\1\$", "''", re.sub(r"--[^\n]*", "", sql), flags=re.S)
    for rule in RULES:
        for table in sorted(set(rule.finds(bare)) & set(tables)):
            yield rule, table
