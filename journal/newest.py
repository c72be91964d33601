"""The newest state of the catalogue that has been seen, so that nobody is told less than before."""

import datetime as dt
import logging
import threading
import time

from django.conf import settings
from django.core.cache import caches

logger = logging.getLogger(__name__)

State = tuple[int, dt.datetime]
NOTHING: State = (0, dt.datetime(1970, 1, 1, tzinfo=dt.UTC))

# The cache that processes and machines share (CACHE_URL), if there is one.
_SHARED = "pages"
_SECONDS_SHARED = 86_400
# So many numbers behind a version are looked for. The last one noted is looked at besides; it is wrong for an
# instant if two processes note two versions at once.
_LOOKED_FOR = 500


class Newest:
    """States are (number, when it was raised) as the table of the catalogue's version has them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self.version, self._seen_at = NOTHING, 0.0

    def saw(self, version: State, asked_at: float) -> None:
        """To be told before anybody is shown it; `asked_at` (of time.monotonic()) is before it was asked for.

        A lower number counts only if it was asked for after the higher one had come: then the primary itself
        went back, because it was restored from a backup. Otherwise the answer was merely slower.
        """
        if version == self.version:
            return
        if version[0] > self.version[0]:
            _share(version[0])
        with self._lock:
            if version[0] > self.version[0] or asked_at > self._seen_at:
                self.version, self._seen_at = version, time.monotonic()

    def allows(self, version: State) -> bool:
        """Whether who answers from that state falls behind nothing that was seen, here or elsewhere."""
        is_behind = version[0] < self.version[0] or (
            version[0] == self.version[0] and version != self.version
        )
        return not is_behind and not _is_surpassed(version[0])


def _share(number: int) -> None:
    if settings.DATABASE_REPLICAS and _SHARED in settings.CACHES:
        try:
            caches[_SHARED].set_many({f"seen/{number}": True, "seen": number}, _SECONDS_SHARED)
        except Exception:
            # Whatever the cache is, pages come without it.
            logger.warning("The shared cache could not be told of version %s.", number, exc_info=True)


def _is_surpassed(number: int) -> bool:
    """Whether another process has seen more; without a shared cache, or an answer of it, nobody knows."""
    if _SHARED not in settings.CACHES:
        return False
    behind = [f"seen/{one}" for one in range(number + 1, number + 1 + _LOOKED_FOR)]
    try:
        told = caches[_SHARED].get_many(["seen", *behind])
    except Exception:
        logger.warning("The shared cache does not tell what others have seen.", exc_info=True)
        return False
    return told.pop("seen", 0) > number or bool(told)


NEWEST = Newest()
