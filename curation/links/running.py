"""One run of the link check: which addresses are due, many hosts at a time, each result kept at once."""

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Empty, Queue
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from curation.links.asking import Host, ask_all
from curation.links.judging import Outcome, Record, judged
from curation.links.uses import collect
from curation.models import Link, LinkCheck
from curation.models.links import LinkState
from lib.outgoing import Outgoing
from lib.sessions import must_last

# Any number, the same in every process.
_CHECKING = 7_303_021
HOSTS_AT_A_TIME = 8
# How long the outcomes of single checks are kept.
KEPT = dt.timedelta(days=400)
Progress = Callable[[int, int], None]


class UnderWay(Exception):
    """Another process is checking links."""


@dataclass
class Told:
    """What a run did: addresses taken in, let go, asked; how many came out in which state."""

    new: int = 0
    gone: int = 0
    asked: int = 0
    due: int = 0
    states: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def agent() -> str:
    """Who asks, with an address for whoever wonders (RFC 9110 §10.1.5)."""
    return f"kongressatlas-links/1.0 (+{settings.SITE_URL})"


def check(
    *,
    most: int = 500,
    seconds: float = 600.0,
    make_host: Callable[[], Host] | None = None,
    progress: Progress = lambda done, total: None,
    at: dt.datetime | None = None,
) -> Told:
    """Asks what is due, at most so many addresses and so long; raises `UnderWay`.

    What was asked is kept, whatever happens afterwards: the next run goes on with the rest.
    """
    with _alone():
        told = Told(*collect())
        links = {link.url: link for link in Link.objects.due(at)[:most]}
        told.due = len(links)
        deadline = time.monotonic() + seconds
        for url, outcome in _asked(list(links), make_host or _host, lambda: time.monotonic() < deadline):
            keep(links[url], outcome, at or timezone.now())
            told.asked += 1
            told.states[links[url].state] += 1
            progress(told.asked, told.due)
        LinkCheck.objects.filter(at__lt=(at or timezone.now()) - KEPT).delete()
        return told


@transaction.atomic
def keep(link: Link, outcome: Outcome, at: dt.datetime) -> None:
    """Notes what came of asking the address once, and what that makes of it."""
    before = Record(LinkState(link.state), link.failed_days, link.failed_on, link.failing_since)
    after = judged(before, outcome, at, dt.timedelta(days=settings.LINK_CHECK_DAYS))
    target = outcome.target if outcome.target != link.url else ""
    link.state, link.due_at = after.state, after.due_at or at
    link.failed_days, link.failed_on = after.failed_days, after.failed_on
    link.failing_since = after.failing_since
    link.status, link.target, link.checked_at = outcome.status, target, at
    link.save()
    LinkCheck.objects.create(
        link=link,
        at=at,
        state=outcome.state,
        status=outcome.status,
        milliseconds=outcome.milliseconds,
        target=target,
    )


def _host() -> Host:
    return Host(Outgoing(agent()), agent())


def _asked(
    urls: list[str], make_host: Callable[[], Host], has_time: Callable[[], bool]
) -> Iterator[tuple[str, Outcome]]:
    """Outcomes as they come. A host has one thread, which asks it one thing after the other."""
    by_host = defaultdict(list)
    for url in urls:
        by_host[urlsplit(url).hostname].append(url)
    told: Queue[tuple[str, Outcome]] = Queue()
    stopped = False

    def one_host(mine: list[str]) -> None:
        for result in ask_all(make_host(), mine, lambda: has_time() and not stopped):
            told.put(result)

    with ThreadPoolExecutor(HOSTS_AT_A_TIME, thread_name_prefix="links") as pool:
        running = [pool.submit(one_host, mine) for mine in by_host.values()]
        try:
            while not all(one.done() for one in running) or not told.empty():
                try:
                    yield told.get(timeout=0.1)
                except Empty:
                    continue
            for one in running:
                one.result()
        finally:
            stopped = True


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else checks links meanwhile. Ends with the session at the latest."""
    must_last()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_CHECKING])
        if not cursor.fetchone()[0]:
            raise UnderWay
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_CHECKING])
