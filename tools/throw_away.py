"""A PostgreSQL of its own for one run of tests or measurements, gone afterwards."""

import shutil
import tempfile
from pathlib import Path

from tools import binaries, environment, postgres, state
from tools.locks import Lock


class OwnFolder:
    """A folder for one run, which a killed run leaves behind and the next one removes."""

    def __init__(self) -> None:
        parent = state.folder() / "tests"
        parent.mkdir(exist_ok=True)
        parent.chmod(state.folder().stat().st_mode)
        sweep(parent)
        self.path = Path(tempfile.mkdtemp(dir=parent, prefix=""))
        self.path.chmod(parent.stat().st_mode)
        self.lock = Lock(self.path / "lock")
        self.lock.take()

    def remove(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        self.lock.release()


class ThrowAwayServer:
    """A server in a folder of its own."""

    def __init__(self) -> None:
        self.server: postgres.Server | None = None
        self.own: OwnFolder | None = None

    @property
    def folder(self) -> Path | None:
        return self.own.path if self.own else None

    def start(self) -> str:
        """The address of an empty database."""
        self.own = OwnFolder()
        programs = binaries.find(environment.VENV, state.folder())
        self.server = postgres.Server(self.own.path, programs, throw_away=True)
        self.server.start()
        return postgres.url(self.own.path)

    def stop(self) -> None:
        if self.server:
            self.server.stop()
        if self.own:
            self.own.remove()


def sweep(parent: Path) -> None:
    """Removes what killed runs left behind: folders whose lock nobody holds."""
    for folder in parent.iterdir():
        lock = Lock(folder / "lock")
        if lock.path.exists() and lock.take():
            shutil.rmtree(folder, ignore_errors=True)
        lock.release()
