"""What each thing has said one after the other, and which of that an answer may still show."""

import datetime as dt
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """`mark` is the number of the edit that stands in the name."""

    mark: int
    is_visible: bool = True
    day: dt.date | None = None


class Witness:
    """All states of all things in their order. An answer may show what was true at some moment between the
    request and the answer: the last state committed before the one, up to the last begun before the other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._said: dict[str, list[Said]] = {}
        self._committed: dict[str, int] = {}

    def begins(self, states: Mapping[str, Said]) -> None:
        """Before the edit's transaction."""
        with self._lock:
            for key, state in states.items():
                self._said.setdefault(key, []).append(state)

    def ends(self, keys: Collection[str]) -> None:
        """When its commit has come back."""
        with self._lock:
            for key in keys:
                self._committed[key] = len(self._said[key]) - 1

    def last(self, key: str) -> Said:
        return self._said[key][-1]

    def floor(self) -> dict[str, int]:
        """To be taken before a request is sent."""
        with self._lock:
            return dict(self._committed)

    def since(self, key: str, floor: Mapping[str, int]) -> list[Said]:
        """What the answer to such a request may show, asked when the answer is there."""
        with self._lock:
            return self._said[key][floor[key] :]
