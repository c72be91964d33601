"""How well and how quickly the search finds: the judged questions of data/search/ on the real catalogue."""

import argparse
import json

from django.core.management import call_command
from django.utils import timezone

from index.rebuilding import rebuild
from index.refresh import refresh_all
from search.judging import asking, report
from tools import bench_crowd, bench_questions


def main(arguments: list[str]) -> int:
    """Prints a table for the questions to work on, with what fell short, and one for those held out.

    The latter are named only on request: whoever improves the search must not look at them. With --events it
    measures times instead, among so many invented events beside the real ones.
    """
    parser = argparse.ArgumentParser(prog="dev.py bench search", description=__doc__)
    parser.add_argument("--show-held-out", action="store_true", help="name what fell short there, too")
    parser.add_argument("--events", type=int, help="measure times among so many events")
    options = parser.parse_args(arguments)
    call_command("load_catalogue", verbosity=0)
    refresh_all()
    if options.events:
        return _time(options.events)
    reached = True
    for name in (asking.TUNING, asking.HELD_OUT):
        measured = asking.measured(name)
        print(f"\n== {name}\n" + "\n".join(report.table(measured)))
        if name == asking.TUNING or options.show_held_out:
            print("\nWhat fell short:\n" + "\n".join(report.misses(measured)))
        reached = reached and all(score >= report.BARS[what] for what, score in measured.scores().items())
    return 0 if reached else 1


def _time(events: int) -> int:
    bench_crowd.fill(events, timezone.localdate())
    print(f"{rebuild()} entries, of which {events} invented events", flush=True)
    questions = json.loads((asking.FOLDER / "search" / asking.TUNING).read_text(encoding="utf-8"))["queries"]
    print("\n".join(bench_questions.measure([one["query"] for one in questions])))
    return 0
