"""Results as tables: for a terminal, and as Markdown for docs/performance.md."""

from collections.abc import Iterator, Sequence
from typing import Any

from tools.speed.bars import USUAL, bars, growth, ratio

Told = dict[str, Any]
Row = Sequence[str]
_TITLES = (
    "page", "cold/s", "p50", "p95", "p99", "ms", "% rows", "by ms", "warm/s", "p50", "% empty", "by ms",
    "queries", "rows", "kB",
)  # fmt: skip


def text(told: Told) -> Iterator[str]:
    yield from _facts(told)
    for events, size in told["sizes"].items():
        yield f"\n{events} events · {_about(size)}"
        yield from _aligned([_TITLES, *_pages(size)])
        yield ""
        yield from _aligned([("connections", "cold/s", "p50", "p95", "p99"), *_connections(size)])
        yield "\n".join(_around(size))
    if len(told["sizes"]) > 1:
        yield "\ngrowth from the smallest to the largest: processor time by the yardstick's, rows touched"
        yield from _aligned(list(_growths(told)))
    yield ""
    yield from _aligned([(_mark(one.holds), one.what, one.figure, one.wanted) for one in bars(told)])


def markdown(told: Told) -> Iterator[str]:
    """The same in short."""
    yield from _facts(told)
    for events, size in told["sizes"].items():
        yield f"\n{events} events; {_about(size)}.\n"
        yield from _marked([_TITLES, *_pages(size)])
        yield ""
        yield from (f"* {line}" for line in _around(size))
    if len(told["sizes"]) > 1:
        yield ""
        yield from _marked(list(_growths(told)))
    yield ""
    heads = [("", "measure", "figure", "bar")]
    yield from _marked(
        [*heads, *((_mark(one.holds), one.what, one.figure, one.wanted) for one in bars(told))]
    )


def _facts(told: Told) -> Iterator[str]:
    machine = told["machine"]
    yield (
        f"{told['made']}, revision {told['revision']}; {machine['cores']} cores ({machine['processor']}), "
        f"2 workers, load by {told['generator']}"
    )


def _about(size: Told) -> str:
    yardsticks = {name: f"{one['rate']:.0f}/s" for name, one in size["cold"]["yardsticks"].items()}
    told = ", ".join(f"{name} {rate}" for name, rate in yardsticks.items())
    noise = max(size["cold"]["noise"], size["warm"]["noise"])
    return (
        f"bare Django: {told}; other work on the machine: load {size['cold']['load']:.1f}, noise {noise:.0%}"
    )


def _pages(size: Told) -> Iterator[Row]:
    for kind in {**size["cold"]["pages"], **size["warm"]["pages"]}:
        cold, warm = (size[phase]["pages"].get(kind, {}).get(USUAL) for phase in ("cold", "warm"))
        first = [""] * 7
        if cold:
            times = (f"{cold[part]:.1f}" for part in ("p50", "p95", "p99", "cpu_ms"))
            first = [f"{cold['rate']:.0f}", *times, *_shares(size, "cold", kind, "rows")]
        second = [""] * 4
        if warm:
            second = [f"{warm['rate']:.0f}", f"{warm['p50']:.2f}", *_shares(size, "warm", kind, "empty")]
        counted = size["counted"].get(kind)
        last = (
            (f"{counted['queries']:.0f}", f"{counted['rows']:.0f}", f"{(warm or cold)['kb']:.1f}")
            if counted
            else ("", "", f"{warm['kb']:.1f}" if warm else "")
        )
        yield (kind, *first, *second, *last)


def _shares(size: Told, phase: str, kind: str, yardstick: str) -> Row:
    return [f"{ratio(size, phase, kind, yardstick, part):.0%}" for part in ("rate", "cpu_ms")]


def _connections(size: Told) -> Iterator[Row]:
    for phase in ("cold", "warm"):
        for kind, counts in size[phase]["pages"].items():
            for count, one in counts.items() if len(counts) > 1 else ():
                times = (f"{one[part]:.1f}" for part in ("p50", "p95", "p99"))
                yield (f"{kind}, {phase}, {count}", f"{one['rate']:.0f}", *times)


def _around(size: Told) -> Iterator[str]:
    whole = size.get("calendar_of_all", {})
    for when, name in (("never", "never made before"), ("cold", "new process"), ("again", "once more")):
        if not (one := whole.get(when)):
            continue
        yield (
            f"calendar of all, {name}: {one['whole_s']:.2f} s, first byte {1000 * one['first_s']:.0f} ms, "
            f"{one['mb']:.1f} MB, the worker grew by {one['grew_mb']:.0f} MB"
        )
    for phase in ("cold", "warm"):
        memory = ", ".join(f"{one:.0f}" for one in size[phase]["memory_mb"])
        yield f"memory of the workers after the load, {phase}: {memory} MB"
    parts = ", ".join(f"{name} {ms:.1f} ms" for name, ms in size["application_ms"].items())
    yield f"facets, total and first page in the application: {parts}"
    made = (
        f"filled in {size['fill_s']:.0f} s, indexed in {size['index_s']:.0f} s"
        if "fill_s" in size
        else "kept"
    )
    yield f"database: {size['database_mb']:.0f} MB, {made}"


def _growths(told: Told) -> Iterator[Row]:
    sizes = {int(events): size for events, size in told["sizes"].items()}
    yield ("page", *(f"ms at {events}" for events in sizes), "growth", *(f"rows at {n}" for n in sizes))
    for kind in next(iter(sizes.values()))["counted"]:
        times = (f"{size['cold']['pages'][kind][USUAL]['cpu_ms']:.1f}" for size in sizes.values())
        rows = (f"{size['counted'][kind]['rows']:.0f}" for size in sizes.values())
        yield (kind, *times, f"× {growth(sizes, kind):.2f}", *rows)


def _mark(holds: bool | None) -> str:
    return {True: "held", False: "NOT HELD", None: "open"}[holds]


def _aligned(rows: Sequence[Row]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)] if rows else []
    for first, *others in rows:
        told = [word.rjust(width) for word, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *told])


def _marked(rows: Sequence[Row]) -> Iterator[str]:
    head, *others = rows
    yield f"| {' | '.join(head)} |"
    yield "|---" + "|--:" * (len(head) - 1) + "|"
    for row in others:
        yield f"| {' | '.join(row)} |"
