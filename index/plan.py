"""What is looked for, as PostgreSQL's queries over stems. Pure: no database here.

A plan does not know whether a compound or a phrase was typed: both are the same groups, so both find the
same.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise, permutations

from index.documents import quoted
from lib.words import STOP_KEYS

# In place of weights: words of titles and series have a second lexeme, so that an index alone can tell them.
IN_TITLE = "~"
_CLOSE = ("<->", "<2>")
_MOST_COMPOUNDS = 150

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
    with_marks: bool = True
    with_time: bool = True
    is_wide: bool = False

    # -- finding ----------------------------------------------------------------------------

    @property
    def asked(self) -> list[Group]:
        """The groups that an entry must fulfil."""
        return self.groups if self.with_time else [g for g in self.groups if not g.is_time] or self.groups

    @cached_property
    def query(self) -> str:
        """What an entry must fulfil: every group, and compounds as such."""
        wanted = [self.group(group) for group in self.asked]
        if not self.is_wide:
            wanted += [
                self._together([self.groups[at] for at in some])
                for some in self.near
                if self._all_asked(some)
            ]
        return _and(wanted)

    def _all_asked(self, some: Iterable[int]) -> bool:
        return all(self.groups[at] in self.asked for at in some)

    # -- ranking ----------------------------------------------------------------------------

    def within(self, weights: str, exact: bool = False) -> str:
        """All groups in these weights; `exact`: by themselves, not as a part of a longer word."""
        return _and(self.group(group, weights, exact) for group in self.asked)

    def together(self, weights: str = "") -> str:
        """All groups close to each other, in any order; empty if there is but one."""
        groups = [group for group in self.asked if not group.is_time]
        return self._together(groups, weights) if len(groups) > 1 else ""

    @cached_property
    def names(self) -> str:
        """Entries of exactly this name, however it is put; empty if there can be none."""
        plain = [group for group in self.asked if not group.is_time]
        if not plain or len(plain) > 4:
            return ""
        told: set[str] = set()
        options = [sorted(group.sequences)[:6] for group in plain]
        for order in permutations(options):
            told |= {"=" + " ".join(words) for words in _choices(order)}
        told |= {
            "=" + joint
            for joint in self._joints([key for group in plain for key in _single(group)], whole=True)
        }
        return _or(quoted(one) for one in sorted(told)[:200])

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
        if len(keys) == 1:
            return self._word(keys[0], weights, exact)
        # Words without meaning stand in the place of the word before them.
        signs = ("<0>", *_CLOSE) if STOP_KEYS.intersection(keys) else _CLOSE
        return self._close(
            [self._word(key, weights, exact) for key in keys], self._joints(keys), weights, signs
        )

    def _word(self, key: str, weights: str, exact: bool) -> str:
        told = self._forms(key, weights, exact)
        if parts := self.parts.get(key, ()):
            words = [_or(self._forms(part, weights, exact)) for part in parts]
            told.append(self._close(words, self._joints(parts), weights))
        return _or(told)

    def _forms(self, key: str, weights: str, exact: bool) -> list[str]:
        """The word itself and, unless `exact`, what it is a part of."""
        others = [] if exact else list(self.compounds.get(key, ()))[:_MOST_COMPOUNDS]
        return [_lexeme(one, weights) for one in (key, *others)]

    def _together(self, groups: list[Group], weights: str = "") -> str:
        words = [self.group(replace(group, marks=()), weights) for group in groups]
        keys = [_single(group) for group in groups]
        pairs = [
            self._close([one, other], self._joints([*left, *right]) if left and right else [], weights)
            for (one, left), (other, right) in pairwise(zip(words, keys, strict=True))
        ]
        return _and(pairs)

    def _close(self, words: list[str], joints: list[str], weights: str, signs: Sequence = _CLOSE) -> str:
        pairs = [
            _or(f"({a} {sign} {b})" for sign in signs for a, b in ((one, other), (other, one)))
            for one, other in pairwise(words)
        ]
        return _or([*(_lexeme(joint, weights) for joint in joints), _and(pairs)])

    def _joints(self, keys: Iterable[str], whole: bool = False) -> list[str]:
        """Compounds that hold all of the stems; `whole`: and nothing else."""
        wanted = set(keys)
        if not wanted:
            return []
        first = next(iter(sorted(wanted)))
        told = self.compounds.get(first, {})
        return [one for one, parts in told.items() if wanted <= parts and (not whole or wanted == parts)]


def _single(group: Group) -> list[str]:
    """The stem of a group that is one plain word; else nothing."""
    only = next(iter(group.sequences))
    return [only[0]] if len(group.sequences) == 1 and len(only) == 1 else []


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
