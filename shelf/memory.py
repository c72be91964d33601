"""What a process keeps, bounded in bytes.

A crawler, or a stranger who makes up parameters, asks for thousands of addresses once. So what is new has a
quarter of the room and has to be asked for once more to stay: then it moves to where only pages lie that
were asked for twice, and where what was not asked for the longest gives way.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable

from shelf.page import Page

# Of the room, for what has been asked for once.
_FOR_NEW = 0.25
# One page may take so much of the room.
_LARGEST = 0.05


class _Part:
    """Pages in the order in which they were asked for, and what they weighed when last looked at."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Hashable, tuple[Page, int]] = OrderedDict()
        self.size = 0

    def __len__(self) -> int:
        return len(self._pages)

    def put(self, key: Hashable, page: Page, room: float) -> None:
        self.take(key)
        self._pages[key] = page, page.size
        self.size += page.size
        while self._pages and self.size > room:
            _key, (_page, size) = self._pages.popitem(last=False)
            self.size -= size

    def take(self, key: Hashable) -> Page | None:
        """The page, which then lies here no more."""
        page, size = self._pages.pop(key, (None, 0))
        self.size -= size
        return page

    def get(self, key: Hashable, room: float) -> Page | None:
        """The page; it has grown if it was packed in another encoding since."""
        page, size = self._pages.get(key, (None, 0))
        if page is not None and page.size == size:
            self._pages.move_to_end(key)
        elif page is not None:
            self.put(key, page, room)
        return page


class Memory:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._new, self._proven = _Part(), _Part()

    def __len__(self) -> int:
        return len(self._new) + len(self._proven)

    @property
    def size(self) -> int:
        return self._new.size + self._proven.size

    def get(self, key: Hashable, room: int) -> Page | None:
        """The page, which is then proven; `room` is how many bytes there are for all pages."""
        enough = room * (1 - _FOR_NEW)
        with self._lock:
            page = self._proven.get(key, enough)
            if page is None:
                page = self._new.take(key)
                if page is not None:
                    self._proven.put(key, page, enough)
        return page

    def put(self, key: Hashable, page: Page, room: int) -> None:
        """A page too large for this room is not kept."""
        if page.size > room * _LARGEST:
            return
        with self._lock:
            if self._proven.get(key, room) is None:
                self._new.put(key, page, room * _FOR_NEW)
