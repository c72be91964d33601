"""What a load changes read for the search while the load goes on, which by itself leaves a processor idle.

Only the load's own session sees what it has written. So that one fetches the entries, portion by portion,
and a process beside it takes their words apart and writes them into fresh tables (`index.twins`). Nobody
reads these before the load is through, and then `index.rebuilding` goes on with them. They are marked until
then: of a load that was cut short they hold what has never been.
"""

import logging
from array import array
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import Any

from django.core.management import CommandError
from django.db import DatabaseError, connection

from index import twins
from index.locks import UnderWay, rebuilding
from index.models import Document
from index.rebuilding import BATCH, catch_up, is_worth_all, put, rebuild
from index.registry import concerned, nouns
from lib import processes

logger = logging.getLogger(__name__)
# Portions that may wait for the process beside; more would fill the memory.
_MOST_WAITING = 2
_BROKEN = (BrokenExecutor, DatabaseError)


class Ahead:
    """`look` is called now and then within the transaction. What it has noted as changed is read once it is
    worth fresh tables; `settled` are the notes that then have nothing more to say."""

    def __init__(self) -> None:
        self.settled = array("q")
        self.count = 0
        self._last = 0
        self._waiting: dict[str, set[int]] = defaultdict(set)
        self._read: dict[str, set[int]] = defaultdict(set)
        self._helper: ProcessPoolExecutor | None = None
        self._handed: deque[Future[None]] = deque()
        self._is_off = False
        self._held = ExitStack()

    @property
    def has_begun(self) -> bool:
        return self._helper is not None and not self._is_off

    def look(self) -> None:
        if self._is_off:
            return
        for number, noun, key in self._notes():
            self._last = number
            # What is read already is read again later, as after any change; and so is whoever tells of it.
            if key not in self._read[noun] and not (self._helper and concerned(noun, [key])):
                self._waiting[noun].add(key)
                self.settled.append(number)
        changed = sum(map(len, self._waiting.values()))
        if self._helper or is_worth_all(changed, lambda: self._documents):
            with self._survived():
                self._hand_over()

    def go_on(self, progress: Callable[[int], None], jobs: int) -> None:
        """Read what remains, when the transaction has been committed."""
        with self._survived():
            while self._handed:
                self._handed.popleft().result()
        if self.has_begun:
            twins.trust()
            rebuild(
                lambda done, _total: progress(done),
                anew=False,
                jobs=jobs,
                known=self.count,
                settled=self.settled,
            )
        catch_up(progress, jobs=jobs)

    def end(self) -> None:
        if self._helper:
            self._helper.shutdown(cancel_futures=True)
            if connection.is_usable() and twins.are_ahead():
                twins.drop()
        self._held.close()

    @cached_property
    def _documents(self) -> int:
        return Document.objects.count()

    def _notes(self) -> Iterator[tuple[int, str, int]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, noun, object FROM index_pending WHERE urgent AND id > %s AND noun = ANY(%s) "
                "ORDER BY id",
                [self._last, list(nouns())],
            )
            yield from cursor.fetchall()

    def _hand_over(self) -> None:
        helper = self._helper or self._begin()
        for noun, keys in self._waiting.items() if helper else ():
            ordered = sorted(keys)
            for at in range(0, len(ordered), BATCH):
                while len(self._handed) >= _MOST_WAITING:
                    self._handed.popleft().result()
                entries = list(nouns()[noun].entries(ordered[at : at + BATCH]))
                self._handed.append(helper.submit(put, noun, entries))
            self._read[noun] |= keys
            self.count += len(keys)
        self._waiting.clear()

    def _begin(self) -> Any:
        """The process beside, or none if somebody else is making the index anew."""
        try:
            self._held.enter_context(rebuilding())
        except (UnderWay, CommandError):
            self._is_off = True
            return None
        self._helper = processes.beside(1)
        self.settled.extend(self._helper.submit(twins.create_ahead).result())
        return self._helper

    @contextmanager
    def _survived(self) -> Iterator[None]:
        """The load is not for the search: without the process beside it goes on, and is read afterwards."""
        try:
            yield
        except _BROKEN:
            logger.exception("Nothing more is read for the search while the load goes on.")
            self._is_off = True


@contextmanager
def ahead() -> Iterator[Ahead]:
    """For a load by a command: see `lib.processes`."""
    one = Ahead()
    try:
        yield one
    finally:
        one.end()
