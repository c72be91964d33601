"""`dev.py run`: prepare the database, then serve the site with the production server until told to stop."""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

from tools import environment, ports, processes, state
from tools.database import database
from tools.locks import Lock
from tools.terminal import Problem, say, step

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 (compared with, not bound to)
START_SECONDS = 60
STOP_SECONDS = 10
# Requests that one process answers at a time; each may hold a database connection.
THREADS = 8


def run(options: argparse.Namespace, variables: dict[str, str]) -> int:
    """Serves until Ctrl-C or SIGTERM; returns the exit status."""
    home = state.folder()
    site_url = os.environ.get("SITE_URL") or address(options.host, options.port)
    with database("run", environment.VENV) as database_url:
        variables = variables | {"DATABASE_URL": database_url, "SITE_URL": site_url}
        prepare(options, variables, state.editor_password_file(home))
        server = start(options.host, options.port, variables)
        try:
            wait_until_it_answers(server, options)
            greet(site_url, home)
            status = server.wait()
        finally:
            processes.end(server, by=signal.SIGTERM, seconds=STOP_SECONDS)
    raise Problem(f"The web server ended by itself (status {status}).", "The lines above say why.")


def only_one(options: argparse.Namespace) -> Lock:
    """The lock that makes this the checkout's only `run`, on a port that is free.

    A second one is told where the first one serves, before anything is prepared.
    """
    lock = Lock(state.folder() / "run.lock")
    if lock.take(note=f"process {os.getpid()}, at {address(options.host, options.port)}"):
        ports.must_be_free(options.host, options.port)
        return lock
    raise Problem(
        f"This checkout's site is running already: {lock.note()}.",
        "Use that one, or stop it first (Ctrl-C in its terminal, or `kill` with its number)."
        " `dev.py manage` and `dev.py test` work beside it.",
    )


def address(host: str, port: int) -> str:
    """How a browser reaches the server; a name of this machine where it listens on all its addresses."""
    name = socket.gethostname() if host in EVERYWHERE else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def prepare(options: argparse.Namespace, variables: dict[str, str], password_file: Path) -> None:
    """Everything between an empty database and a working site, in one Django process."""
    words = ["prepare", "--editor-password-file", str(password_file)]
    words += ["--no-samples"] if options.no_samples else []
    words += ["--empty"] if options.empty else []
    commands = [words]
    if not (state.CHECKOUT / "catalogue" / "management" / "commands" / "prepare.py").exists():
        commands = [["migrate", "--verbosity", "0"], ["collectstatic", "--no-input", "--verbosity", "0"]]
    for command in commands:
        if processes.run_apart([str(environment.PYTHON), "manage.py", *command], variables):
            raise Problem("The site could not be prepared.", "The lines above say why; nothing is served.")


def start(host: str, port: int, variables: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [
        str(environment.PYTHON),
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
    ]
    command += ["--workers", "1", "--blocking-threads", str(THREADS), "--no-ws", "--log-level", "error"]
    command += ["--workers-kill-timeout", str(STOP_SECONDS // 2), "config.wsgi:application"]
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        env=variables,
        cwd=state.CHECKOUT,
        start_new_session=True,  # Ctrl-C comes to us alone, and we stop things in their order
        preexec_fn=processes.dies_with_us(signal.SIGTERM),
    )


def wait_until_it_answers(server: subprocess.Popen[bytes], options: argparse.Namespace) -> None:
    """Returns with the first HTTP answer, whatever its status."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.host, options.host)  # noqa: S104
    deadline = time.monotonic() + START_SECONDS
    with step("Starting the web server"):
        while time.monotonic() < deadline and server.poll() is None:
            connection = http.client.HTTPConnection(host, options.port, timeout=START_SECONDS)
            try:
                connection.request("GET", "/healthz")
                connection.getresponse()
                return
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
            finally:
                connection.close()
        raise Problem("The web server does not answer.", "The lines above say why.")


def greet(site_url: str, home: Path) -> None:
    say(f"\nKongressatlas is here:   {site_url}/")
    admin = os.environ.get("ADMIN_PATH", "admin").strip("/")
    say(f"Editors log in here:     {site_url}/{admin}/   as `editor`,")
    say(f"with the password in:    {state.editor_password_file(home)}")
    if urlsplit(site_url).hostname not in LOOPBACK:
        say("Whoever reaches this machine reaches the site: it is plain http, for trusted networks only.")
    say("Ctrl-C stops it.\n")
