"""A PostgreSQL of its own for one run of tests or measurements, gone afterwards."""

import shutil
import tempfile
from pathlib import Path

from tools import binaries, environment, postgres, state
from tools.locks import Lock


class ThrowAwayServer:
    """A server in a folder of its own, which a killed run leaves behind and the next one removes."""

    def __init__(self) -> None:
        self.server: postgres.Server | None = None
        self.folder: Path | None = None
        self.lock: Lock | None = None

    def start(self) -> str:
        """The address of an empty database."""
        parent = state.folder() / "tests"
        parent.mkdir(exist_ok=True)
        parent.chmod(state.folder().stat().st_mode)
        sweep(parent)
        self.folder = Path(tempfile.mkdtemp(dir=parent, prefix=""))
        self.folder.chmod(parent.stat().st_mode)
        self.lock = Lock(self.folder / "lock")
        self.lock.take()
        programs = binaries.find(environment.VENV, state.folder())
        self.server = postgres.Server(self.folder, programs, throw_away=True)
        self.server.start()
        return postgres.url(self.folder)

    def stop(self) -> None:
        if self.server:
            self.server.stop()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
        if self.lock:
            self.lock.release()


def sweep(parent: Path) -> None:
    """Removes what killed runs left behind: folders whose lock nobody holds."""
    for folder in parent.iterdir():
        lock = Lock(folder / "lock")
        if lock.path.exists() and lock.take():
            shutil.rmtree(folder, ignore_errors=True)
        lock.release()
