"""The measures of a ranking. All are pure: what was found and what was judged in, a number or a yes out."""

import math
from collections.abc import Mapping, Sequence

# From this grade on an entry answers the question; below it is only related.
ANSWERS = 2


def dcg(grades: Sequence[int]) -> float:
    """Discounted cumulative gain with the gain 2^grade - 1 (Burges et al. 2005)."""
    return float(sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades)))


def ndcg(found: Sequence[str], judged: Mapping[str, int], places: int = 10) -> float:
    """How near the first places come to the best possible order: 0 to 1.

    `judged` holds a grade above 0 for each relevant entry; without any there is nothing to reach and
    ValueError is raised. An entry that is found twice counts once.
    """
    best = dcg(sorted(judged.values(), reverse=True)[:places])
    if not best:
        raise ValueError("A question without a relevant entry has no best order.")
    return dcg([judged.get(one, 0) for one in dict.fromkeys(found[:places])]) / best


def succeeds(found: Sequence[str], judged: Mapping[str, int], places: int = 3) -> bool:
    """Whether one of the first places answers the question."""
    return any(judged.get(one, 0) >= ANSWERS for one in found[:places])


def agree(one: Sequence[str], other: Sequence[str], places: int = 5) -> bool:
    """Whether two wordings bring the same first places in the same order; nothing twice is no agreement."""
    return bool(one) and list(one[:places]) == list(other[:places])


def mean(values: Sequence[float]) -> float:
    """0 for no values at all."""
    return sum(values) / len(values) if values else 0.0
