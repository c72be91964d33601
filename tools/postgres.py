"""One PostgreSQL server as our child: no TCP, a private socket, dead as soon as we are."""

import hashlib
import os
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from tools import binaries, processes
from tools.terminal import Problem

DATABASE = "kongressatlas"
USER = "kongressatlas"
SOCKET_NAME = ".s.PGSQL.5432"
# The kernel's limit for the path of a unix socket, less a reserve.
LONGEST_SOCKET_PATH = 100
START_SECONDS = 60
STOP_SECONDS = 30
# For data that nobody will miss: tests run twice as fast.
THROW_AWAY = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    # It would come upon tables between two tests and note for the planner that they are empty.
    "autovacuum=off",
)


def socket_folder(home: Path) -> Path:
    """Beside the data, or where that path is too long for the kernel, a private folder of a short name."""
    folder = home / "socket"
    if len(str(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return folder
    short = Path("/var/run") if os.geteuid() == 0 else Path(tempfile.gettempdir())
    return short / f"kongressatlas-{hashlib.sha256(str(home).encode()).hexdigest()[:12]}"


def url(home: Path) -> str:
    return f"postgres://{USER}@/{DATABASE}?host={quote(str(socket_folder(home)))}"


def is_ready(home: Path) -> bool:
    """Whether a server answers on the socket that belongs to `home`."""
    try:
        lines = (socket_folder(home) / f"{SOCKET_NAME}.lock").read_text().splitlines()
        state = (Path(lines[1]) / "postmaster.pid").read_text().splitlines()[7].strip()
        with socket.socket(socket.AF_UNIX) as probe:
            probe.connect(str(socket_folder(home) / SOCKET_NAME))
    except (OSError, IndexError):
        return False
    return state == "ready"


class Server:
    """A server on `home`/data-<major version>; one process at a time may own a home (tools/database.py)."""

    def __init__(
        self,
        home: Path,
        programs: binaries.Binaries,
        *,
        throw_away: bool = False,
        options: tuple[str, ...] = (),
    ) -> None:
        """`options` are settings as in "wal_level=replica", which win over all others."""
        self.home = home
        self.options = options
        self.programs = programs
        self.throw_away = throw_away
        self.data = home / f"data-{programs.major}"
        self.log = home / "postgres.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self.create()
        self.end_orphan()
        self.make_socket_folder()
        options = ["listen_addresses=", "unix_socket_permissions=0700", "timezone=UTC", "jit=off"]
        options += (*(THROW_AWAY if self.throw_away else ()), *self.options)
        command = [
            str(self.programs.folder / "postgres"),
            "-D",
            str(self.data),
            "-k",
            str(socket_folder(self.home)),
        ]
        for option in options:
            command += ["-c", option]
        death_signal = signal.SIGQUIT if self.throw_away else signal.SIGINT
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # type: ignore[call-overload]
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=clean_environment(),
                cwd="/",
                start_new_session=True,  # Ctrl-C is for us: we stop the server when all else is done
                preexec_fn=processes.dies_with_us(death_signal),
                **binaries.account(),
            )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        assert self.process is not None
        deadline = time.monotonic() + START_SECONDS
        while not (is_ready(self.home) and owner_of(self.data) == self.process.pid):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise Problem(
                    f"PostgreSQL {self.programs.version} did not start:\n{self.end_of_log()}",
                    f"The whole log is in {self.log}. To begin anew, without what editors changed on this"
                    f" machine, remove {self.data}.",
                )
            time.sleep(0.01)

    def stop(self) -> None:
        """SIGINT ends sessions and writes everything down; SIGQUIT just goes."""
        if self.process is not None:
            processes.end(
                self.process, by=signal.SIGQUIT if self.throw_away else signal.SIGINT, seconds=STOP_SECONDS
            )

    def create(self) -> None:
        """Makes the data folder with an empty database in it, complete or not at all."""
        fresh = self.home / f"new-{self.data.name}"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        binaries.give_away(fresh)
        # Byte order and Unicode's letter classes: the same on every machine. Sorting German is the
        # application's work.
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            if self.programs.major >= 17
            else ["--locale=C.UTF-8"]
        )
        durable = ["--no-sync"] if self.throw_away else []
        self.run("initdb", "-D", str(fresh), "-U", USER, "-A", "trust", "-E", "UTF8", *locale, *durable)
        self.run("postgres", "--single", "-D", str(fresh), "postgres", text=f"CREATE DATABASE {DATABASE};\n")
        fresh.rename(self.data)

    def run(self, program: str, *arguments: str, text: str = "") -> None:
        done = subprocess.run(  # type: ignore[call-overload]
            [str(self.programs.folder / program), *arguments],
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=clean_environment(),
            cwd="/",
            **binaries.account(),
        )
        if done.returncode:
            raise Problem(
                f"{program} of PostgreSQL {self.programs.version} failed:\n{done.stdout[-1500:]}",
                "If the disk is full, make room; if the folder cannot be entered by every account,"
                " name another one in the variable KONGRESSATLAS_STATE.",
            )

    def make_socket_folder(self) -> None:
        folder = socket_folder(self.home)
        folder.mkdir(exist_ok=True, mode=0o700)
        facts = folder.lstat()
        if stat.S_ISLNK(facts.st_mode) or os.geteuid() not in (0, facts.st_uid):
            raise Problem(
                f"{folder} belongs to somebody else.", "Remove it, or set TMPDIR to a folder of your own."
            )
        binaries.give_away(folder)

    def end_orphan(self) -> None:
        """We own the home, so a server that still runs here has lost its owner.

        On Linux it is ending by itself already; on other systems nobody has told it yet.
        """
        deadline = time.monotonic() + STOP_SECONDS
        told = False
        while (
            (orphan := owner_of(self.data)) and is_server(orphan, self.data) and time.monotonic() < deadline
        ):
            if not told:
                os.kill(orphan, signal.SIGINT)
            told = True
            time.sleep(0.02)

    def end_of_log(self) -> str:
        try:
            return self.log.read_text(errors="replace")[-1500:]
        except OSError:
            return "(no log)"


def owner_of(data: Path) -> int | None:
    """The process number that the data folder's own lock file names."""
    try:
        return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def is_server(process: int, data: Path) -> bool:
    """Whether that process is a PostgreSQL on this data folder, not a stranger with a number used again."""
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        asked = subprocess.run(["ps", "-p", str(process), "-o", "command="], capture_output=True, check=False)
        words = asked.stdout.split()
    return os.fsencode(data) in words


def clean_environment() -> dict[str, str]:
    """Ours without what would steer PostgreSQL (PGDATA, PGHOST …), and with messages that we can show."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}
