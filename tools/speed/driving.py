"""Load: a number of connections that ask one address after the other, by wrk where it is installed."""

import json
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

_SCRIPT = r"""
local wanted, asked = {}, 0
function init(arguments)
  for line in io.lines(arguments[1]) do wanted[#wanted + 1] = wrk.format("GET", line) end
  asked = tonumber(arguments[2])
end
function request() asked = asked + 1; return wanted[asked % #wanted + 1] end
function done(summary, latency, requests)
  local failed = summary.errors
  local told = '{"requests": %d, "seconds": %f, "bytes": %d, "errors": %d, "p50": %f, "p95": %f, "p99": %f}'
  io.write("\n", string.format(told, summary.requests, summary.duration / 1e6, summary.bytes,
    failed.connect + failed.read + failed.write + failed.status + failed.timeout,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3), "\n")
end
"""


@dataclass
class Load:
    """What one run told: `p…` are milliseconds, `errors` answers of 400 and more and broken connections."""

    requests: int
    seconds: float
    bytes: int
    p50: float
    p95: float
    p99: float
    errors: int

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds if self.seconds else 0.0


def generator() -> str:
    """Who makes the load."""
    if not (wrk := shutil.which("wrk")):
        return "threads of Python (install wrk for less of our own cost)"
    told = subprocess.run([wrk, "-v"], capture_output=True, text=True, check=False).stdout
    return " ".join(told.split()[:2])


def drive(
    port: int,
    paths: Sequence[str],
    connections: int,
    seconds: int,
    headers: dict[str, str],
    *,
    start: int = 0,
) -> Load:
    """`start` is where in the paths to begin, so that the next run asks others first."""
    if shutil.which("wrk"):
        return _wrk(port, paths, connections, seconds, headers, start)
    return _threads(port, paths, connections, seconds, headers, start)


def _wrk(
    port: int, paths: Sequence[str], connections: int, seconds: float, headers: dict[str, str], start: int
) -> Load:
    with tempfile.TemporaryDirectory() as folder:
        script, listed = Path(folder, "ask.lua"), Path(folder, "paths")
        script.write_text(_SCRIPT)
        listed.write_text("".join(f"{path}\n" for path in paths))
        command = [
            "wrk",
            "-t",
            "1",
            "-c",
            str(connections),
            "-d",
            f"{max(1, round(seconds))}s",
            "--timeout",
            "30s",
        ]
        for name, value in headers.items():
            command += ["-H", f"{name}: {value}"]
        command += ["-s", str(script), f"http://127.0.0.1:{port}", "--", str(listed), str(start)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Load(**json.loads(done.stdout.strip().splitlines()[-1]))


def _threads(
    port: int, paths: Sequence[str], connections: int, seconds: float, headers: dict[str, str], start: int
) -> Load:
    told: list[tuple[float, int, bool]] = []
    until = time.perf_counter() + seconds

    def ask(first: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        for number in range(first, first + 10_000_000, connections):
            begun = time.perf_counter()
            if begun > until:
                break
            try:
                connection.request("GET", paths[number % len(paths)], headers=headers)
                answer = connection.getresponse()
                size, is_error = len(answer.read()), answer.status >= 400
            except (OSError, HTTPException):
                connection.close()
                size, is_error = 0, True
            told.append((1000 * (time.perf_counter() - begun), size, is_error))
        connection.close()

    threads = [threading.Thread(target=ask, args=(start + n,)) for n in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = sorted(one[0] for one in told) or [0.0]
    p50, p95, p99 = (times[min(len(times) - 1, int(part * len(times)))] for part in (0.5, 0.95, 0.99))
    size, errors = sum(one[1] for one in told), sum(one[2] for one in told)
    return Load(len(told), float(seconds), size, p50, p95, p99, errors)
