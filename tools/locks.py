"""Locks between processes. The kernel drops them with their holder, however it dies: none is left over."""

import fcntl
import os
from pathlib import Path
from typing import IO


class Lock:
    """A file that one process holds exclusively, or several share. The holder's note tells who it is."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: IO[str] | None = None

    def take(self, *, note: str = "", shared: bool = False, wait: bool = False) -> bool:
        """Whether the lock is held now. Taking a held lock again changes its kind."""
        if self.file is None:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self.file = os.fdopen(descriptor, "r+")
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self.file, kind if wait else kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        if not shared:
            self.write(note)
        return True

    def write(self, note: str) -> None:
        if self.file is None:
            raise ValueError("only the holder writes a note")
        self.file.seek(0)
        self.file.truncate()
        self.file.write(note)
        self.file.flush()

    def note(self) -> str:
        """What the last exclusive holder wrote."""
        try:
            return self.path.read_text().strip()
        except OSError:
            return ""

    def release(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None
