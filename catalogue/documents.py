"""From bytes to the records of an exchange file, as JSON gives them.

A file that begins as dumps do, with its format and version, is read record by record, whatever its size. Any
other is read as a whole and has at most MOST_MEGABYTES.
"""

import codecs
import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from catalogue import mapping
from catalogue.entries import RefusedError
from catalogue.schema import FORMAT, SECTIONS, VERSION

MOST_MEGABYTES = 40
PIECE = 1_000_000
# Format and version stand within so many bytes.
BEGINNING = 1_000
HEAD = re.compile(rf'\s*\{{\s*"format"\s*:\s*"{FORMAT}"\s*,\s*"version"\s*:\s*{VERSION}\s*(?=[,}}])')
SPACE = re.compile(r"[ \t\n\r]*")

Records = Iterator[tuple[str, Any]]


def of_file(path: Path) -> Records:
    """(name of the section, raw record) of each record in the form of version 1.

    Raises RefusedError with one clear reason; for a file that is too large, before reading it.
    """
    try:
        with path.open("rb") as file:
            if not _begins_as_dumps_do(file):
                _refuse_if_large(path)
            yield from of(file)
    except OSError as error:
        raise RefusedError.whole(
            _("%(path)s cannot be read: %(reason)s.") % {"path": path, "reason": error.strerror}
        ) from None


def _refuse_if_large(path: Path) -> None:
    size = path.stat().st_size
    if size > MOST_MEGABYTES * 1_000_000:
        raise RefusedError.whole(
            _("%(path)s has %(size)d MB; an exchange file has at most %(most)d MB.")
            % {"path": path, "size": size // 1_000_000, "most": MOST_MEGABYTES}
        )


def of(file: IO[bytes]) -> Records:
    """The same of an open file; of a whole one every record is at hand before the first is told."""
    if _begins_as_dumps_do(file):
        yield from _Stream(file).records()
        return
    for name, listed in _whole(file.read(MOST_MEGABYTES * 1_000_000 + 1)).items():
        for record in listed:
            yield name, record


def of_bytes(content: bytes) -> Records:
    return of(io.BytesIO(content))


def _begins_as_dumps_do(file: IO[bytes]) -> bool:
    """Leaves the file at its beginning."""
    start = file.read(BEGINNING).decode("utf-8-sig", errors="replace")
    file.seek(0)
    return bool(HEAD.match(start))


# -- read as a whole ------------------------------------------------------------------------------


def _whole(content: bytes) -> dict[str, list[Any]]:
    """The raw records of each section."""
    document = _json(_text(content))
    if not isinstance(document, dict):
        raise RefusedError.whole(_("The file must be a JSON object with the sections of the catalogue."))
    if "version" not in document and "format" not in document:
        document = mapping.from_version_0(document)
    elif document.get("format") != FORMAT or document.get("version") is not VERSION:
        raise RefusedError.whole(
            _("The file must say “format”: “%(format)s” and “version”: %(version)d.")
            % {"format": FORMAT, "version": VERSION}
        )
    return _sections({key: value for key, value in document.items() if key not in ("format", "version")})


def _text(content: bytes) -> str:
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise RefusedError.whole(_("An exchange file has at most %(most)d MB.") % {"most": MOST_MEGABYTES})
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _no_utf8(content[error.start], error.start) from None


def _no_utf8(byte: int, position: int) -> RefusedError:
    return RefusedError.whole(
        _("The file is not UTF-8: byte %(byte)s at position %(position)d. Save it as UTF-8.")
        % {"byte": f"0x{byte:02x}", "position": position}
    )


def _json(text: str) -> Any:
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise _no_json(error.msg, error.lineno, error.colno) from None
    except RecursionError:
        raise RefusedError.whole(_("The file is nested too deeply.")) from None
    except ValueError as error:
        raise RefusedError.whole(_("The file is no valid JSON: %(reason)s.") % {"reason": error}) from None


def _no_json(reason: str, line: int, column: int) -> RefusedError:
    place = {"line": line, "column": column, "reason": reason}
    return RefusedError.whole(
        _("The file is no valid JSON: line %(line)d, column %(column)d: %(reason)s.") % place
    )


def _no_constant(name: str) -> Any:
    raise ValueError(_("%(name)s is no number") % {"name": name})


def _no_double_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _value in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(_("the key “%(key)s” stands twice in one object") % {"key": double})
    return record


_DECODER = json.JSONDecoder(
    parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_no_double_keys
)


def _sections(document: dict[str, Any]) -> dict[str, list[Any]]:
    for name, records in document.items():
        _insist_on_section(name)
        if not isinstance(records, list):
            raise _no_list(name)
    return {section.name: document.get(section.name, []) for section in SECTIONS}


def _insist_on_section(name: str) -> None:
    known = [section.name for section in SECTIONS]
    if name not in known:
        text = _("“%(name)s” is no section. Sections are: %(known)s.")
        raise RefusedError.whole(text % {"name": name, "known": ", ".join(known)})


def _no_list(name: str) -> RefusedError:
    return RefusedError.whole(_("The section “%(name)s” must be a list of records.") % {"name": name})


# -- read record by record ------------------------------------------------------------------------


class _Stream:
    """A window that moves over the text: no more of it is held than the record at hand and a piece."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._bytes, self._lines, self._column = 0, 0, 0
        self._window, self._at, self._ended = "", 0, False

    def records(self) -> Records:
        while len(self._window) < BEGINNING and not self._ended:
            self._grow()
        head = HEAD.match(self._window)
        self._at = head.end() if head else 0
        seen = {"format", "version"}
        while self._one_of(",}") == ",":
            name = self._key(seen)
            if self._one_of("[") == "[":
                yield from ((name, record) for record in self._listed())
        self._space()
        if self._at < len(self._window):
            raise self._wrong("Extra data")

    def _key(self, seen: set[str]) -> str:
        self._space()
        if self._window[self._at : self._at + 1] != '"':
            raise self._wrong("Expecting property name enclosed in double quotes")
        name = str(self._value())
        if name in seen:
            reason = _("the key “%(key)s” stands twice in one object") % {"key": name}
            raise RefusedError.whole(_("The file is no valid JSON: %(reason)s.") % {"reason": reason})
        seen.add(name)
        self._one_of(":")
        _insist_on_section(name)
        self._space()
        if self._window[self._at : self._at + 1] != "[":
            self._value()
            raise _no_list(name)
        return name

    def _listed(self) -> Iterator[Any]:
        self._space()
        if self._window[self._at : self._at + 1] == "]":
            self._at += 1
            return
        yield self._value()
        while self._one_of(",]") == ",":
            yield self._value()

    def _one_of(self, wanted: str) -> str:
        """The next character, which must be one of these."""
        self._space()
        found = self._window[self._at : self._at + 1]
        if not found or found not in wanted:
            raise self._wrong(f"Expecting '{wanted[0]}' delimiter")
        self._at += 1
        return found

    def _space(self) -> None:
        """Moves behind blank space, and on in the file where the window ends."""
        while (found := SPACE.match(self._window, self._at)) and found.end() == len(self._window):
            self._at = found.end()
            if self._ended:
                return
            self._grow()
        self._at = found.end() if found else self._at

    def _value(self) -> Any:
        """The value that begins here; what may go on behind the window is looked at again with more of it."""
        self._space()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._window, self._at)
                if end < len(self._window) or self._ended:
                    self._at = end
                    return value
            except json.JSONDecodeError as error:
                if self._ended or len(self._window) > MOST_MEGABYTES * 1_000_000:
                    raise self._wrong(error.msg, error.pos) from None
            except RecursionError:
                raise RefusedError.whole(_("The file is nested too deeply.")) from None
            except ValueError as error:
                raise RefusedError.whole(
                    _("The file is no valid JSON: %(reason)s.") % {"reason": error}
                ) from None
            self._grow()

    def _grow(self) -> None:
        """Lets go of what lies behind, and reads on: as much again, so that long records cost no more."""
        gone, self._window = self._window[: self._at], self._window[self._at :]
        self._at = 0
        self._lines += gone.count("\n")
        self._column = len(gone) - gone.rfind("\n") - 1 + (0 if "\n" in gone else self._column)
        read = self._file.read(max(PIECE, len(self._window)))
        self._ended = not read
        held = len(self._decoder.getstate()[0])
        try:
            self._window += self._decoder.decode(read, final=self._ended)
        except UnicodeDecodeError as error:
            raise _no_utf8(error.object[error.start], self._bytes - held + error.start) from None
        self._bytes += len(read)

    def _wrong(self, reason: str, at: int | None = None) -> RefusedError:
        before = self._window[: self._at if at is None else at]
        column = len(before) - before.rfind("\n") - 1 + (0 if "\n" in before else self._column)
        return _no_json(reason, self._lines + before.count("\n") + 1, column + 1)
