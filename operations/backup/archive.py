"""The form of a backup: a tar file with `database.dump`, `media/…` and, last of all, `backup.json`.

What stands last proves that the rest is there: a file that was cut off has none.
"""

import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from operations.backup import BackupError

DATABASE, MEDIA, MANIFEST = "database.dump", "media", "backup.json"
FORMAT = 1
# A manifest is some lines and one for each picture.
_MANIFEST_BYTES = 100_000_000


@dataclass(frozen=True)
class Manifest:
    """`files` are {name: (bytes, SHA-256)}, `digests` what apps said of the data, `about` all the rest."""

    made_at: str
    files: dict[str, tuple[int, str]]
    digests: dict[str, str]
    about: dict[str, Any]
    format: int = FORMAT

    @property
    def media_count(self) -> int:
        return sum(name.startswith(f"{MEDIA}/") for name in self.files)


class _Summed(io.RawIOBase):
    """A file that is summed up while it is read or written through."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.size, self.sum = 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        return self._noted(self._file.read(size))

    def write(self, data: Any) -> int:
        return self._file.write(self._noted(bytes(data)))

    def _noted(self, data: bytes) -> bytes:
        self.size += len(data)
        self.sum.update(data)
        return data

    @property
    def told(self) -> tuple[int, str]:
        return self.size, self.sum.hexdigest()


def write(
    into: IO[bytes], database: Path, media: Path, made_at: str, digests: dict[str, str], about: dict[str, Any]
) -> Manifest:
    """Pictures never change under their name, so those that appear meanwhile may be missing, none is torn."""
    files: dict[str, tuple[int, str]] = {}
    with tarfile.open(fileobj=into, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for name, path in [(DATABASE, database), *_pictures(media)]:
            files[name] = _add(tar, name, path)
        manifest = Manifest(made_at, files, digests, about)
        text = json.dumps(asdict(manifest), indent=1).encode()
        tar.addfile(_member(MANIFEST, len(text)), io.BytesIO(text))
    return manifest


def unpack(source: IO[bytes], into: Path) -> Manifest:
    """Everything below `into`, an empty folder. BackupError where anything is missing, changed or strange."""
    found: dict[str, tuple[int, str]] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            for member in tar:
                file = tar.extractfile(member) if member.isreg() else None
                if file is None or not _is_ours(member.name):
                    raise BackupError(f"“{member.name}” does not belong into a backup.")
                if member.name == MANIFEST:
                    manifest = _read(file.read(_MANIFEST_BYTES))
                else:
                    found[member.name] = _take(file, into / member.name)
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"The backup cannot be read: {error}.") from None
    if manifest is None:
        raise BackupError("The backup is incomplete: it was cut off.")
    wrong = sorted(
        name for name in manifest.files.keys() | found.keys() if manifest.files.get(name) != found.get(name)
    )
    if wrong:
        raise BackupError(f"The backup is damaged: {', '.join(wrong[:5])}.")
    return manifest


def _pictures(media: Path) -> Iterator[tuple[str, Path]]:
    if media.is_dir():
        for path in sorted(path for path in media.rglob("*") if path.is_file() and not path.is_symlink()):
            yield f"{MEDIA}/{path.relative_to(media).as_posix()}", path


def _add(tar: tarfile.TarFile, name: str, path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        summed = _Summed(file)
        tar.addfile(_member(name, path.stat().st_size), summed)
    return summed.told


def _member(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def _is_ours(name: str) -> bool:
    """No way out of the folder, whoever made the file."""
    path = PurePosixPath(name)
    return name in (DATABASE, MANIFEST) or (
        path.parts[:1] == (MEDIA,) and len(path.parts) > 1 and ".." not in path.parts and "\\" not in name
    )


def _take(file: IO[bytes], path: Path) -> tuple[int, str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as out:
        summed = _Summed(out)
        shutil.copyfileobj(file, summed)
    return summed.told


def _read(text: bytes) -> Manifest:
    try:
        told = json.loads(text)
        if told.pop("format") != FORMAT:
            raise BackupError("The backup is of another version of this software: restore it with that one.")
        files = {name: (int(size), str(digest)) for name, (size, digest) in told.pop("files").items()}
        return Manifest(files=files, **told)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BackupError("The backup's own list of what is in it cannot be read.") from None
