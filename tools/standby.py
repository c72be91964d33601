"""Two throw-away PostgreSQL servers of which one follows the other, for tests and measurements."""

import signal
import subprocess
from pathlib import Path
from typing import Any

from tools import binaries, environment, postgres, state
from tools.throw_away import OwnFolder

# A commit is on its way to the standby when it comes back, as in earnest; a standby that has lost its primary
# looks for it often.
OPTIONS = (
    "wal_level=replica",
    "max_wal_senders=4",
    "hot_standby=on",
    "synchronous_commit=on",
    "wal_retrieve_retry_interval=100ms",
)


class Pair:
    """`primary`, and `standby` which follows it from `follow` on; both in a folder that `stop` removes."""

    def __init__(self) -> None:
        self.own = OwnFolder()
        self.folder = self.own.path
        self.programs = binaries.find(environment.VENV, state.folder())
        self.primary, self.standby = (self._server(name) for name in ("p", "s"))

    def _server(self, name: str) -> postgres.Server:
        home = self.folder / name
        home.mkdir()
        binaries.give_away(home)
        return postgres.Server(home, self.programs, throw_away=True, options=OPTIONS)

    @property
    def url(self) -> str:
        return postgres.url(self.primary.home)

    @property
    def standby_url(self) -> str:
        return postgres.url(self.standby.home)

    def follow(self) -> None:
        """Copies the primary, which runs, and starts the copy as its standby."""
        socket = str(postgres.socket_folder(self.primary.home))
        copy = ("-D", str(self.standby.data), "-h", socket, "-U", postgres.USER)
        self.standby.run("pg_basebackup", *copy, "-R", "-X", "stream", "--checkpoint=fast", "--no-sync")
        self.standby.start()

    def fill_from(self, settings: dict[str, Any]) -> None:
        """Copies a whole database, as Django's settings name it, into the primary's empty one."""
        host = settings["OPTIONS"].get("host") or settings["HOST"]
        variables = postgres.clean_environment() | {"PGPASSWORD": settings["PASSWORD"]}
        dump = [self.programs.folder / "pg_dump", "-h", host, "-U", settings["USER"], "--no-owner"]
        if settings["PORT"]:
            dump += ["-p", str(settings["PORT"])]
        read: list[Path | str] = [self.programs.folder / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-h"]
        read += [postgres.socket_folder(self.primary.home), "-U", postgres.USER, postgres.DATABASE]
        made = subprocess.run([*dump, settings["NAME"]], stdout=subprocess.PIPE, check=True, env=variables)
        subprocess.run(read, input=made.stdout, stdout=subprocess.DEVNULL, check=True, env=variables)

    def kill(self, server: postgres.Server) -> None:
        """As if its machine had lost power: nobody is told."""
        if server.process is not None:
            server.process.send_signal(signal.SIGQUIT)
            server.process.wait()

    def stop(self) -> None:
        for server in (self.standby, self.primary):
            server.stop()
        self.own.remove()
