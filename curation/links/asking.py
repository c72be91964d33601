"""Asking one address, and the addresses of one host one after the other. No database here."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from curation.links.judging import Outcome, outcome_of
from curation.models.links import LinkState
from lib.outgoing import Answer, Failed, Outgoing, Refused

# Seconds between two requests to one host; a host may ask for more, up to the most.
PAUSE, MOST_PAUSE = 2.0, 30.0
# Servers that answer HEAD otherwise than GET are asked again, for the first bytes (RFC 9110 §9.3.2, §14.2).
_ONLY_ENOUGH = {"Range": "bytes=0-4095"}
_STATES = {"timeout": LinkState.TIMEOUT, "redirects": LinkState.FAILING, "nonsense": LinkState.FAILING}
Sleep = Callable[[float], None]


class _Kept(Exception):
    """The host keeps us from asking."""

    def __init__(self, state: LinkState) -> None:
        super().__init__(state)
        self.state = state


@dataclass
class Host:
    """One host, asked one thing at a time, as often and as far as it allows (RFC 9309)."""

    outgoing: Outgoing
    agent: str
    sleep: Sleep = time.sleep
    pause: float = PAUSE
    robots: dict[str, RobotFileParser | LinkState] = field(default_factory=dict)
    _asked_at: float | None = None

    def ask(self, url: str) -> Outcome:
        """What came of asking the address; network trouble is an outcome, never an exception."""
        begun = time.monotonic()
        try:
            answer = self._head_or_get(url)
        except _Kept as kept:
            return Outcome(kept.state)
        except Refused:
            # What we never ask, an entry should not lead to either.
            return Outcome(LinkState.REFUSED)
        except Failed as failure:
            return Outcome(_STATES.get(failure.reason, LinkState.REFUSED))
        return outcome_of(url, answer, round(1000 * (time.monotonic() - begun)))

    def _head_or_get(self, url: str) -> Answer:
        try:
            answer = self._take_turn(url, "HEAD")
        except Failed as failure:
            if failure.reason not in ("nonsense", "connection", "timeout"):
                raise
        else:
            if answer.status < 400:
                return answer
        return self._take_turn(url, "GET")

    def _take_turn(self, url: str, method: str) -> Answer:
        headers = _ONLY_ENOUGH if method == "GET" else {}
        self._permit(url)
        if self._asked_at is not None:
            self.sleep(max(0.0, self._asked_at + self.pause - time.monotonic()))
        try:
            answer = self.outgoing.follow(url, method, headers, self._permit)
        finally:
            self._asked_at = time.monotonic()
        # An address shorter than the part that was asked for is there all the same.
        is_part = answer.status in (206, 416)
        return replace(answer, status=200) if is_part else answer

    def _permit(self, url: str) -> None:
        """Raises `_Kept` where the host's rules, read once, keep programs out; redirects are no way round."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self.robots:
            self.robots[origin] = self._read_rules(origin)
        rules = self.robots[origin]
        if isinstance(rules, LinkState):
            raise _Kept(rules)
        if not rules.can_fetch(self.agent, url):
            raise _Kept(LinkState.ROBOTS)

    def _read_rules(self, origin: str) -> RobotFileParser | LinkState:
        rules = RobotFileParser()
        try:
            answer = self._robots_txt(origin)
        except Failed as failure:
            return _STATES.get(failure.reason, LinkState.REFUSED)
        if answer.status >= 500:
            return LinkState.ROBOTS
        rules.parse(answer.body.decode(errors="replace").splitlines() if answer.status == 200 else [])
        delay = rules.crawl_delay(self.agent)
        self.pause = min(max(self.pause, float(delay or 0)), MOST_PAUSE)
        return rules

    def _robots_txt(self, origin: str) -> Answer:
        answer = self.outgoing.follow(f"{origin}/robots.txt")
        self._asked_at = time.monotonic()
        return answer


def ask_all(host: Host, urls: list[str], may_go_on: Callable[[], bool]) -> Iterator[tuple[str, Outcome]]:
    """One after the other, as long as there is time."""
    for url in urls:
        if not may_go_on():
            return
        yield url, host.ask(url)
