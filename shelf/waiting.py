"""Of all who want a page at once, one makes it; the others wait for it a while."""

import threading
from collections.abc import Hashable

# Whoever waits longer makes the page, too.
SECONDS = 1.0


# Addresses that nobody need wait at are remembered, so many of them.
_REMEMBERED = 1_000


class Queue:
    """Who makes which page in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[Hashable, threading.Event] = {}
        self._vain: dict[str, None] = {}

    def is_vain(self, path: str) -> bool:
        """Whether the last answer there was none that can be kept: a form, say, or an unknown address."""
        return path in self._vain

    def begin(self, key: Hashable) -> threading.Event | None:
        """None to whom shall make it, and who calls `end` afterwards; else what tells that it is made."""
        with self._lock:
            made = self._made.get(key)
            if made is None:
                self._made[key] = threading.Event()
        return made

    def end(self, key: Hashable) -> None:
        with self._lock:
            self._made.pop(key).set()

    def note(self, path: str, *, is_kept: bool) -> None:
        """What came of making a page at the address."""
        if is_kept is not self.is_vain(path):
            return
        with self._lock:
            self._vain.pop(path, None)
            if not is_kept:
                self._vain[path] = None
                if len(self._vain) > _REMEMBERED:
                    self._vain.pop(next(iter(self._vain)))
