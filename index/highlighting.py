"""Where in a text a question was answered: the same words, compounds and synonyms that the search found it
by."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from index.plan import Plan
from lib.words import stems, tokens

_SNIPPET = 200


@dataclass(frozen=True)
class Matcher:
    """`keys` are the stems that count as found."""

    keys: frozenset[str]

    @classmethod
    def of(cls, plans: Iterable[Plan]) -> "Matcher":
        keys: set[str] = set()
        # Plans of one question mostly look for the same groups, and differ in which of them they ask for.
        for plan in {id(plan.groups): plan for plan in plans}.values():
            for group in plan.groups:
                told = {key for one in group.sequences for key in one}
                told |= {part for key in told for part in plan.parts.get(key, ())}
                keys |= told | {other for key in told for other in plan.compounds.get(key, ())}
        return cls(frozenset(keys))

    def spans(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of what to mark, in order, without overlaps."""
        if self.keys.isdisjoint(stems(text)):
            return []
        found: list[tuple[int, int]] = []
        for token in sorted(tokens(text), key=lambda one: (one.start, -one.end)):
            if token.key not in self.keys or token.is_stop_word:
                continue
            if found and token.start < found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], token.end))
            else:
                found.append((token.start, token.end))
        return found

    def highlight(self, text: str) -> SafeString:
        """The text as HTML with <mark> around what was found."""
        return _marked(text, self.spans(text))

    def snippet(self, text: str, length: int = _SNIPPET) -> SafeString:
        """The stretch of the text with most of what was found, whole words, as HTML; empty if nothing was."""
        spans = self.spans(text)
        if not spans:
            return SafeString("")
        best = max(spans, key=lambda one: (sum(one[0] <= s < one[0] + length for s, _e in spans), -one[0]))
        start = max(0, best[0] - length // 4)
        start = text.rfind(" ", 0, start) + 1 if start else 0
        end = (
            len(text) if start + length >= len(text) else max(text.rfind(" ", start, start + length), best[1])
        )
        inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
        marked = _marked(text[start:end], inside)
        return mark_safe(f"{'… ' if start else ''}{marked}{' …' if end < len(text) else ''}")  # noqa: S308


def _marked(text: str, spans: list[tuple[int, int]]) -> SafeString:
    told, at = [], 0
    for start, end in spans:
        told += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*told, escape(text[at:])]))  # noqa: S308
