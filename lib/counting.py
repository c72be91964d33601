"""What this process has answered since it began, counted for monitoring; every process counts for itself."""

import threading
from collections import Counter
from dataclasses import dataclass, field

# Upper ends in seconds, as monitoring compares them: the last one is beyond any limit.
ENDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, float("inf"))


@dataclass
class Durations:
    """How many answers took at most so long; `ends` like ENDS, not added up."""

    ends: list[int] = field(default_factory=lambda: [0] * len(ENDS))
    seconds: float = 0.0

    def note(self, seconds: float) -> None:
        self.ends[next(place for place, end in enumerate(ENDS) if seconds <= end)] += 1
        self.seconds += seconds


class Counts:
    """`door` are answers from the shelf, before the framework begins: they are counted in passing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.door = 0
        self.answers: Counter[tuple[str, str]] = Counter()
        self.durations: dict[str, Durations] = {}

    def note(self, view: str, status: int, seconds: float) -> None:
        with self._lock:
            self.answers[view, f"{status // 100}xx"] += 1
            self.durations.setdefault(view, Durations()).note(seconds)


COUNTS = Counts()
