"""Which databases may answer a request: never with an older state than somebody has been shown."""

import itertools
import logging
import time
from collections.abc import Iterator

from journal.newest import NEWEST, NOTHING, State
from lib.reading import PRIMARY, Away, Source, replicas

logger = logging.getLogger(__name__)

_VERSION = "SELECT number, at FROM journal_catalogueversion"
# A replica that had the primary's version within this time is not asked again: it cannot fall behind itself.
SECONDS_KNOWN = 1.0

_known: dict[str, tuple[State, float]] = {}
# Since when (time.monotonic()) replicas have been ahead of the primary. A commit may be seen there an instant
# earlier; who stays ahead for so long follows another one, or the primary's past before a restore.
SECONDS_AHEAD = 10.0
_ahead_since: dict[str, float] = {}
_turns = itertools.count()


def sources(now: State | None = None) -> Iterator[Source]:
    """The databases that may answer, best first. The next is worked out only if the former failed.

    A replica is the first choice, if it has the very version that the primary has now (`now`, where that is
    known already). While the primary does not answer, replicas stand in for it that are not behind what has
    been seen.
    """
    if not replicas():
        if PRIMARY.may_be_asked():
            yield PRIMARY
        return
    try:
        replica = _as_new_as(now or version_of_primary())
    except Away:
        replica = None
    if replica:
        yield replica
    if PRIMARY.away_since is None:
        yield PRIMARY
    yield from _stand_ins()


def may_be_told(source: Source) -> bool:
    """To be asked when the answer is ready: it may hold what was committed while it was made.

    A replica can show that a moment before the primary does. Whoever saw it would miss it in their next
    answer, so this one is not given. What is given counts as seen. Without replicas there is nothing to ask.
    """
    if not replicas():
        return True
    begun = time.monotonic()
    try:
        version = _asked(source)
    except Away:
        return False
    if source is PRIMARY:
        NEWEST.saw(version, begun)
    elif version[0] > NEWEST.version[0]:
        try:
            return version_of_primary()[0] >= version[0]
        except Away:
            NEWEST.saw(version, begun)
    return True


def can_stand_in() -> bool:
    """Whether some replica may answer without the primary."""
    return next(_stand_ins(), None) is not None


def strangers() -> int:
    """How many replicas do not follow this primary."""
    return sum(map(_is_stranger, replicas()))


def _is_stranger(replica: Source) -> bool:
    return time.monotonic() - _ahead_since.get(replica.name, time.monotonic()) > SECONDS_AHEAD


def version_of_primary() -> State:
    """Errors: lib.reading.Away."""
    begun = time.monotonic()
    version = _asked(PRIMARY)
    NEWEST.saw(version, begun)
    return version


def _asked(source: Source) -> State:
    row = source.ask(_VERSION)
    return (row[0], row[1]) if row else NOTHING


def _as_new_as(now: State) -> Source | None:
    """A replica with exactly this version; they take turns."""
    all_of_them = replicas()
    first = next(_turns) % len(all_of_them)
    for replica in all_of_them[first:] + all_of_them[:first]:
        if _has(replica, now):
            return replica
    return None


def _has(replica: Source, now: State) -> bool:
    known, heard_at = _known.get(replica.name, (None, 0.0))
    if known == now and replica.away_since is None and time.monotonic() - heard_at < SECONDS_KNOWN:
        return True
    try:
        version = _asked(replica)
    except Away:
        return False
    _known[replica.name] = version, time.monotonic()
    if version[0] > now[0] and version[0] > version_of_primary()[0]:
        _ahead_since.setdefault(replica.name, time.monotonic())
        if _is_stranger(replica):
            logger.error("The %s is ahead of the primary database: it follows another one.", replica.name)
    else:
        _ahead_since.pop(replica.name, None)
    return version == now


def _stand_ins() -> Iterator[Source]:
    told: list[tuple[State, Source]] = []
    for replica in replicas():
        if _is_stranger(replica):
            continue
        try:
            told.append((_asked(replica), replica))
        except Away:
            continue
    for version, replica in sorted(told, key=lambda one: one[0][0], reverse=True):
        if NEWEST.allows(version):
            NEWEST.saw(version, time.monotonic())
            yield replica
