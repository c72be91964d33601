"""What an answer says of an address, and when to ask again. Pure: no database, no clock, no network.

An address is dead only after it has failed on several days: servers have bad days, and editors little time.
"""

import datetime as dt
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from curation.models.links import LinkState
from lib.outgoing import Answer

# Different days of failure in a row, until an address counts as dead.
DAYS_UNTIL_DEAD = 3
# The site is there, but does not talk to programs, or not now: nothing follows for people.
_UNWILLING = {401, 402, 403, 406, 407, 408, 425, 429, 451, 503, 999}
LONGEST = 500
_FAILURES = {LinkState.FAILING, LinkState.TIMEOUT, LinkState.REFUSED}


@dataclass(frozen=True)
class Outcome:
    """What came of asking once. `retry_after` is what the server asked for, if it did."""

    state: LinkState
    status: int | None = None
    target: str = ""
    milliseconds: int | None = None
    retry_after: dt.timedelta | None = None

    @property
    def failed(self) -> bool:
        return self.state in _FAILURES


@dataclass(frozen=True)
class Record:
    """What is kept of an address between two times."""

    state: LinkState
    failed_days: int = 0
    failed_on: dt.date | None = None
    failing_since: dt.datetime | None = None
    due_at: dt.datetime | None = None


def outcome_of(url: str, answer: Answer, milliseconds: int) -> Outcome:
    if answer.status in _UNWILLING or answer.status in range(100, 200):
        return Outcome(LinkState.UNKNOWN, answer.status, "", milliseconds, _retry_after(answer))
    if answer.status >= 300:
        return Outcome(LinkState.FAILING, answer.status, "", milliseconds)
    if answer.url == url:
        return Outcome(LinkState.OK, answer.status, "", milliseconds)
    target = answer.url if answer.is_moved_for_good and is_worth_taking(url, answer.url) else ""
    return Outcome(LinkState.REDIRECTED, answer.status, target, milliseconds)


def is_worth_taking(url: str, target: str) -> bool:
    """Whether the new address says as much as the old one: a page sent to a start page has gone."""
    old, new = urlsplit(url), urlsplit(target)
    if (
        len(target) > LONGEST
        or new.scheme not in ("http", "https")
        or (old.scheme, new.scheme) == ("https", "http")
    ):
        return False
    was_deep, is_deep = old.path.strip("/") or old.query, new.path.strip("/") or new.query
    return bool(is_deep) or not was_deep


def judged(before: Record, outcome: Outcome, at: dt.datetime, every: dt.timedelta) -> Record:
    """The record after one more time; `every` is the time between two looks at an address in order."""
    if outcome.failed:
        today = at.date()
        days = before.failed_days + (before.failed_on != today)
        failing = replace(
            before,
            failed_days=days,
            failed_on=today,
            failing_since=before.failing_since or at,
            state=LinkState.DEAD if days >= DAYS_UNTIL_DEAD else outcome.state,
        )
        return replace(failing, due_at=at + _patience(days, every))
    if outcome.state == LinkState.UNKNOWN and before.failed_days:
        # Neither better nor worse: what was failing goes on doing so.
        return replace(before, due_at=at + _wait(outcome, every))
    return Record(outcome.state, due_at=at + _wait(outcome, every))


def _wait(outcome: Outcome, every: dt.timedelta) -> dt.timedelta:
    if outcome.state == LinkState.UNKNOWN:
        return max(every / 4, outcome.retry_after or dt.timedelta())
    return every * 2 if outcome.state == LinkState.ROBOTS else every


def _patience(days: int, every: dt.timedelta) -> dt.timedelta:
    """The next day until the verdict, then ever more seldom."""
    return min(dt.timedelta(days=2 ** min(max(0, days - DAYS_UNTIL_DEAD), 10)), every * 2)


def _retry_after(answer: Answer) -> dt.timedelta | None:
    """Seconds alone (RFC 9110 §10.2.3); a date is rare and is not worth reading."""
    text = answer.headers.get("retry-after", "")
    return dt.timedelta(seconds=min(int(text), 30 * 86_400)) if text.isascii() and text.isdecimal() else None
