"""Entries that wait for their turn: in portions, on disk once there are many of them."""

import pickle
import tempfile
import weakref
from collections.abc import Iterator

from catalogue.entries import Entry

PORTION = 1_000
# Bytes that wait in memory.
MOST_IN_MEMORY = 4_000_000


class Spool:
    """Entries of one section in their order. What was added can be read any number of times."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=MOST_IN_MEMORY)  # noqa: SIM115 (lives as we do)
        weakref.finalize(self, self._file.close)
        self._places: list[int] = []
        self._last: list[Entry] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, entry: Entry) -> None:
        self._last.append(entry)
        self._count += 1
        if len(self._last) == PORTION:
            self._places.append(self._file.seek(0, 2))
            pickle.dump(self._last, self._file, pickle.HIGHEST_PROTOCOL)
            self._last = []

    def portions(self) -> Iterator[list[Entry]]:
        """The entries, at most PORTION at a time."""
        for place in self._places:
            self._file.seek(place)
            portion: list[Entry] = pickle.load(self._file)  # noqa: S301 (our own, from a file without a name)
            yield portion
        if self._last:
            yield self._last

    def __iter__(self) -> Iterator[Entry]:
        for portion in self.portions():
            yield from portion
