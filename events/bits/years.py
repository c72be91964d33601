"""Events by years, cut out of a snapshot once: pages of nouns and of years ask for the same thirty."""

import datetime as dt
from weakref import ref

from events.bits.snapshot import Sets, Snapshot, both

_Known = dict[tuple[str, int], Sets]
# Of the last snapshot that was asked.
_last: tuple["ref[Snapshot] | None", _Known] = (None, {})


def after(snapshot: Snapshot, year: int) -> Sets:
    """Those that begin in a later year."""
    known = _known(snapshot)
    if ("after", year) not in known:
        known["after", year] = snapshot.after(dt.date(year, 12, 31))
    return known["after", year]


def since(snapshot: Snapshot, year: int) -> Sets:
    """Those that end in this year or a later one."""
    known = _known(snapshot)
    if ("since", year) not in known:
        known["since", year] = snapshot.not_before(dt.date(year, 1, 1))
    return known["since", year]


def _known(snapshot: Snapshot) -> _Known:
    global _last
    held, known = _last
    if held is None or held() is not snapshot:
        known = {}
        _last = (ref(snapshot), known)
    return known


def begun_in(snapshot: Snapshot, sets: Sets, year: int) -> dict[int, int]:
    """{year: how many of the events begin in it}, without zeros; found from a year on in both directions."""
    total = _number(sets)
    if not total:
        return {}
    first = last = year
    later = {year: _number(both(sets, after(snapshot, year)))}
    while later[first] < total:
        first -= 1
        later[first] = _number(both(sets, after(snapshot, first)))
    while later[last]:
        last += 1
        later[last] = _number(both(sets, after(snapshot, last)))
    counts = {one: later[one - 1] - later[one] for one in range(first + 1, last + 1)}
    return {one: number for one, number in counts.items() if number}


def held_in(snapshot: Snapshot, sets: Sets, year: int) -> dict[int, int]:
    """{year: how many of the events have a day in it}, in the same way."""
    total = _number(sets)

    def begun(until: int) -> int:
        return total - _number(both(sets, after(snapshot, until)))

    def over(before: int) -> int:
        return total - _number(both(sets, since(snapshot, before)))

    counts = {}
    for way, place in ((-1, year - 1), (1, year)):
        while begun(place) if way < 0 else over(place) < total:
            counts[place] = begun(place) - over(place)
            place += way
    return {one: number for one, number in counts.items() if number}


def _number(sets: Sets) -> int:
    return sum(bits.bit_count() for bits in sets)
