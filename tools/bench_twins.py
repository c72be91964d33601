"""How many planted duplicates are found, how many suspicions are false, and what looking for them takes."""

import argparse
import time
from importlib import import_module
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from curation.duplicates import suspects
from curation.duplicates.kinds import KINDS
from tools import bench_crowd

# The same that the tests plant; tests have no types.
planting: Any = import_module("tests.curation.planting")
GARDENS = {"to work with": planting.TUNING, "held out": planting.HELD_OUT}


def main(arguments: list[str]) -> int:
    """Prints a row for each garden of tricks and seed; with --events, times among so many invented events."""
    parser = argparse.ArgumentParser(prog="dev.py bench twins", description=__doc__)
    parser.add_argument("--seeds", type=int, default=2, help="so many plantings of each garden")
    parser.add_argument("--events", type=int, help="measure times among so many events")
    options = parser.parse_args(arguments)
    if options.events:
        return _time(options.events)
    planting.load()
    suspects.refresh_all()
    print(f"{'tricks':14} {'seed':>4} {'found':>7} {'false':>7} {'seconds':>8}   missed")
    reached = True
    for name, garden in GARDENS.items():
        for seed in range(1, options.seeds + 1):
            reached = _row(name, seed, garden) and reached
    return 0 if reached else 1


def _row(name: str, seed: int, garden: object) -> bool:
    with transaction.atomic():
        planted = planting.plant(seed, garden)
        began = time.perf_counter()
        told = planting.harvest(planted)
        took = time.perf_counter() - began
        transaction.set_rollback(True)
    # What is held out stays unseen: only how much was missed.
    missed = ", ".join(sorted(f"{one.noun} {one.trick}" for one in told.missed))
    shown = missed if name != "held out" else str(len(told.missed))
    print(f"{name:14} {seed:4} {told.found:7.1%} {told.wrong:7.1%} {took:8.1f}   {shown}", flush=True)
    return told.found >= 0.95 and told.wrong <= 0.05


def _time(events: int) -> int:
    planting.load()
    bench_crowd.fill(events, timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{'kind':14} {'entries':>8} {'ms each':>8} {'worst':>8}")
    for noun, kind in KINDS.items():
        keys = list(kind.model.objects.order_by("?").values_list("pk", flat=True)[:200])
        took = [_one(noun, key) for key in keys]
        if took:
            each, worst = sum(took) / len(took), max(took)
            print(f"{noun:14} {kind.model.objects.count():8} {each:8.1f} {worst:8.1f}", flush=True)
    return 0


def _one(noun: str, key: int) -> float:
    """Milliseconds for the hint beside one entry, its facts included."""
    began = time.perf_counter()
    suspects.alike(noun, KINDS[noun].facts([key]))
    return (time.perf_counter() - began) * 1000
