"""Asks all judged questions and tells how well they were answered, in numbers and as a table."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search.judging.cases import Judged, Pair, Question
from search.judging.metrics import agree, mean, ndcg, succeeds

# The catalogue's own time: some of its last events lie ahead, nearly all behind.
AT = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)
PLACES = 10
# What must be reached, as shares of 1.
BARS = {"nDCG@10": 0.92, "success@3": 0.95, "nothing found": 0.90, "pairs agree": 0.95}

# A question in, slugs of the first events out, best first.
Ask = Callable[[str], list[str]]


@dataclass(frozen=True)
class Answered:
    question: Question
    found: list[str]
    ndcg: float
    succeeds: bool


@dataclass(frozen=True)
class Measured:
    """`nothing` has what was found where nothing should be, `pairs` what each wording brought."""

    answered: list[Answered]
    nothing: dict[str, list[str]]
    pairs: list[tuple[Pair, list[str], list[str]]]

    def scores(self) -> dict[str, float]:
        """{measure: share of 1}, with the names of BARS."""
        return {
            "nDCG@10": mean([one.ndcg for one in self.answered]),
            "success@3": mean([float(one.succeeds) for one in self.answered]),
            "nothing found": mean([float(not found) for found in self.nothing.values()]),
            "pairs agree": mean([float(agree(one, other)) for _pair, one, other in self.pairs]),
        }


def measure(judged: Judged, ask: Ask) -> Measured:
    answered = []
    for question in judged.questions:
        found = ask(question.text)
        graded = question.grades
        answered.append(Answered(question, found, ndcg(found, graded, PLACES), succeeds(found, graded)))
    pairs = [(pair, ask(pair.one), ask(pair.other)) for pair in judged.pairs]
    return Measured(answered, {text: ask(text) for text in judged.nothing}, pairs)


def table(measured: Measured) -> Iterator[str]:
    """Lines: the measures against their bars, then each group of questions and each kind of pairs."""
    for name, score in measured.scores().items():
        verdict = "reached" if score >= BARS[name] else "MISSED"
        yield f"{name:<24}{score:8.3f}   bar {BARS[name]:.2f}  {verdict}"
    groups = defaultdict(list)
    for one in measured.answered:
        groups[one.question.group].append(one)
    yield f"\n{'questions':<24}{'number':>8}{'nDCG@10':>10}{'success@3':>11}"
    for group, some in groups.items():
        succeeded = mean([float(one.succeeds) for one in some])
        yield f"{group:<24}{len(some):>8}{mean([one.ndcg for one in some]):>10.3f}{succeeded:>11.3f}"
    kinds = defaultdict(list)
    for pair, one_found, other_found in measured.pairs:
        kinds[pair.kind].append(float(agree(one_found, other_found)))
    yield f"\n{'pairs':<24}{'number':>8}{'agree':>10}"
    for kind, verdicts in kinds.items():
        yield f"{kind:<24}{len(verdicts):>8}{mean(verdicts):>10.3f}"


def misses(measured: Measured) -> Iterator[str]:
    """Lines: what fell short, worst first, with what was found."""
    for one in sorted(measured.answered, key=lambda one: one.ndcg):
        if one.ndcg < BARS["nDCG@10"] or not one.succeeds:
            yield f"{one.ndcg:.2f}  {one.question.text}  ({one.question.group}): {_first(one.found)}"
    for text, found in measured.nothing.items():
        if found:
            yield f"should find nothing: {text}: {_first(found)}"
    for pair, one_found, other_found in measured.pairs:
        if not agree(one_found, other_found):
            left, right = f"{pair.one}: {_first(one_found)}", f"{pair.other}: {_first(other_found)}"
            yield f"differ ({pair.kind}): {left} | {right}"


def _first(found: list[str]) -> str:
    return ", ".join(found[:5]) or "nothing"
