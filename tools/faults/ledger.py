"""What was begun and what was acknowledged, on the disk before anything else is done."""

import os
import threading
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Account:
    """All that the ledger says; marks are numbers that only rise.

    `known` is {key: the last mark acknowledged}, `begun` are {key: all marks since}, the acknowledged one
    included. `groups` are the keys of each mark, written in one transaction. `times` counts acknowledgements.
    """

    known: dict[str, int] = field(default_factory=dict)
    begun: dict[str, set[int]] = field(default_factory=dict)
    groups: dict[int, tuple[str, ...]] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    highest: int = 0


# Each hand counts by numbers of its own, so that no mark is given twice.
_HANDS = "cfi"


class Ledger:
    """A file that several processes write line by line; each knows what is in it as it reads on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.account = Account()
        self._lock = threading.Lock()
        self._read = 0
        self._out = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def next(self, hand: str) -> int:
        """A mark that no other hand gives, above all that were given."""
        return (self.told().highest // len(_HANDS) + 1) * len(_HANDS) + _HANDS.index(hand)

    def begins(self, keys: Collection[str], mark: int) -> None:
        """Before the transaction."""
        self._write("begins", keys, mark)

    def ends(self, keys: Collection[str], mark: int) -> None:
        """When its commit has come back."""
        self._write("ends", keys, mark)

    def found(self, keys: Collection[str], mark: int) -> None:
        """What was never acknowledged and turned out to be so: from now on it must stay."""
        self._write("found", keys, mark)

    def _write(self, word: str, keys: Collection[str], mark: int) -> None:
        os.write(self._out, f"{word} {mark} {' '.join(keys)}\n".encode())
        os.fsync(self._out)

    def told(self) -> Account:
        """The account as of now, from all processes."""
        with self._lock:
            self._read_on()
            return self.account

    def floor(self) -> dict[str, int]:
        """What was acknowledged last, key by key: no answer to a later question may be older."""
        with self._lock:
            self._read_on()
            return dict(self.account.known)

    def _read_on(self) -> None:
        with self.path.open("rb") as file:
            file.seek(self._read)
            whole, newline, _rest = file.read().rpartition(b"\n")
        self._read += len(whole) + len(newline)
        for line in whole.decode().splitlines():
            word, mark, *keys = line.split()
            self._enter(word, int(mark), tuple(keys))

    def _enter(self, word: str, mark: int, keys: tuple[str, ...]) -> None:
        account = self.account
        account.highest = max(account.highest, mark)
        if word == "begins":
            account.groups[mark] = keys
        for key in keys:
            begun = account.begun.setdefault(key, set())
            if word == "begins":
                begun.add(mark)
                continue
            account.known[key] = mark
            account.begun[key] = {one for one in begun if one > mark} | {mark}
            account.times[key] = account.times.get(key, 0) + (word == "ends")
