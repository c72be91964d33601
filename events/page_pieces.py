"""What an event's own page tells of the event, drawn once for each version of it, and kept in this process.

An edit elsewhere leaves it alone. What lies around the event, editions and related events, is no part of it.
"""

import datetime as dt
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.signals import setting_changed
from django.db import connection
from django.utils.translation import get_language

from events import pictures
from events.around import About
from events.history import names_others
from events.models import Event
from events.models.choices import State as Step
from journal.kept import remember_to_forget
from journal.newest import State
from journal.state import state

# Bytes for the pieces of this process: those of an event take about four kilobytes.
_ROOM = 8_000_000
_AROUND = 1_000
# Stands between pieces, and in no text.
_END = "\x00"
_FIRST, _LAST = dt.datetime.min.replace(tzinfo=dt.UTC), dt.datetime.max.replace(tzinfo=dt.UTC)

_VERSION = "SELECT id, xmin::text, modified_at FROM events_event WHERE slug = %s"
Version = tuple[int, str, dt.datetime]


@dataclass(slots=True)
class Page:
    """The pieces by their names: all of them, or none, and drawing the page fills them in."""

    about: About
    pieces: dict[str, str] = field(default_factory=dict)
    kept: "_Kept | None" = None


@dataclass(slots=True)
class _Kept:
    """Holds from `since` until before `until` for that version of the event.

    `checked` is the last state of the catalogue in which it was known to have that version; with `is_bound`
    the only one, because the history names what is linked with the event no more.
    """

    about: About
    version: Version
    since: dt.datetime
    until: dt.datetime
    is_bound: bool
    image: str
    files: tuple[bool, ...]
    checked: State
    names: tuple[str, ...] = ()
    packed: bytes = b""

    @property
    def size(self) -> int:
        return _AROUND + len(self.packed)

    @property
    def pieces(self) -> dict[str, str]:
        return dict(zip(self.names, zlib.decompress(self.packed).decode().split(_END), strict=True))


class _Memory:
    """Pieces by language and slug, bounded in bytes: what was not asked for the longest gives way."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self, **_about: Any) -> None:
        self._kept: OrderedDict[tuple[str, str], _Kept] = OrderedDict()
        self.size = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: tuple[str, str]) -> _Kept | None:
        with self._lock:
            found = self._kept.get(key)
            if found:
                self._kept.move_to_end(key)
            return found

    def put(self, key: tuple[str, str], kept: _Kept) -> None:
        with self._lock:
            self._drop(key)
            self._kept[key] = kept
            self.size += kept.size
            while self.size > _ROOM:
                self._drop(next(iter(self._kept)))

    def drop(self, key: tuple[str, str]) -> None:
        with self._lock:
            self._drop(key)

    def _drop(self, key: tuple[str, str]) -> None:
        former = self._kept.pop(key, None)
        self.size -= former.size if former else 0


memory = _Memory()
remember_to_forget(memory)
# Tests change settings that stand inside.
setting_changed.connect(memory.forget, weak=False, dispatch_uid="events.page_pieces")


def find(slug: str, at: dt.datetime) -> Page | None:
    """The page of an event that visitors see, if all its pieces are kept and hold at that moment.

    No query but for the catalogue's state where that has not changed since; else one for the version.
    """
    key = _key(slug)
    kept = memory.get(key)
    now = state() if kept else None
    if kept is None or now is None:
        return None
    if kept.checked != now:
        if kept.is_bound or _version(slug) != kept.version:
            memory.drop(key)
            return None
        kept.checked = now
    if not kept.since <= at < kept.until or (kept.image and pictures.there(kept.image) != kept.files):
        return None
    return Page(kept.about, kept.pieces)


def begin(event: Event, now: State | None, at: dt.datetime) -> Page:
    """A page with nothing drawn yet, of an event from `detailed()`.

    `now` is the state of the catalogue before the event was read; with none nothing is kept.
    """
    about = About.of(event, at)
    page = Page(about)
    if now is None or not about.is_public:
        return page
    moments = sorted(_turns(event))
    image = event.image.name if event.image else ""
    page.kept = _Kept(
        about=about,
        version=(event.pk, event.xmin, event.modified_at),  # type: ignore[attr-defined]
        since=max((one for one in moments if one <= at), default=_FIRST),
        until=min((one for one in moments if one > at), default=_LAST),
        is_bound=names_others(event),
        image=image,
        files=pictures.there(image) if image else (),
        checked=now,
    )
    return page


def keep(page: Page) -> None:
    """After the page has been drawn: its pieces for those who ask next."""
    kept = page.kept
    if kept is None or any(_END in one for one in page.pieces.values()):
        return
    kept.names = tuple(page.pieces)
    kept.packed = zlib.compress(_END.join(page.pieces.values()).encode(), 1)
    memory.put(_key(page.about.slug), kept)


def _turns(event: Event) -> Iterable[dt.datetime]:
    """The moments at which the page says something else although nobody edits: the event is over, a part
    or the whole becomes public, a version that was written for later counts."""
    yield event.ends_at
    around = [*event.children.all(), *([event.parent] if event.parent else [])]
    yield from (one.publish_from for one in around if one.publish_from and one.state == Step.PUBLISHED)
    yield from (one.at for one in event.versions.all())


def _version(slug: str) -> Version | None:
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, [slug])
        found: Version | None = cursor.fetchone()
    return found


def _key(slug: str) -> tuple[str, str]:
    return get_language() or "", slug
