"""What the site is held to. The budgets are those of docs/performance.md."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tools.measuring import QUIET

Told = dict[str, Any]
USUAL = "2"
# An event's page that nobody has asked for since it changed; of "detail" the database has the pieces.
FIRST = "detail, first ask"
GROWTH = 2.5
GROWING = ("list", "filtered", "deep page", "month", "detail")
# {events: milliseconds for facets, total and first page}; a smaller catalogue is held to the next bar.
APPLICATION = {100_000: 10, 1_000_000: 50}
MEMORY = {10_000: 150, 1_000_000: 400}
# {kind: (milliseconds of processor in all, without the page cache, where the page of one query takes UNIT;
#         queries; kilobytes as they are sent)}
UNIT = 2.0
BUDGETS: dict[str, tuple[float, int, float]] = {
    "list": (5, 6, 12),
    "list, upcoming": (5, 6, 12),
    "filtered": (8, 6, 12),
    "many facets": (9, 6, 12),
    "deep page": (9, 6, 12),
    "search": (12, 12, 12),
    "list, searched": (12, 12, 12),
    "detail": (4, 6, 10),
    FIRST: (7, 8, 10),
    "month": (12, 8, 60),
    "year": (20, 8, 60),
    "map": (15, 8, 60),
    "calendar": (12, 16, 4),
    "calendar of one": (6, 8, 3),
    "JSON": (9, 10, 4),
    "API": (8, 9, 20),
    "front page": (25, 18, 12),
    "organisation": (25, 18, 15),
    "person": (12, 6, 15),
    "topic": (28, 18, 15),
}


@dataclass(frozen=True)
class Bar:
    """One line: what, figure beside bar, and whether it holds; None where this run cannot tell."""

    what: str
    figure: str
    wanted: str
    holds: bool | None


def ratio(size: Told, phase: str, kind: str, yardstick: str, part: str = "rate") -> float:
    """How the page's figure compares with the yardstick's of the same server type, run and phase.

    Of rates (requests a second, more is better), or of processor time turned over, which neighbours on the
    machine disturb less.
    """
    page, bare = size[phase]["pages"][kind][USUAL], size[phase]["yardsticks"][yardstick]
    if part == "rate":
        return float(page["rate"] / bare["rate"]) if bare["rate"] else 0.0
    return float(bare["cpu_ms"] / page["cpu_ms"]) if page["cpu_ms"] else 0.0


def bars(told: Told) -> Iterator[Bar]:
    """Those of all sizes that were measured."""
    sizes = {int(events): size for events, size in told["sizes"].items()}
    for events, size in sizes.items():
        yield from _speed(events, size)
        yield from _frugality(events, size)
    if len(sizes) > 1:
        yield from _growth(sizes)


def share(size: Told, phase: str, kind: str, yardstick: str) -> tuple[float, str]:
    """(ratio that counts, both in words): that of rates on a quiet machine, else that of processor time."""
    rate, busy = (ratio(size, phase, kind, yardstick, part) for part in ("rate", "cpu_ms"))
    return rate if size[phase]["load"] < QUIET else busy, f"{rate:.0%} ({busy:.0%} by processor)"


def _speed(events: int, size: Told) -> Iterator[Bar]:
    cold, is_quiet = size["cold"]["pages"], size["cold"]["load"] < QUIET
    for kind, least in (("list", 250), ("detail", 300)):
        if figures := cold.get(kind, {}).get(USUAL):
            part, told = share(size, "cold", kind, "rows")
            held = figures["rate"] >= least or (kind == "list" and part >= 0.45)
            wanted = f"≥ {least}/s" + (" or 45 % of one query" if kind == "list" else "")
            # Rates of a busy machine are its neighbours' matter.
            is_open = not held and not is_quiet and kind == "detail"
            yield Bar(
                f"{events} {kind}, cold",
                f"{figures['rate']:.0f}/s, {told}",
                wanted,
                None if is_open else held,
            )
    if figures := cold.get("list", {}).get(USUAL):
        held = figures["p50"] <= 8
        yield Bar(
            f"{events} list, cold, p50",
            f"{figures['p50']:.1f} ms",
            "≤ 8 ms",
            held if held or is_quiet else None,
        )
    for kind in ("list", "list, 304", "detail", "detail, 304"):
        if size["warm"]["pages"].get(kind):
            part, told = share(size, "warm", kind, "empty")
            yield Bar(f"{events} {kind}, warm", told, "≥ 50 % of the empty page", part >= 0.5)


def _frugality(events: int, size: Told) -> Iterator[Bar]:
    slowest = max(size["application_ms"].values())
    most = next(bar for limit, bar in APPLICATION.items() if events <= limit or limit == max(APPLICATION))
    yield Bar(f"{events} facets, total, page", f"{slowest:.1f} ms", f"≤ {most} ms", slowest <= most)
    if events == 10_000:
        whole = size["calendar_of_all"]["cold"]
        seconds, first = whole["whole_s"], whole["first_s"]
        yield Bar("10000 calendar of all", f"{seconds:.2f} s", "≤ 1 s", seconds <= 1)
        yield Bar("10000 its first byte", f"{1000 * first:.0f} ms", "≤ 100 ms", first <= 0.1)
    worst = max((*size["cold"]["memory_mb"], *size["warm"]["memory_mb"]), default=0.0)
    most = next(bar for limit, bar in MEMORY.items() if events <= limit or limit == max(MEMORY))
    yield Bar(
        f"{events} memory of a worker", f"{worst:.0f} MB", f"≤ {most} MB", worst <= most if worst else None
    )
    failed = [
        kind
        for phase in ("cold", "warm")
        for kind, counts in size[phase]["pages"].items()
        if any(one["errors"] for one in counts.values())
    ]
    yield Bar(f"{events} errors", ", ".join(failed) or "none", "none", not failed)
    yield from _budgets(events, size)


def _budgets(events: int, size: Told) -> Iterator[Bar]:
    over = []
    for kind, counted in size["counted"].items():
        milliseconds, queries, kilobytes = BUDGETS[kind]
        spent = size["cold"]["pages"].get(kind, {}).get(USUAL, {}).get("cpu_ms", 0)
        spent *= UNIT / (size["cold"]["yardsticks"]["rows"]["cpu_ms"] or UNIT)
        if spent > milliseconds:
            over.append(f"{kind} {spent:.1f} ms of {milliseconds:g}")
        if counted["queries"] > queries:
            over.append(f"{kind} {counted['queries']:.0f} queries of {queries}")
        if counted["kb_packed"] > kilobytes:
            over.append(f"{kind} {counted['kb_packed']:.0f} kB of {kilobytes}")
    yield Bar(f"{events} budgets", "; ".join(over) or "kept", "ms, queries, kB of each kind", not over)


def _growth(sizes: dict[int, Told]) -> Iterator[Bar]:
    least, most = min(sizes), max(sizes)
    for kind in GROWING:
        if kind in sizes[least]["cold"]["pages"]:
            factor = growth(sizes, kind)
            held = None if most < 100_000 and factor <= GROWTH else factor <= GROWTH
            yield Bar(f"growth of {kind}, {least} to {most}", f"× {factor:.2f}", f"≤ × {GROWTH}", held)


def growth(sizes: dict[int, Told], kind: str) -> float:
    """How processor time of a cold page grows from the smallest to the largest, both by their yardsticks."""
    small, large = (sizes[events] for events in (min(sizes), max(sizes)))
    return ratio(small, "cold", kind, "rows", "cpu_ms") / (
        ratio(large, "cold", kind, "rows", "cpu_ms") or 1.0
    )
