"""The newest state of the catalogue that this process has seen, so that it never tells less than before."""

import datetime as dt
import threading
import time

State = tuple[int, dt.datetime]
NOTHING: State = (0, dt.datetime(1970, 1, 1, tzinfo=dt.UTC))


class Newest:
    """States are (number, when it was raised) as the table of the catalogue's version has them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.version, self._seen_at = NOTHING, 0.0

    def saw(self, version: State, asked_at: float) -> None:
        """`asked_at` (of time.monotonic()) is before the database was asked.

        A lower number counts only if it was asked for after the higher one had come: then the primary itself
        went back, because it was restored from a backup. Otherwise the answer was merely slower.
        """
        if version == self.version:
            return
        with self._lock:
            if version[0] > self.version[0] or asked_at > self._seen_at:
                self.version, self._seen_at = version, time.monotonic()

    def allows(self, version: State) -> bool:
        """Whether who answers from that state falls behind nothing that was seen."""
        return version[0] > self.version[0] or version == self.version


NEWEST = Newest()
