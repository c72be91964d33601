"""What this process has answered, as numbers for Prometheus: counters and a histogram."""

import os
from collections.abc import Iterator

from lib.counting import COUNTS, ENDS, Counts

_HEAD = "# HELP kongressatlas_{0} {1}\n# TYPE kongressatlas_{0} {2}\n"


def text(counts: Counts = COUNTS) -> str:
    return "".join(_lines(counts, os.getpid()))


def _lines(counts: Counts, process: int) -> Iterator[str]:
    yield _HEAD.format("shelf_answers_total", "Answers of the shelf before the framework begins.", "counter")
    yield f'kongressatlas_shelf_answers_total{{process="{process}"}} {counts.door}\n'
    yield _HEAD.format("answers_total", "All other answers, by page and kind of status.", "counter")
    for (view, status), number in sorted(counts.answers.items()):
        labels = f'process="{process}",view="{view}",status="{status}"'
        yield f"kongressatlas_answers_total{{{labels}}} {number}\n"
    yield _HEAD.format("answer_seconds", "How long they took to be made, by page.", "histogram")
    for view, durations in sorted(counts.durations.items()):
        labels, number = f'process="{process}",view="{view}"', 0
        for end, more in zip(ENDS, durations.ends, strict=True):
            number += more
            limit = "+Inf" if end == float("inf") else f"{end:g}"
            yield f'kongressatlas_answer_seconds_bucket{{{labels},le="{limit}"}} {number}\n'
        yield f"kongressatlas_answer_seconds_sum{{{labels}}} {durations.seconds:.6f}\n"
        yield f"kongressatlas_answer_seconds_count{{{labels}}} {number}\n"
