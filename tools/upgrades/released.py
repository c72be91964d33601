"""The release before the present one: its commit, and the migrations that were part of it."""

import json
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("released.json")


@dataclass(frozen=True)
class Release:
    """`migrations` are "app.name"."""

    version: str
    commit: str
    migrations: frozenset[str]


def released() -> Release:
    told = json.loads(_FILE.read_text())
    return Release(told["version"], told["commit"], frozenset(told["migrations"]))
