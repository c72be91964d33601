"""What is looked for, as PostgreSQL's queries over stems. Pure: no database here.

A plan does not know whether a compound or a phrase was typed: both are the same groups, so both find the
same.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, pairwise, permutations
from math import prod

from index.documents import pair_of, quoted
from lib.words import STOP_KEYS

# In place of weights: words of titles and series have a second lexeme, so that an index alone can tell them.
IN_TITLE = "~"
# Words without meaning stand in the place of the word before them.
_CLOSE = ("<->", "<2>", "<0>")
# Longer words looked for beside a word: anywhere, in titles, as neighbours. Each costs at every entry.
_MOST_COMPOUNDS, _MOST_IN_TITLES, _MOST_PAIRS = 60, 15, 10
# Of all entries, those that carry a mark of a kind (or with one so long), that say a word nobody has counted,
# and, of those that say two words, those that say them next to each other. These are guesses, rather too low;
# nothing is found or left out by them.
_MARKED = {"city": 0.01, "time": 0.08, "month": 0.08}
_MARK, _MONTH, _DAY = 0.1, len("time/2026-11"), len("time/2026-11-22")
_UNCOUNTED, _NEXT = 0.02, 0.3

Sequence = tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """One thing to look for: any of the sequences of stems, or an entry that carries one of the marks.

    With marks, words count in titles only, since the marks say it better. `is_time` concerns events alone;
    `is_phrase`
    was quoted. `weak` words rank and are not required.
    """

    sequences: frozenset[Sequence]
    marks: tuple[str, ...] = ()
    is_time: bool = False
    is_phrase: bool = False


@dataclass
class Plan:
    """`near` names groups (by position) that one compound said: together, unless `is_wide`."""

    groups: list[Group]
    near: list[tuple[int, ...]] = field(default_factory=list)
    # {stem: {compound's stem: all its parts}} of the stems looked for.
    compounds: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    # {stem: its parts} of the stems that are compounds themselves.
    parts: Mapping[str, Sequence] = field(default_factory=dict)
    # About how many entries use each stem, and how many entries there are.
    counts: Mapping[str, int] = field(default_factory=dict)
    entries: int = 0
    with_marks: bool = True
    with_time: bool = True
    is_wide: bool = False
    # Places of groups that are not asked for.
    without: frozenset[int] = frozenset()

    # -- finding ----------------------------------------------------------------------------

    @property
    def asked(self) -> list[Group]:
        """The groups that an entry must fulfil."""
        kept = [group for place, group in enumerate(self.groups) if place not in self.without]
        return kept if self.with_time else [group for group in kept if not group.is_time] or kept

    @cached_property
    def queries(self) -> tuple[str, ...]:
        """What an entry must fulfil, all of it: every group, and compounds as such.

        Apart, and what fewest are likely to fulfil first, PostgreSQL's index steps over what the others say
        of all entries between; told as one query it would weigh each.
        """
        wanted = [(self._share(group), self.group(group)) for group in self.asked]
        wanted += [(share, self._near(keys, "")) for keys, share in self._together()]
        return tuple(dict.fromkeys(query for _share, query in sorted(wanted)))

    @property
    def titled(self) -> tuple[str, ...]:
        """The same of entries that say all of it in their titles."""
        told = tuple(self.group(group, IN_TITLE) for group in self.asked)
        return told if self._is_plain else (*told, *self.queries)

    @cached_property
    def expected(self) -> float:
        """About how many entries fulfil it. Who says one of the words is likelier to say the others, too, so
        each narrows the search less than the one before."""
        shares = [self._share(group) for group in self.asked]
        shares += [share for _keys, share in self._together()]
        return self.entries * prod(share**0.5**place for place, share in enumerate(sorted(shares)))

    def _share(self, group: Group) -> float:
        """About which share of the entries fulfils the group."""
        if group.marks and self.with_marks:
            return min(1.0, sum(map(_marked, group.marks)))
        told = [min(map(self._number, one)) for one in group.sequences]
        return min(1.0, max(told) / max(self.entries, 1))

    def _number(self, key: str) -> float:
        """About how many entries say a word: who says one of its compounds mostly says others, too."""
        told = [self.counts[one] for one in (key, *self._longer(key, _MOST_COMPOUNDS)) if one in self.counts]
        return max(told, default=_UNCOUNTED * self.entries)

    def _together(self) -> list[tuple[Sequence, float]]:
        """The words of each compound that must stand together, and the share of entries that say them so."""
        if self.is_wide:
            return []
        told = [(keys, some) for some in self.near if (keys := self._keys_of(some))]
        return [(keys, _NEXT * min(self._share(self.groups[at]) for at in some)) for keys, some in told]

    def _keys_of(self, some: Iterable[int]) -> Sequence:
        groups = [self.groups[at] for at in some]
        return tuple(_single(group) for group in groups) if all(one in self.asked for one in groups) else ()

    @property
    def _is_plain(self) -> bool:
        """Whether words in titles fulfil it by themselves: no phrase, nothing in several words."""
        return not self.near and not any(
            group.is_phrase or len(one) > 1 or self.parts.get(one[0])
            for group in self.asked
            for one in group.sequences
        )

    # -- ranking ----------------------------------------------------------------------------

    def within(self, weights: str, exact: bool = False) -> str:
        """All groups in these weights; `exact`: by themselves, not as a part of a longer word."""
        return _and(self.group(group, weights, exact) for group in self.asked)

    def together(self, weights: str) -> str:
        """All groups close to each other, in any order; empty if there is but one."""
        groups = [group for group in self.asked if not group.is_time]
        words = [
            _or(_phrase([_lexeme(key, weights) for key in one]) for one in sorted(group.sequences))
            for group in groups
        ]
        keys = [_single(group) for group in groups]
        pairs = [
            _or([*self._lexemes(self._joints(both), weights), _phrase(words[at : at + 2])])
            for at, both in enumerate(pairwise(keys))
        ]
        return _and(pairs)

    @cached_property
    def names(self) -> list[str]:
        """The names in stems of entries of exactly this name, however it is put."""
        plain = [group for group in self.asked if not group.is_time]
        if not plain or len(plain) > 4:
            return []
        told: set[str] = set()
        options = [sorted(group.sequences)[:6] for group in plain]
        for order in permutations(options):
            told |= {" ".join(words) for words in _choices(order)}
        told |= set(self._joints([_single(group) for group in plain], whole=True))
        return sorted(told)[:200]

    @property
    def named(self) -> str:
        """Entries of one of these names; empty if there can be none."""
        return _or(quoted(f"={name}") for name in self.names)

    # -- parts of queries -------------------------------------------------------------------

    def group(self, group: Group, weights: str = "", exact: bool = False) -> str:
        marked = group.marks if self.with_marks else ()
        # Weights would make PostgreSQL read each entry's words; a second lexeme does not.
        inside = ("A" if weights in ("A", "AB", "ABC") else IN_TITLE) if marked else weights
        told = [self._sequence(one, inside, exact, group.is_phrase) for one in sorted(group.sequences)]
        return _or([*told, *(quoted(mark) for mark in marked)])

    def _sequence(self, keys: Sequence, weights: str, exact: bool, is_phrase: bool) -> str:
        if is_phrase:
            return "(" + " <-> ".join(_lexeme(key, weights) for key in keys) + ")"
        return self._word(keys[0], weights, exact) if len(keys) == 1 else self._near(keys, weights)

    def _word(self, key: str, weights: str, exact: bool) -> str:
        near = [self._near(parts, weights)] if (parts := self.parts.get(key, ())) else []
        return _or([*self._forms(key, weights, exact), *near])

    def _forms(self, key: str, weights: str, exact: bool) -> list[str]:
        """The word itself and, unless `exact`, what it is a part of."""
        most = 0 if exact else _MOST_IN_TITLES if weights == IN_TITLE else _MOST_COMPOUNDS
        return self._lexemes([key, *self._longer(key, most)], weights)

    def _longer(self, key: str, most: int) -> list[str]:
        """So many compounds that hold the stem, those that most entries use first."""
        return list(islice(self.compounds.get(key, ()), most))

    def _near(self, keys: Sequence, weights: str) -> str:
        """Words next to each other, in any order, or as one compound.

        To find them there are lexemes for neighbours and for whole names, so that no positions need be read.
        """
        joints = self._lexemes(self._joints(keys), weights)
        if weights == IN_TITLE:
            return _or([*joints, _and(_or(self._forms(key, weights, exact=False)) for key in keys)])
        if weights:
            return _or([*joints, _phrase([_lexeme(key, weights) for key in keys])])
        strong = [key for key in keys if key not in STOP_KEYS]
        pairs = _and(self._pair(one, other) for one, other in pairwise(strong))
        return _or([*joints, quoted("=" + " ".join(keys)), pairs])

    def _pair(self, one: str, other: str) -> str:
        """Two neighbours, of which one may be part of a longer word."""
        pairs = [
            (one, other),
            *((one, longer) for longer in self._longer(other, _MOST_PAIRS)),
        ]
        pairs += [(longer, other) for longer in self._longer(one, _MOST_PAIRS)]
        return _or(quoted(pair_of(a, b)) for a, b in pairs)

    def _lexemes(self, keys: Iterable[str], weights: str) -> list[str]:
        return [_lexeme(key, weights) for key in keys]

    def _joints(self, keys: Iterable[str], whole: bool = False) -> list[str]:
        """Compounds that hold all of the stems; `whole`: and nothing else."""
        wanted = set(keys)
        if not wanted or "" in wanted:
            return []
        first = next(iter(sorted(wanted)))
        told = self.compounds.get(first, {})
        return [one for one, parts in told.items() if wanted <= parts and (not whole or wanted == parts)]


def _marked(mark: str) -> float:
    """About which share of the entries carries a mark."""
    kind = mark.partition("/")[0]
    share = _MARKED.get(kind, _MARK)
    return share / 12 if len(mark) == _MONTH and kind == "time" else share


def _single(group: Group) -> str:
    """The stem of a group that is one plain word; else nothing."""
    only = next(iter(group.sequences))
    return only[0] if len(group.sequences) == 1 and len(only) == 1 else ""


def _phrase(words: list[str]) -> str:
    """Words close to each other in any order; it reads their positions, so it is for ranking alone."""
    return _and(
        _or(f"({a} {sign} {b})" for sign in _CLOSE for a, b in ((one, other), (other, one)))
        for one, other in pairwise(words)
    ) or _or(words)


def _choices(order: Iterable[list[Sequence]]) -> list[Sequence]:
    found: list[Sequence] = [()]
    for options in order:
        found = [(*one, *more) for one in found for more in options]
    return found[:50]


def _lexeme(key: str, weights: str) -> str:
    if weights == IN_TITLE:
        return quoted(IN_TITLE + key)
    return f"{quoted(key)}:{weights}" if weights else quoted(key)


def _joined(sign: str) -> Callable[[Iterable[str]], str]:
    def join(parts: Iterable[str]) -> str:
        told = [part for part in dict.fromkeys(parts) if part]
        return told[0] if len(told) == 1 else f"({sign.join(told)})" if told else ""

    return join


_and, _or = _joined(" & "), _joined(" | ")
