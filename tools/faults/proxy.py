"""The nginx of an installation, with its own file, before the site; over plain http on a free port."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools import ports, processes, state
from tools.ports import free_port
from tools.terminal import Problem

# What docs/operations.md asks of the file around ours.
CONNECTIONS = 4_096
_KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def program() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@contextmanager
def before(site: int, folder: Path) -> Iterator[int]:
    """The port on which nginx listens, as long as the block lasts; `site` is that of the web server."""
    found, port = program(), free_port()
    if found is None:
        raise Problem("nginx is not installed.", "Debian: apt install nginx-light.")
    path = folder / "nginx.conf"
    path.write_text(_around(folder, _ours(folder, site, port)))
    child = subprocess.Popen(
        [found, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(path)],
        preexec_fn=processes.dies_with_us(signal.SIGTERM),
    )
    try:
        ports.wait_for(port, 20)
        yield port
    finally:
        processes.end(child, by=signal.SIGTERM, seconds=10)


def _ours(folder: Path, site: int, port: int) -> str:
    """The installation's file without TLS, with other ports and folders; all clients have one address."""
    text = (state.CHECKOUT / "deploy" / "nginx" / "kongressatlas.conf").read_text()
    text = re.sub(r"^\s*(listen \[::\]|ssl_|http2 ).*\n", "", text, flags=re.M)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    text = text.replace("server_name kongressatlas.example;", "server_name _;")
    text = re.sub(r"127\.0\.0\.1:800[12]", f"127.0.0.1:{site}", text)
    text = text.replace("/var/log/nginx", str(folder)).replace("/var/cache/nginx", str(folder))
    return re.sub(r"rate=\d+r/s", "rate=100000r/s", text)


def _around(folder: Path, ours: str) -> str:
    paths = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in _KINDS)
    user = "user root;" if os.geteuid() == 0 else ""
    head = f"{user}\ndaemon off;\npid {folder}/pid;\nworker_rlimit_nofile {2 * CONNECTIONS};\n"
    return f"{head}events {{ worker_connections {CONNECTIONS}; }}\nhttp {{\n{paths}\n{ours}\n}}\n"
