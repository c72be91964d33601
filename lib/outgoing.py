"""The one way in which the server asks addresses of others: public ones only, within limits.

Whoever can make the server ask an address could otherwise make it ask what only the server can reach. So the
name is resolved once, each address it has is looked at, and the connection goes to the very address that was
looked at: a name that changes its address in between gains nothing. Redirects are followed by hand, hop by
hop. No proxy, no cookie, no credentials.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from lib.public_addresses import is_public

PORTS = {"http": 80, "https": 443}
REDIRECTS = (301, 302, 303, 307, 308)
PERMANENT = (301, 308)
# What an answer may bring before its body begins.
MOST_HEADER_BYTES = 64 * 1024
LONGEST_ADDRESS = 2_000
# A name may have many addresses; one that answers is enough.
MOST_ADDRESSES = 4

Resolve = Callable[[str, int], list[str]]


class Refused(Exception):
    """An address that is never asked. `reason` is "address", "private" or "port"."""

    def __init__(self, reason: str, url: str) -> None:
        super().__init__(f"{reason}: {url}")
        self.reason = reason


class Failed(Exception):
    """No answer. `reason` is "name", "connection", "tls", "timeout", "nonsense" or "redirects"."""

    def __init__(self, reason: str, url: str) -> None:
        super().__init__(f"{reason}: {url}")
        self.reason = reason


@dataclass(frozen=True)
class Limits:
    """Of one request: seconds in all, bytes of the body that are read (the rest is left), redirects."""

    seconds: float = 10.0
    body: int = 16 * 1024
    redirects: int = 5


@dataclass(frozen=True)
class Answer:
    """`hops` are the redirects on the way, as (address, status); header names are in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    hops: tuple[tuple[str, int], ...] = ()

    @property
    def is_moved_for_good(self) -> bool:
        """Whether every hop said that the new address is the one to use from now on (RFC 9110 §15.4)."""
        return bool(self.hops) and all(status in PERMANENT for _url, status in self.hops)


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses of a name as the machine knows them, IPv4 first: more networks reach it."""
    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    found = list(dict.fromkeys(str(row[4][0]) for row in rows))
    return sorted(found, key=lambda address: ":" in address)


def split(url: str) -> SplitResult:
    """The parts of an address that may be asked; raises `Refused`."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        raise Refused("address", url) from None
    plain = len(url) <= LONGEST_ADDRESS and url.isprintable() and " " not in parts.netloc
    if parts.scheme not in PORTS or not host or not plain or parts.username is not None:
        raise Refused("address", url)
    shown = f"[{host}]" if ":" in host else host
    is_usual = port is None or port == PORTS[parts.scheme]
    return parts._replace(netloc=shown if is_usual else f"{shown}:{port}", fragment="")


@dataclass(frozen=True)
class Outgoing:
    """Who asks, and how patiently.

    `trusted` are (address, port) pairs that are asked although they are not public: for tests alone, which
    talk to a server of their own.
    """

    agent: str
    limits: Limits = field(default_factory=Limits)
    resolve: Resolve = system_resolve
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    trusted: frozenset[tuple[str, int]] = frozenset()

    def follow(
        self,
        url: str,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        before: Callable[[str], None] = lambda url: None,
    ) -> Answer:
        """The answer at the end of all redirects. Raises `Refused` or `Failed`, and what `before` raises.

        `before` hears of each address that is about to be asked.
        """
        deadline = time.monotonic() + self.limits.seconds
        hops: list[tuple[str, int]] = []
        while True:
            before(url)
            answer = self._ask(url, method, headers or {}, deadline)
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or not target:
                return Answer(answer.url, answer.status, answer.headers, answer.body, tuple(hops))
            hops.append((url, answer.status))
            following = urljoin(url, target.strip())
            if len(hops) > self.limits.redirects or following in dict(hops):
                raise Failed("redirects", url)
            url = following

    def _ask(self, url: str, method: str, headers: Mapping[str, str], deadline: float) -> Answer:
        """One request, no redirect followed."""
        parts = split(url)
        try:
            connected = self._connected(parts, url, deadline)
        except TimeoutError:
            raise Failed("timeout", url) from None
        try:
            told = {"Host": parts.netloc, **self._usual_headers(), **headers}
            return self._exchange(url, method, _path(parts), told, _Watched(connected, deadline, self._most))
        except TimeoutError:
            raise Failed("timeout", url) from None
        except (http.client.HTTPException, ValueError):
            raise Failed("nonsense", url) from None
        except OSError:
            raise Failed("connection", url) from None
        finally:
            connected.close()

    def _exchange(
        self, url: str, method: str, path: str, headers: Mapping[str, str], sock: "_Watched"
    ) -> Answer:
        connection = http.client.HTTPConnection("ignored")
        connection.sock = sock
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read(self.limits.body) if method != "HEAD" else b""
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(url, response.status, found, body)

    @property
    def _most(self) -> int:
        return MOST_HEADER_BYTES + self.limits.body

    def _usual_headers(self) -> dict[str, str]:
        wanted = "text/html,application/xhtml+xml,*/*;q=0.5"
        return {
            "User-Agent": self.agent,
            "Accept": wanted,
            "Accept-Encoding": "identity",
            "Connection": "close",
        }

    def _addresses(self, host: str, port: int, url: str, deadline: float) -> list[str]:
        """Those of the host, all of them public; one that is not spoils the others."""
        try:
            found = _within(deadline, self.resolve, host, port)
        except TimeoutError:
            raise
        except (OSError, UnicodeError):
            raise Failed("name", url) from None
        if not found:
            raise Failed("name", url)
        trusted = all((address, port) in self.trusted for address in found)
        if not trusted and not all(map(is_public, found)):
            raise Refused("private", url)
        if not trusted and port not in PORTS.values():
            raise Refused("port", url)
        return found[:MOST_ADDRESSES]

    def _connected(self, parts: SplitResult, url: str, deadline: float) -> socket.socket:
        """A connection to the first of the host's addresses that answers: to these very addresses."""
        host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
        for address in self._addresses(host, port, url, deadline):
            try:
                plain = socket.create_connection((address, port), timeout=_left(deadline))
            except TimeoutError:
                raise
            except OSError:
                continue
            return self._secured(plain, host, url, deadline) if parts.scheme == "https" else plain
        raise Failed("connection", url)

    def _secured(self, plain: socket.socket, host: str, url: str, deadline: float) -> socket.socket:
        """The handshake names the host and checks its certificate, whatever address was connected to."""
        try:
            plain.settimeout(_left(deadline))
            return self.tls.wrap_socket(plain, server_hostname=host)
        except TimeoutError:
            plain.close()
            raise
        except (OSError, ValueError):
            plain.close()
            raise Failed("tls", url) from None


def _path(parts: SplitResult) -> str:
    """What is asked for; letters of other languages are written as browsers write them."""
    path = quote(parts._replace(scheme="", netloc="").geturl(), safe="/?#[]@!$&'()*+,;=%:~")
    return path if path.startswith("/") else f"/{path}"


def _left(deadline: float) -> float:
    """Seconds until the deadline; raises `TimeoutError` when it has passed."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _within(deadline: float, resolve: Resolve, host: str, port: int) -> list[str]:
    """The resolver's answer; a resolver that hangs is left behind, since nothing can interrupt it."""
    told: list[Any] = []

    def run() -> None:
        try:
            told.append(resolve(host, port))
        except Exception as error:
            told.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(_left(deadline))
    if not told:
        raise TimeoutError
    if isinstance(told[0], Exception):
        raise told[0]
    return list(told[0])


class _Watched:
    """A socket as `http.client` uses it, with a deadline and a limit for all that is read from it.

    A time-out of the socket alone begins anew with each byte, so that a slow sender could hold us for ever.
    """

    def __init__(self, connected: socket.socket, deadline: float, most: int) -> None:
        self.connected, self.deadline, self.left = connected, deadline, most

    def read_into(self, buffer: memoryview) -> int:
        if self.left <= 0:
            raise http.client.HTTPException("more than anybody wants to read")
        self.connected.settimeout(_left(self.deadline))
        count = self.connected.recv_into(buffer[: self.left])
        self.left -= count
        return count

    def sendall(self, data: bytes) -> None:
        self.connected.settimeout(_left(self.deadline))
        self.connected.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self))

    def close(self) -> None:
        """`http.client` closes before it reads; whoever connected closes in the end."""


class _Reader(io.RawIOBase):
    def __init__(self, watched: _Watched) -> None:
        self.watched = watched

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self.watched.read_into(memoryview(buffer))
