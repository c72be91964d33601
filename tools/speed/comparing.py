"""Two runs side by side: what differs by more than chance."""

from collections.abc import Iterator
from typing import Any

from tools.speed.bars import USUAL

Told = dict[str, Any]
# A run's own noise is how far its yardsticks moved; below this part nothing is told anyway.
LEAST = 0.15


def changes(old: Told, new: Told) -> Iterator[str]:
    """One line for each difference of a size that both have measured."""
    for events in (events for events in new["sizes"] if events in old["sizes"]):
        before, after = old["sizes"][events], new["sizes"][events]
        for line in (*_counts(before, after), *_times(before, after), *_memory(before, after)):
            yield f"{events}: {line}"


def _counts(before: Told, after: Told) -> Iterator[str]:
    """Queries are literal; rows and sizes hardly vary."""
    for kind, new in after["counted"].items():
        old = before["counted"].get(kind)
        for part, unit, least in (("queries", "queries", 0), ("rows", "rows", 0.1), ("kb", "kB", 0.02)):
            if old and abs(new[part] - old[part]) > least * max(old[part], 1):
                yield f"{kind}: {old[part]:.0f} → {new[part]:.0f} {unit}"


def _times(before: Told, after: Told) -> Iterator[str]:
    """Processor time in units of the run's own yardstick, which bears the machine and the minute."""
    for phase in ("cold", "warm"):
        noise = LEAST + before[phase]["noise"] + after[phase]["noise"]
        for kind in after[phase]["pages"]:
            if kind in before[phase]["pages"]:
                old, new = (_relative(size[phase], kind) for size in (before, after))
                if old and new and abs(new / old - 1) > noise:
                    word = "slower" if new > old else "quicker"
                    yield f"{kind}, {phase}: × {max(new / old, old / new):.2f} {word} (noise {noise:.0%})"


def _relative(phase: Told, kind: str) -> float:
    """How many one-query pages the page costs."""
    own = phase["pages"][kind].get(USUAL, {}).get("cpu_ms", 0.0)
    return float(own / phase["yardsticks"]["rows"]["cpu_ms"]) if own else 0.0


def _memory(before: Told, after: Told) -> Iterator[str]:
    for phase in ("cold", "warm"):
        old, new = (max(size[phase]["memory_mb"], default=0.0) for size in (before, after))
        if old and abs(new / old - 1) > 0.1:
            yield f"memory of a worker, {phase}: {old:.0f} → {new:.0f} MB"
