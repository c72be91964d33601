"""Advisories in the format of OSV, kept in a folder or a zip where nobody can be asked for them.

OSV publishes them as a zip of JSON for PyPI; the Python Packaging Authority's database is YAML below `vulns`.
https://ossf.github.io/osv-schema/ says what concerns a version. Needs `packaging` of the environment, and for
YAML PyYAML, which only development has.
"""

import datetime as dt
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any

from packaging.version import InvalidVersion, Version

from tools.pins import Pin, normalised
from tools.terminal import Problem

Shape = dict[str, Any]
Opened = Callable[[], IO[bytes]]
SUFFIXES = (".json", ".yaml", ".yml")
ECOSYSTEM = "PyPI"
# The zip for PyPI holds some ten thousand files of a few kB; those of endless releases have some 100 kB.
MOST_FILES, MOST_BYTES_EACH, MOST_BYTES = 500_000, 5_000_000, 2_000_000_000
# Of events at one version: a span ends before the next begins, and begins before its last version is over.
_ORDER = ("fixed", "introduced", "last_affected")
# What a file may do instead of being one; the second line is of zips: damaged, cut off, encrypted.
_UNREADABLE = (
    KeyError, TypeError, AttributeError, ValueError, RecursionError, OSError,
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True)
class Weakness:
    """`aliases` are its names in other databases, as far as they were told."""

    name: str
    aliases: tuple[str, ...] = ()


Known = dict[str, list[Weakness]]


@dataclass
class Copy:
    """What was read: weaknesses by purl, how many advisories for PyPI, and when the newest was changed."""

    known: Known = field(default_factory=dict)
    count: int = 0
    newest: dt.date = dt.date.min


def read(place: Path, asked: list[Pin]) -> Copy:
    """Raises Problem where the place holds something that cannot be read, or nothing for PyPI."""
    wanted: dict[str, list[Pin]] = {}
    for pin in asked:
        wanted.setdefault(pin.name, []).append(pin)
    copy = Copy()
    for name, content in _files(place):
        try:
            _take(_shape(name, content), wanted, copy)
        except _UNREADABLE as error:
            raise _unreadable(name, error) from error
    if not copy.count:
        raise Problem(f"{place} holds no advisories for {ECOSYSTEM}; nothing is known.", _WHERE)
    return copy


def concerns(version: str, affected: Shape) -> bool:
    """Whether an entry of an advisory's `affected` means this version.

    One that names no versions, neither one by one nor as a range, may mean any. Raises ValueError where a
    range has no beginning or names what is no version (PEP 440), TypeError where the shape is another one.
    """
    named = _all(affected.get("versions"), str)
    ranges = [one for one in _all(affected.get("ranges"), dict) if one["type"] != "GIT"]
    if not named and not ranges:
        return True
    asked = Version(version)
    return any(_is_same(one, asked) for one in named) or any(
        _is_within(asked, _all(one["events"], dict)) for one in ranges
    )


def _is_same(named: str, asked: Version) -> bool:
    try:
        return Version(named) == asked
    except InvalidVersion:
        # Releases older than the rule, none of which can be pinned.
        return False


def _is_within(asked: Version, events: list[Shape]) -> bool:
    """The last event that lies at the version or before it decides."""
    told = [(kind, str(at)) for event in events for kind, at in event.items() if kind != "limit"]
    if "introduced" not in dict(told):
        raise ValueError("a range without a beginning")
    # "0" lies before everything, pre-releases of 0 included
    placed = [(Version("0.dev0") if at == "0" else Version(at), _ORDER.index(kind)) for kind, at in told]
    is_in = False
    for at, order in sorted(placed):
        kind = _ORDER[order]
        if asked > at or (asked == at and kind != "last_affected"):
            is_in = kind == "introduced"
    return is_in


def _take(told: Shape, wanted: dict[str, list[Pin]], copy: Copy) -> None:
    name, modified = _text(told["id"]), dt.date.fromisoformat(_text(told["modified"])[:10])
    aliases = tuple(_all(told.get("aliases"), str))
    affected = [one for one in _all(told.get("affected"), dict) if _ecosystem(one) == ECOSYSTEM]
    if not affected:
        return
    copy.count += 1
    copy.newest = max(copy.newest, modified)
    if told.get("withdrawn") not in (None, "", "null"):
        return
    for one in affected:
        for pin in wanted.get(normalised(_text(one["package"]["name"])), []):
            found = copy.known.setdefault(pin.purl, []) if concerns(pin.version, one) else None
            if found is not None and Weakness(name, aliases) not in found:
                found.append(Weakness(name, aliases))


def _ecosystem(affected: Shape) -> str:
    """Empty where an entry speaks of a repository alone."""
    return _text(affected.get("package", {}).get("ecosystem", ""))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _all(value: object, kind: type) -> list[Any]:
    """The list, empty where there is none. Raises TypeError where it is none or holds anything else."""
    found = [] if value in (None, "") else value
    if not isinstance(found, list) or not all(isinstance(one, kind) for one in found):
        raise TypeError(f"{value!r:.60} is no list of {kind.__name__}")
    return found


def _shape(name: str, content: bytes) -> Shape:
    told = json.loads(content) if name.endswith(".json") else _yaml(name, content)
    if not isinstance(told, dict):
        raise TypeError("no advisory")
    return told


def _yaml(name: str, content: bytes) -> Any:
    try:
        import yaml
    except ImportError:
        raise Problem(
            f"{name} is YAML, and PyYAML is not installed.",
            "Take the advisories as JSON, or set up what development needs: python3 dev.py check does.",
        ) from None
    # Builds texts, lists and tables and nothing else: 1.10 stays a version and becomes no number.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return yaml.load(content, Loader=loader)  # noqa: S506 (see above)
    except yaml.YAMLError as error:
        raise ValueError(str(error).replace("\n", " ")) from error


def _files(place: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file that may be an advisory. Raises Problem past one of the limits above."""
    if not place.exists():
        raise Problem(f"{place} does not exist; nothing is known.", _WHERE)
    total = 0
    for count, (name, opened) in enumerate(_of_folder(place) if place.is_dir() else _of_zip(place), 1):
        try:
            with opened() as stream:
                content = stream.read(MOST_BYTES_EACH + 1)
        except _UNREADABLE as error:
            raise _unreadable(name, error) from error
        total += len(content)
        if len(content) > MOST_BYTES_EACH:
            raise _too_much(name, f"is larger than {MOST_BYTES_EACH:,} bytes")
        if count > MOST_FILES or total > MOST_BYTES:
            raise _too_much(str(place), f"holds more than {MOST_FILES:,} files or {MOST_BYTES:,} bytes")
        yield name, content


def _of_folder(place: Path) -> Iterator[tuple[str, Opened]]:
    for path in sorted(place.rglob("*")):
        if _may_be_one(path.relative_to(place).as_posix()) and path.is_file():
            yield str(path), partial(_opened, path)


def _opened(path: Path) -> IO[bytes]:
    return path.open("rb")


def _of_zip(place: Path) -> Iterator[tuple[str, Opened]]:
    try:
        with zipfile.ZipFile(place) as archive:
            for member in archive.infolist():
                if not _may_be_one(member.filename):
                    continue
                # Other ways of packing have errors of their own, and neither source uses them.
                if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise _unreadable(member.filename, ValueError("packed in another way than deflate"))
                yield member.filename, partial(archive.open, member)
    except (zipfile.BadZipFile, OSError) as error:
        raise _unreadable(str(place), error) from error


def _may_be_one(name: str) -> bool:
    """No hidden file, and nothing in a hidden folder, as a checkout has them."""
    parts = PurePosixPath(name).parts
    return name.endswith(SUFFIXES) and not any(part.startswith(".") for part in parts)


_WHERE = (
    "Name a folder or a zip with advisories in the format of OSV: its PyPI/all.zip, or the folder vulns of "
    "the Python Packaging Authority's database."
)


def _unreadable(name: str, error: BaseException) -> Problem:
    why = f"{type(error).__name__}: {error}"
    return Problem(
        f"{name} is no advisory that can be read ({why:.300}); nothing is known.",
        f"Fetch the copy anew, or take away what is no advisory. {_WHERE}",
    )


def _too_much(name: str, why: str) -> Problem:
    return Problem(f"{name} {why}; nothing is known.", _WHERE)
