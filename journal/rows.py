"""What is worked out once for a version of a row, and kept in this process until the row changes."""

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from journal.kept import drop_oldest, remember_to_forget
from journal.state import state

T = TypeVar("T")
Versions = Mapping[int, Hashable]


@dataclass(slots=True)
class _Made(Generic[T]):
    """`checked` is the last state of the catalogue in which the row was known to have that version."""

    version: Hashable
    checked: Hashable
    thing: T


class KeptByRow(Generic[T]):
    """The last `most` things made of rows, each for a version of its row: an edit elsewhere leaves it alone.

    `versions` asks which version rows are in, by their primary keys; `make` makes things of the present rows,
    {primary key: (version, thing)}, those of them that there are for visitors.
    """

    def __init__(
        self,
        versions: Callable[[Collection[int]], Versions],
        make: Callable[[Collection[int]], Mapping[int, tuple[Hashable, T]]],
        most: int,
    ) -> None:
        self._versions, self._make, self._most = versions, make, most
        self.forget()
        remember_to_forget(self)

    def forget(self) -> None:
        self._kept: dict[tuple[Hashable, int], _Made[T]] = {}

    def many(self, keys: Collection[int], kind: Hashable = "") -> dict[int, T]:
        """{primary key: thing} in the order of the keys; `kind` tells apart what else a thing depends on.

        No query where the catalogue has not changed since all of them were made; else one for the versions
        and one for what is made.
        """
        now = state() if keys else None
        kept = self._kept
        if now is None:
            told = {key: thing for key, (_version, thing) in self._make(keys).items()} if keys else {}
        else:
            known = {key: kept.get((kind, key)) for key in keys}
            told = {key: one.thing for key, one in known.items() if one and one.checked == now}
            old = {key: one for key, one in known.items() if one and one.checked != now}
            told |= self._unchanged(old, now)
            told |= self._made([key for key in keys if key not in told], kind, now)
        return {key: told[key] for key in keys if key in told}

    def _unchanged(self, old: Mapping[int, _Made[T]], now: Hashable) -> dict[int, T]:
        versions = self._versions(list(old)) if old else {}
        told = {}
        for key, one in old.items():
            if versions.get(key) == one.version:
                one.checked = now
                told[key] = one.thing
        return told

    def _made(self, missing: list[int], kind: Hashable, now: Hashable) -> dict[int, T]:
        made = self._make(missing) if missing else {}
        kept = self._kept
        for key, (version, thing) in made.items():
            kept[kind, key] = _Made(version, now, thing)
        drop_oldest(kept, self._most)
        return {key: thing for key, (_version, thing) in made.items()}
