"""Sends requests as they are, byte by byte: no client would send what is to be tried here."""

import http.client
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tools.fuzz.asking import Request

# Seconds after which an answer counts as missing.
PATIENCE = 30.0
# Of longer answers the rest is read and forgotten.
KEPT = 2_000_000


@dataclass(frozen=True)
class Answer:
    """`status` is 0 where none came; `seconds` from the first byte sent to the last one read."""

    status: int
    seconds: float
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str:
        """All values of it, separated by commas; empty where it is not there."""
        return ", ".join(told for one, told in self.headers if one.lower() == name.lower())


class Wire:
    """A connection that is opened anew where the server has closed it."""

    def __init__(self, host: str, port: int, patience: float = PATIENCE) -> None:
        self.host, self.port, self.patience = host, port, patience
        self._socket: socket.socket | None = None

    def ask(self, request: Request) -> Answer:
        """The answer; one without a status where none comes on a fresh connection either."""
        for is_fresh in (self._socket is None, True):
            if is_fresh:
                self.close()
            begun = time.monotonic()
            try:
                return self._asked(request, begun)
            except TimeoutError:
                self.close()
                return Answer(0, time.monotonic() - begun)
            except (OSError, http.client.HTTPException):
                self.close()
                if is_fresh:
                    break
        return Answer(0, time.monotonic() - begun)

    def _asked(self, request: Request, begun: float) -> Answer:
        connected = self._connected()
        # Refused before all of it was sent: the answer may be there already.
        with suppress(OSError):
            connected.sendall(self.written(request))
        response: Any = http.client.HTTPResponse(connected, method=request.method.upper())
        try:
            response.begin()
            body = response.read(KEPT)
            while response.read(KEPT):
                pass
            answer = Answer(response.status, time.monotonic() - begun, response.getheaders(), body)
            if response.will_close or _disagrees(request):
                self.close()
        finally:
            response.close()
        return answer

    def written(self, request: Request) -> bytes:
        """What goes over the wire."""
        names = {name for name, _told in request.headers}
        headers = list(request.headers)
        if "Host" not in names:
            headers.insert(0, ("Host", f"{self.host}:{self.port}".encode()))
        if request.body and not names & {"Content-Length", "Transfer-Encoding"}:
            headers.append(("Content-Length", str(len(request.body)).encode()))
        lines = [f"{request.method} ".encode() + request.target + b" HTTP/1.1"]
        lines += [name.encode() + b": " + told for name, told in headers]
        return b"\r\n".join([*lines, b"", request.body])

    def _connected(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection((self.host, self.port), timeout=self.patience)
        return self._socket

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def _disagrees(request: Request) -> bool:
    """Whether the two sides may differ on where the request ends: then what follows would be misread."""
    return any(name in ("Content-Length", "Transfer-Encoding", "Expect") for name, _told in request.headers)
