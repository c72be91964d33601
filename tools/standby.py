"""Two throw-away PostgreSQL servers of which one follows the other, for tests and measurements."""

import shutil
import signal
import tempfile
from pathlib import Path

from tools import binaries, environment, postgres, state
from tools.locks import Lock
from tools.throw_away import sweep

# A standby asks for what is new without waiting to be told, and reports how far it is at once.
OPTIONS = ("wal_level=replica", "max_wal_senders=4", "hot_standby=on", "wal_receiver_status_interval=1")


class Pair:
    """`primary`, and `standby` which follows it from `follow` on; both in a folder that `stop` removes."""

    def __init__(self) -> None:
        parent = state.folder() / "tests"
        parent.mkdir(exist_ok=True)
        parent.chmod(state.folder().stat().st_mode)
        sweep(parent)
        self.folder = Path(tempfile.mkdtemp(dir=parent, prefix=""))
        self.folder.chmod(parent.stat().st_mode)
        self.lock = Lock(self.folder / "lock")
        self.lock.take()
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

    def kill(self, server: postgres.Server) -> None:
        """As if its machine had lost power: nobody is told."""
        if server.process is not None:
            server.process.send_signal(signal.SIGQUIT)
            server.process.wait()

    def stop(self) -> None:
        for server in (self.standby, self.primary):
            server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.lock.release()
