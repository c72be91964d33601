"""A file is there as a whole or not at all."""

import errno
import stat

import pytest

from lib import whole_files
from lib.whole_files import write_whole


def test_a_file_is_written_with_its_rights(tmp_path):
    path = tmp_path / "a.json"
    write_whole(path, b"all", 0o640)
    assert path.read_bytes() == b"all"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_where_there_is_no_room_the_former_file_stays(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    path.write_bytes(b"before")

    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(whole_files.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(path, b"after")
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]
