"""`python -m tools.upgrades.linting`: are the migrations since the last release fit for a running site?"""

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import django
from django.db import connection
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from django.db.migrations import Migration, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from tools.terminal import say
from tools.upgrades.exceptions import EXCEPTIONS
from tools.upgrades.released import released
from tools.upgrades.rules import findings


class _Writer(DatabaseSchemaEditor):
    """Asks no database which constraints there are, so that what is found is the same with any."""

    def _constraint_names(self, *_asked: Any, **_kinds: Any) -> list[str]:
        return ["found"]


class Finding(NamedTuple):
    migration: str
    rule: str
    table: str
    remedy: str

    def __str__(self) -> str:
        where = f" ({self.table})" if self.table else ""
        return f"{self.migration}: {self.rule}{where}: {self.remedy}"


def lint() -> Iterator[Finding]:
    """What is wrong with the migrations of our apps that no release has had yet."""
    loader, former = MigrationLoader(None), released().migrations
    plan = [key for node in loader.graph.leaf_nodes() for key in loader.graph.forwards_plan(node)]
    ordered = sorted(dict.fromkeys(plan), key=lambda key: _name(*key) not in former and _is_ours(loader, key))
    state = ProjectState(real_apps=loader.unmigrated_apps)
    tables: set[str] = set()
    for key in ordered:
        migration = loader.graph.nodes[key]
        if not _is_ours(loader, key) or _name(*key) in former:
            migration.mutate_state(state, preserve=False)
            continue
        # Asked once, behind the last of the former ones: putting all models together takes long.
        tables = tables or _tables(state)
        yield from of_migration(migration, state, tables)


def _tables(state: ProjectState) -> set[str]:
    return {model._meta.db_table for model in state.apps.get_models(include_auto_created=True)}


def of_migration(migration: Migration, state: ProjectState, tables: set[str]) -> Iterator[Finding]:
    """`tables` are those of the former release; nobody uses others yet. Moves the state on."""
    name = _name(migration.app_label, migration.name)
    for operation in _flat(migration.operations):
        is_plain = isinstance(operation, RunPython | RunSQL)
        before = state if is_plain else state.clone()
        operation.state_forwards(migration.app_label, state)
        if not operation.reversible:
            yield Finding(name, "one-way", "", "give it a way back: reverse_code, reverse_sql")
        sql = "\n".join(_statements(operation, migration, before, state))
        for rule, table in findings(sql, tables):
            yield Finding(name, rule.name, table, rule.remedy)


def _flat(operations: Sequence[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            # What happens to the database; the state's share says what models are called.
            yield from operation.database_operations
        else:
            yield operation


def _statements(
    operation: Operation, migration: Migration, before: ProjectState, after: ProjectState
) -> list[str]:
    """SQL of one operation; none of what Python does."""
    if isinstance(operation, RunPython):
        return []
    if isinstance(operation, RunSQL):
        given = operation.sql
        return (
            [given] if isinstance(given, str) else [one if isinstance(one, str) else one[0] for one in given]
        )
    with _Writer(connection, collect_sql=True, atomic=False) as editor:
        operation.database_forwards(migration.app_label, editor, before, after)
    return editor.collected_sql


def _is_ours(loader: MigrationLoader, key: tuple[str, str]) -> bool:
    return not loader.graph.nodes[key].__module__.startswith(("django.", "allauth."))


def _name(app: str, name: str) -> str:
    return f"{app}.{name}"


def judge(found: list[Finding]) -> list[str]:
    """Sentences on what is not excused, and on excuses that nothing needs any more."""
    there = {(one.migration, one.rule) for one in found}
    wrong = [str(one) for one in found if (one.migration, one.rule) not in EXCEPTIONS]
    return wrong + [
        f"{' '.join(key)}: no longer needs its exception" for key in EXCEPTIONS if key not in there
    ]


def main() -> int:
    wrong = judge(list(lint()))
    for line in wrong:
        say(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.exit(main())
