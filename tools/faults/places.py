"""Small disks, made of memory: only the machine's owner may make them."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tools import binaries

_BLOCK = 65_536


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[bool]:
    """A disk of that size in place of the folder; False where none can be made. The folder stays private to
    the account that the database runs under."""
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", str(place)]
    try:
        is_made = subprocess.run(words, capture_output=True, check=False).returncode == 0
    except OSError:
        is_made = False
    if is_made:
        binaries.give_away(place)
    try:
        yield is_made
    finally:
        if is_made:
            subprocess.run(["umount", "--lazy", str(place)], check=False)


def fill(place: Path) -> Path:
    """Takes all room there is on the disk of that folder; returns the file to remove."""
    filler = place / "filler"
    with filler.open("ab", buffering=0) as file:
        for size in (_BLOCK, 4_096, 1):
            with suppress(OSError):
                while True:
                    file.write(b"\0" * size)
    return filler
