"""How well the search finds: the judged questions of data/search/ on the real catalogue."""

import argparse

from django.core.management import call_command

from index.refresh import refresh_all
from search.judging import asking, report


def main(arguments: list[str]) -> int:
    """Prints a table for the questions to work on, with what fell short, and one for those held out.

    The latter are named only on request: whoever improves the search must not look at them.
    """
    parser = argparse.ArgumentParser(prog="dev.py bench search", description=__doc__)
    parser.add_argument("--show-held-out", action="store_true", help="name what fell short there, too")
    options = parser.parse_args(arguments)
    call_command("load_catalogue", verbosity=0)
    refresh_all()
    reached = True
    for name in (asking.TUNING, asking.HELD_OUT):
        measured = asking.measured(name)
        print(f"\n== {name}\n" + "\n".join(report.table(measured)))
        if name == asking.TUNING or options.show_held_out:
            print("\nWhat fell short:\n" + "\n".join(report.misses(measured)))
        reached = reached and all(score >= report.BARS[what] for what, score in measured.scores().items())
    return 0 if reached else 1
