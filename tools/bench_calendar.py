"""The calendar of all events: events a second, first byte, memory, and what an unchanged one costs."""

import argparse
import statistics
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from tools import bench_events

ADDRESS = "/veranstaltungen.ics?when=all"


def bare(request: HttpRequest) -> HttpResponse:
    """What Django itself costs: the yardstick."""
    return HttpResponse("ok")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench calendar", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000, help="how many (10000)")
    parser.add_argument("--address", default=ADDRESS, help=f"the list to ask for ({ADDRESS})")
    options = parser.parse_args(arguments)
    print("  events   seconds  events/s processor  first byte  peak memory  not modified", flush=True)
    for events in (max(1, options.events // 10), options.events):
        bench_events.fill(events)
        tell(events, options.address)
        bench_events.clear()
    with override_settings(ROOT_URLCONF=_Addresses):
        client = Client()
        print(f"a bare view: {median(lambda: client.get('/bare/')) * 1000:.2f} ms")
    return 0


class _Addresses:
    urlpatterns = [path("bare/", bare)]


def tell(events: int, address: str) -> None:
    """One line of the table: the best of three whole calendars, the median of the unchanged ones."""
    client = Client()
    client.get("/healthz")  # the first request loads the middleware
    runs = [ask(client, address) for _ in range(3)]
    first, whole, busy, tag = min(runs, key=lambda run: run[1])
    tracemalloc.start()
    ask(client, address)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    unchanged = median(lambda: client.get(address, headers={"if-none-match": tag}))
    print(
        f"{events:>8} {whole:>9.2f} {events / whole:>9.0f} {busy:>9.2f} {first * 1000:>8.0f} ms"
        f" {peak / 1_000_000:>9.1f} MB {unchanged * 1000:>10.2f} ms",
        flush=True,
    )


def ask(client: Client, address: str) -> tuple[float, float, float, str]:
    """(seconds to the first byte, to the last, of our processor, ETag) of the list, through all of Django."""
    start, busy = time.perf_counter(), time.process_time()
    response: Any = client.get(address)
    assert response.status_code == 200, response.content
    pieces = iter(response.streaming_content if response.streaming else [response.content])
    next(pieces)
    first = time.perf_counter() - start
    for _piece in pieces:
        pass
    whole = time.perf_counter() - start
    return first, whole, time.process_time() - busy, response.headers.get("ETag", "")


def median(ask_once: Callable[[], object]) -> float:
    """Seconds of the middle one of fifty, or of as many as two seconds hold; a first one warms up."""
    seconds: list[float] = []
    ask_once()
    while len(seconds) < 50 and sum(seconds) < 2:
        start = time.perf_counter()
        ask_once()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)
