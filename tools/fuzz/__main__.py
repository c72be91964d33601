"""Asks a running site: `python -m tools.fuzz --site http://127.0.0.1:8000`, inside the environment."""

import argparse
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import django

from tools.fuzz.asking import Keys, Maker, Request
from tools.fuzz.judging import SLOWEST, curl, findings, keeps_waiting
from tools.fuzz.watched import all_parsers
from tools.fuzz.wire import Answer, Wire
from tools.terminal import say

THREADS = 4
# Seconds between two lines on how far it is.
EVERY = 10.0
MOST_SHOWN = 40


@dataclass
class Tally:
    """What has been seen by all threads together."""

    statuses: Counter[int] = field(default_factory=Counter)
    found: list[tuple[int, str, str]] = field(default_factory=list)
    slow: list[int] = field(default_factory=list)
    slowest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def asked(self) -> int:
        return sum(self.statuses.values())

    def note(self, number: int, answer: Answer, wrong: list[str], line: str) -> None:
        with self.lock:
            self.statuses[answer.status] += 1
            self.slowest = max(self.slowest, answer.seconds)
            if answer.seconds > SLOWEST:
                self.slow.append(number)
            for what in wrong:
                self.found.append((number, what, line))
                if len(self.found) <= MOST_SHOWN:
                    say(f"  {number}: {what}\n    {line}")


def main() -> int:
    options = read()
    django.setup()
    if options.watched:
        return all_parsers(options.watched)
    if options.parsers:
        return damage(options.requests, options.seed)
    from tools.fuzz.addresses import survey

    wanted, tally = options.first + options.requests, Tally()
    maker = Maker(survey(), options.seed, keys(options.site))
    numbers, begun = iter(range(options.first, wanted)), time.monotonic()
    workers = [
        threading.Thread(target=work, args=(options.site, maker, numbers, tally), daemon=True)
        for _ in range(THREADS)
    ]
    say(
        f"  {options.requests:,} requests with seed {options.seed}, {len(maker.ground.addresses)} addresses,"
        f" {len(maker.ground.parameters)} parameters"
    )
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        workers[0].join(EVERY)
        seconds = time.monotonic() - begun
        say(
            f"  {tally.asked:,} in {seconds:.0f} s ({tally.asked / seconds:.0f}/s),"
            f" {len(tally.found)} findings"
        )
        for worker in workers[1:]:
            worker.join(0 if workers[0].is_alive() else None)
    if is_short := tally.asked < options.requests:
        say(f"  only {tally.asked:,} of {options.requests:,} were asked")
    ask_again(options.site, maker, tally)
    return told(tally) or int(is_short)


def read() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000, help="how many (100,000)")
    parser.add_argument("--seed", type=int, default=1, help="another one asks other things (1)")
    parser.add_argument(
        "--first", type=int, default=0, help="number to begin with, to go on or to repeat one"
    )
    parser.add_argument(
        "--site", default="", help="a site that runs already, with the database of DATABASE_URL"
    )
    parser.add_argument("--parsers", action="store_true", help="damaged files and texts for parsers instead")
    parser.add_argument(
        "--watched", type=int, default=0, metavar="SECONDS",
        help="the same parsers, each for so long, by a fuzzer that sees which lines it reaches (atheris)",
    )  # fmt: skip
    return parser.parse_args()


def damage(count: int, seed: int) -> int:
    """So many inputs for each parser; of pictures, which take long, fewer."""
    from tools.fuzz.parsers import attack, parsers

    found = 0
    for name, parser in parsers().items():
        lines = list(attack(name, parser, count if parser.is_quick else count // 20 + 1, seed))
        found += len(lines)
        say(f"  {name}: {len(lines)} findings")
        for line in lines[:MOST_SHOWN]:
            say(f"    {line}")
    return 1 if found else 0


def work(site: str, maker: Maker, numbers: Iterator[int], tally: Tally) -> None:
    wire = wire_to(site)
    for number in numbers:
        request = maker.make(number)
        answer = wire.ask(request)
        try:
            wrong = list(findings(request, answer, site))
        except ValueError as error:
            wrong = [f"cannot be judged: {error}"]
        tally.note(number, answer, wrong, curl(request, site) if wrong else "")
    wire.close()


def ask_again(site: str, maker: Maker, tally: Tally) -> None:
    """Whoever was slow, once more and alone: was it the request, or what else the machine had to do?"""
    slow, tally.slow = tally.slow, []
    wire = wire_to(site)
    for number in slow:
        request = maker.make(number)
        if keeps_waiting(request):
            continue
        answer = wire.ask(request)
        wrong = [f"takes {answer.seconds:.1f} s"] if answer.seconds > SLOWEST else []
        tally.note(number, answer, wrong, curl(request, site) if wrong else "")
    wire.close()


def wire_to(site: str) -> Wire:
    parts = urlsplit(site)
    return Wire(str(parts.hostname), parts.port or 80)


def keys(site: str) -> Keys:
    """What forms need that they are taken, from the forms themselves."""
    wire = wire_to(site)
    form, sign_in = (wire.ask(Request("GET", path)) for path in (b"/barriere-melden/", b"/admin/login/"))
    wire.close()
    token = re.search(rb'name="token" value="([^"]+)"', form.body)
    csrf = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', sign_in.body)
    cookie = sign_in.header("Set-Cookie").partition(";")[0]
    return Keys(token[1].decode() if token else "", cookie.strip(), csrf[1].decode() if csrf else "")


def told(tally: Tally) -> int:
    """Prints the sum; the exit status is 1 where something was found."""
    say("\n  status   answers")
    for status, count in sorted(tally.statuses.items()):
        say(f"  {status or '—':>6} {count:>9,}")
    say(f"\n  slowest answer {tally.slowest:.1f} s, {len(tally.slow)} of them slow when asked again, too")
    say(f"  {len(tally.found)} findings")
    for what, count in Counter(re.sub(r"[\d.]+ s", "long", what) for _n, what, _line in tally.found).items():
        say(f"    {count} × {what}")
    return 1 if tally.found else 0


if __name__ == "__main__":
    sys.exit(main())
