"""Encryption of backups by `age`: the server knows the public key alone and cannot open what it made."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, cast

from operations.backup import BackupError

ENDING = ".age"


@contextmanager
def sealed(path: Path, recipient: str) -> Iterator[IO[bytes]]:
    """A file to write to; encrypted for the recipient (age1…), or plain without one."""
    with path.open("xb") as out:
        path.chmod(0o600)
        if not recipient:
            yield out
            return
        with _age(["--encrypt", "--recipient", recipient], stdin=subprocess.PIPE, stdout=out) as child:
            pipe = cast(IO[bytes], child.stdin)
            # Where it has ended before its time, it says why.
            with suppress(BrokenPipeError):
                yield pipe
                pipe.close()


@contextmanager
def opened(path: Path, identity: Path | None) -> Iterator[IO[bytes]]:
    """What was sealed; `identity` is the file with the secret key."""
    with path.open("rb") as file:
        if path.suffix != ENDING:
            yield file
            return
        if identity is None:
            raise BackupError("The backup is encrypted: name the file with the secret key by --identity.")
        words = ["--decrypt", "--identity", str(identity)]
        with _age(words, stdin=file, stdout=subprocess.PIPE) as child:
            pipe = cast(IO[bytes], child.stdout)
            yield pipe
            # Whatever pads the end is read, or the program would say that nobody listens.
            while pipe.read(65_536):
                pass


@contextmanager
def _age(
    words: list[str], stdin: int | IO[bytes], stdout: int | IO[bytes]
) -> Iterator[subprocess.Popen[bytes]]:
    """BackupError with what the program said if it failed, whatever else went wrong because of that."""
    found = shutil.which("age")
    if not found:
        raise BackupError("Encrypted backups need the program age; install it (Debian: apt install age).")
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen([found, *words], stdin=stdin, stdout=stdout, stderr=said)
        wrong: BaseException | None = None
        try:
            yield child
        except BaseException as error:
            wrong = error
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()
        if child.wait() > 0 and not isinstance(wrong, KeyboardInterrupt):
            said.seek(0)
            text = said.read(1_000).decode(errors="replace").strip()
            raise BackupError(f"age failed: {text}") from wrong
        if wrong:
            raise wrong
