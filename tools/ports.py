"""Is the port free, and if not, who has it? Which one is, and does somebody listen there by now?"""

import errno
import socket
import time
from pathlib import Path

from tools.terminal import Problem

LISTENING = "0A"


def must_be_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As the server does: connections of a former run that linger do no harm.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise problem(host, port, error) from None


def free_port(host: str = "127.0.0.1") -> int:
    """One that nobody has now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(port: int, seconds: float) -> None:
    """Until somebody of this machine listens there. Errors: Problem, after so many seconds."""
    deadline = time.monotonic() + seconds
    while not _listens(port):
        if time.monotonic() > deadline:
            raise Problem(f"Nobody listens on port {port}.", "Its last lines tell why.")
        time.sleep(0.02)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def problem(host: str, port: int, error: OSError) -> Problem:
    if error.errno == errno.EADDRINUSE:
        holder = holder_of(port)
        by = f" by process {holder}" if holder else ""
        other = f"python3 dev.py run --port {port + 1 if port < 65535 else port - 1}"
        return Problem(f"Port {port} is taken{by}.", f"End that process, or take another port: {other}")
    if error.errno in (errno.EACCES, errno.EPERM):
        return Problem(
            f"Port {port} may not be opened by this account.", "Take one above 1023, as in --port 8000."
        )
    return Problem(
        f"{host} port {port} cannot be opened ({error.strerror}).",
        "Name an address of this machine, as in --host 127.0.0.1.",
    )


def holder_of(port: int) -> str | None:
    """Number and command line of the process that listens on the port, where the system shows it (Linux)."""
    wanted = {f"socket:[{inode}]" for inode in listening_inodes(port)}
    for descriptor in Path("/proc").glob("[0-9]*/fd/*") if wanted else ():
        try:
            if str(descriptor.readlink()) in wanted:
                process = descriptor.parent.parent
                words = (process / "cmdline").read_bytes().rstrip(b"\0").split(b"\0")
                return f"{process.name} ({b' '.join(words).decode(errors='replace')[:120]})"
        except OSError:  # another account's process, or one that has just ended
            continue
    return None


def listening_inodes(port: int) -> set[str]:
    """Kernel numbers of the sockets that listen on the port; columns as in proc(5), /proc/net/tcp."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = [line.split() for line in Path(table).read_text().splitlines()[1:]]
        except OSError:
            continue
        inodes |= {
            row[9] for row in rows if row[3] == LISTENING and int(row[1].rsplit(":", 1)[1], 16) == port
        }
    return inodes
