"""How quickly the search answers the judged questions, on its page and as suggestions, among many events."""

from collections.abc import Callable, Iterator, Sequence
from statistics import median

from django.test import Client
from django.urls import reverse

from tools.measuring import Cost, cost_of, database_clock, load

# Each question is asked so often; what took least counts, since other work on the machine only adds.
TIMES = 3
# Letters after which suggestions are looked for.
TYPED = (1, 2, 3, 5, 8)


def measure(questions: Sequence[str]) -> Iterator[str]:
    """Lines of a table. The first answer to a question knows nothing, later ones what was kept since."""
    client, clock = Client(), database_clock()
    search, suggestions = reverse("search:search"), reverse("search:suggestions")
    pages = {q: [cost_of(client, search, clock, {"q": q}) for _time in range(TIMES)] for q in questions}
    starts = sorted({q[:letters] for q in questions for letters in TYPED})
    typed = [
        min((cost_of(client, suggestions, clock, {"q": q}) for _time in range(TIMES)), key=_all)
        for q in starts
    ]
    yield f"load {load():.1f}; milliseconds of processor time"
    yield f"{'':<26}{'median':>8}{'95 %':>8}{'SQL':>8}{'95 %':>8}{'statements':>12}"
    yield _row("search page", [min(some, key=_all) for some in pages.values()])
    yield _row("search page, first time", [some[0] for some in pages.values()])
    yield _row("suggestions", typed)
    slowest = sorted(pages, key=lambda q: -min(map(_all, pages[q])))[:5]
    told = (f"{q} {min(map(_all, pages[q])):.0f}" for q in slowest)
    yield f"slowest: {', '.join(told)}"


def _all(cost: Cost) -> float:
    return cost.busy


def _row(name: str, costs: Sequence[Cost]) -> str:
    told = [_part(costs, lambda cost: cost.busy), _part(costs, lambda cost: cost.sql)]
    figures = "".join(f"{figure:>8.1f}" for both in told for figure in both)
    return f"{name:<26}{figures}{max(cost.queries for cost in costs):>12}"


def _part(costs: Sequence[Cost], part: Callable[[Cost], float]) -> tuple[float, float]:
    figures = sorted(map(part, costs))
    return median(figures), figures[min(len(figures) - 1, int(0.95 * len(figures)))]
