"""How quickly the search answers the judged questions, on its page and as suggestions, among many events."""

from collections.abc import Callable, Iterator, Sequence
from statistics import median

from django.test import Client
from django.urls import reverse

from journal.kept import forget_everything
from tools.measuring import Clock, Cost, cost_of, database_clock, load, yardstick

# Each question is asked so often; what took least counts, since other work on the machine only adds.
TIMES = 3
# Letters after which suggestions are looked for.
TYPED = (1, 2, 3, 5, 8)


def measure(questions: Sequence[str]) -> Iterator[str]:
    """Lines of a table.

    The first time, code and data are fresh to process and database. Then each answer is made with nothing
    kept of the catalogue, and at last with what the process keeps for its present state.
    """
    client, clock = Client(), database_clock()
    search, suggestions = reverse("search:search"), reverse("search:suggestions")
    first = [cost_of(client, search, clock, {"q": q}) for q in questions]
    bare = [_least(client, search, clock, q, before=forget_everything) for q in questions]
    kept = [_least(client, search, clock, q) for q in questions]
    starts = sorted({q[:letters] for q in questions for letters in TYPED})
    typed = [_least(client, suggestions, clock, q) for q in starts]
    yield f"load {load():.1f}; milliseconds of processor time; yardstick {yardstick():.1f}"
    yield f"{'':<26}{'median':>8}{'95 %':>8}{'SQL':>8}{'95 %':>8}{'statements':>12}"
    yield _row("search page, first time", first)
    yield _row("search page, nothing kept", bare)
    yield _row("search page", kept)
    yield _row("suggestions", typed)
    slowest = sorted(zip(questions, bare, strict=True), key=lambda one: -one[1].busy)[:5]
    yield f"slowest, nothing kept: {', '.join(f'{q} {cost.busy:.0f}' for q, cost in slowest)}"


def _least(
    client: Client, path: str, clock: Clock, q: str, before: Callable[[], None] = lambda: None
) -> Cost:
    """Of some times, the one that took least."""
    costs = []
    for _time in range(TIMES):
        before()
        costs.append(cost_of(client, path, clock, {"q": q}))
    return min(costs, key=lambda cost: cost.busy)


def _row(name: str, costs: Sequence[Cost]) -> str:
    told = [_part(costs, lambda cost: cost.busy), _part(costs, lambda cost: cost.sql)]
    figures = "".join(f"{figure:>8.1f}" for both in told for figure in both)
    return f"{name:<26}{figures}{max(cost.queries for cost in costs):>12}"


def _part(costs: Sequence[Cost], part: Callable[[Cost], float]) -> tuple[float, float]:
    figures = sorted(map(part, costs))
    return median(figures), figures[min(len(figures) - 1, int(0.95 * len(figures)))]
