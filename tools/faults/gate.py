"""All hands rest while somebody looks, however many processes they are."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.locks import Lock

_PAUSE = 0.02


class Gate:
    """Hands go through it one edit at a time; `closed` waits for those that are inside."""

    def __init__(self, folder: Path) -> None:
        self._lock, self._sign = folder / "gate.lock", folder / "gate.closed"

    @contextmanager
    def open(self) -> Iterator[None]:
        while True:
            while self._sign.exists():
                time.sleep(_PAUSE)
            lock = Lock(self._lock)
            lock.take(shared=True, wait=True)
            if not self._sign.exists():
                break
            lock.release()
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def closed(self) -> Iterator[None]:
        lock = Lock(self._lock)
        self._sign.touch()
        lock.take(wait=True)
        try:
            yield
        finally:
            self._sign.unlink(missing_ok=True)
            lock.release()
