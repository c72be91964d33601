"""What processes share of the shelf: who makes a page first says so, and leaves it for the others.

In PostgreSQL, in a table that costs no log; with CACHE_URL in Redis or Valkey. All of it is best-effort:
without it pages are made more often than need be, never wrongly. The seed is part of each key, so nothing old
can be found.
"""

import datetime as dt
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from django.conf import settings
from django.core.cache import caches
from django.db import connection

from lib.reading import on_primary
from shelf.page import Page

logger = logging.getLogger(__name__)

# A page of more bytes is packed and unpacked for longer than it saves.
LARGEST = 400_000
# Who waits for another process asks again after so many seconds.
_PAUSE = 0.02
# A claim of somebody who has not come back by then is void.
PATIENCE = 1.0
# A place that did not answer is left alone for so many seconds: else each page would wait for it anew.
REST = 5.0
# In the table: so many pages at most; whoever leaves one looks after it, some seconds after the last time.
_MOST, _EACH = 2_000, 10.0
# Former seeds may be in use for a moment by those who began before the edit.
_GRACE = "interval '10 seconds'"

_FIND = """
WITH found AS MATERIALIZED (SELECT page, claimed_at FROM shelf_sharedpage WHERE key = %(key)s),
mine AS (
    INSERT INTO shelf_sharedpage (key, seed, claimed_at)
    SELECT %(key)s, %(seed)s, clock_timestamp() WHERE NOT EXISTS (SELECT FROM found)
    ON CONFLICT (key) DO NOTHING RETURNING 1
)
SELECT (SELECT page FROM found), EXISTS (SELECT FROM mine),
       (SELECT clock_timestamp() - claimed_at FROM found)
"""
_LEAVE = "UPDATE shelf_sharedpage SET page = %(page)s WHERE key = %(key)s"
_LET_GO = "DELETE FROM shelf_sharedpage WHERE key = %(key)s AND page IS NULL"
_TIDY = f"""
DELETE FROM shelf_sharedpage WHERE seed <> %(seed)s AND claimed_at < clock_timestamp() - {_GRACE}
   OR key IN (SELECT key FROM shelf_sharedpage ORDER BY claimed_at DESC OFFSET %(most)s)
"""  # noqa: S608


class Shared(Protocol):
    """Where pages are shared."""

    def find(self, key: str, seed: str) -> tuple[bytes | None, bool]:
        """The page if it is there; else whether the caller is the one who shall make it."""

    def leave(self, key: str, seed: str, page: bytes) -> None: ...

    def let_go(self, key: str) -> None:
        """The caller has not made what they said they would."""


class InDatabase:
    _tidied_at = 0.0

    def find(self, key: str, seed: str) -> tuple[bytes | None, bool]:
        page, is_mine, age = _row(_FIND, key=key, seed=seed)
        is_void = age is not None and age > dt.timedelta(seconds=PATIENCE)
        return (bytes(page) if page is not None else None), is_mine or (page is None and is_void)

    def leave(self, key: str, seed: str, page: bytes) -> None:
        _do(_LEAVE, key=key, page=page)
        if time.monotonic() - InDatabase._tidied_at >= _EACH:
            InDatabase._tidied_at = time.monotonic()
            _do(_TIDY, seed=seed, most=_MOST)

    def let_go(self, key: str) -> None:
        _do(_LET_GO, key=key)


class InCache:
    """Redis or Valkey; old pages leave by their age, or when its memory is full."""

    SECONDS = 24 * 60 * 60

    def find(self, key: str, seed: str) -> tuple[bytes | None, bool]:
        cache = caches["pages"]
        page: bytes | None = cache.get(f"page:{key}")
        if page is not None:
            return page, False
        return None, cache.add(f"claim:{key}", 1, timeout=max(1, round(PATIENCE)))

    def leave(self, key: str, seed: str, page: bytes) -> None:
        caches["pages"].set(f"page:{key}", page, timeout=self.SECONDS)

    def let_go(self, key: str) -> None:
        caches["pages"].delete(f"claim:{key}")


def forget() -> None:
    """Takes all pages out of Redis or Valkey, and nothing else: they may name who is to be forgotten."""
    if "pages" not in settings.CACHES:
        return
    cache: Any = caches["pages"]
    client = cache._cache.get_client(None, write=True)
    for key in client.scan_iter(match=cache.make_key("page:*"), count=1_000):
        client.delete(key)


def _row(sql: str, **asked: Any) -> tuple[Any, ...]:
    with on_primary(), connection.cursor() as cursor:
        cursor.execute(sql, asked)
        row: tuple[Any, ...] = cursor.fetchone()
    return row


def _do(sql: str, **asked: Any) -> None:
    with on_primary(), connection.cursor() as cursor:
        cursor.execute(sql, asked)


_rests_until = 0.0


def _place() -> Shared | None:
    """As the settings say; none where each process is to work for itself, and while the place rests."""
    if not settings.PAGE_CACHE_SHARED or time.monotonic() < _rests_until:
        return None
    return InCache() if "pages" in settings.CACHES else InDatabase()


def rest(seconds: float) -> None:
    """Nobody asks the place for so long; 0 to ask it again at once."""
    global _rests_until
    _rests_until = time.monotonic() + seconds


class Turn:
    """One page's way through what is shared: `begin`, and where that finds none, `end` with what was made."""

    def __init__(self, key: str, seed: str) -> None:
        self._key, self._seed = key, seed
        self._place = _place()
        self._is_mine = False

    def begin(self) -> Page | None:
        """The page that another process has made, or is making: for that one waits a while."""
        found: list[Page] = []
        with self._harmlessly():
            frozen = self._waited_for()
            if frozen is not None:
                found.append(Page.thaw(frozen))
        return found[0] if found else None

    def end(self, page: Page | None) -> None:
        """Told once; without a page the claim is given up."""
        if not self._is_mine or self._place is None:
            return
        self._is_mine = False
        with self._harmlessly():
            if page is not None and len(page.body) <= LARGEST:
                self._place.leave(self._key, self._seed, page.freeze())
            else:
                self._place.let_go(self._key)

    def _waited_for(self) -> bytes | None:
        if self._place is None:
            return None
        until = time.monotonic() + PATIENCE
        while True:
            page, self._is_mine = self._place.find(self._key, self._seed)
            if page is not None or self._is_mine or time.monotonic() >= until:
                return page
            time.sleep(_PAUSE)

    @contextmanager
    def _harmlessly(self) -> Iterator[None]:
        """A cache that does not answer is told to the log, never to visitors."""
        try:
            yield
        except Exception:
            self._is_mine = False
            rest(REST)
            logger.warning("What processes share of the kept pages cannot be reached.", exc_info=True)


class Costs:
    """How long pages took to make, so that what is made quickly need not be shared."""

    # Seconds. Asking for a page and leaving it take about one thousandth together.
    WORTH_SHARING = 0.008
    _REMEMBERED = 2_000

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}

    def are_worth_sharing(self, path: str) -> bool:
        """By the last time, or the last of its kind. What is unknown may take long, and be there already."""
        known = self._seconds.get(path)
        if known is None:
            known = self._seconds.get(_kind(path), self.WORTH_SHARING)
        return known >= self.WORTH_SHARING

    def note(self, path: str, seconds: float) -> None:
        for name in (path, _kind(path)):
            self._seconds[name] = seconds
        while len(self._seconds) > self._REMEMBERED:
            with suppress(KeyError, RuntimeError):  # another thread has been quicker
                del self._seconds[next(iter(self._seconds))]


def _kind(path: str) -> str:
    """Entries of one noun stand below one address."""
    return f"{path.rstrip('/').rpartition('/')[0]}/*"
