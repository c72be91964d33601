"""The form of a backup, and what of it is refused."""

import io
import json
import shutil
import subprocess
import tarfile

import pytest
from django.core.management import CommandError, call_command

from operations.backup import BackupError, archive, sealing

MADE_AT = "2026-11-22T10:00:00+00:00"


@pytest.fixture
def packed(tmp_path):
    """(the bytes of a small backup, its manifest)"""
    dump, media = tmp_path / "dump", tmp_path / "pictures"
    dump.write_bytes(b"database" * 1_000)
    (media / "events").mkdir(parents=True)
    (media / "events" / "a.webp").write_bytes(b"picture")
    (media / "link").symlink_to("/etc/passwd")
    out = io.BytesIO()
    manifest = archive.write(out, dump, media, MADE_AT, {"catalogue": "abc"}, {"migrations": ["a/0001"]})
    return out.getvalue(), manifest


def unpacked(data, tmp_path):
    return archive.unpack(io.BytesIO(data), tmp_path / "out")


def tar(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name, text in members:
            info = tarfile.TarInfo(name)
            info.size = len(text)
            made.addfile(info, io.BytesIO(text))
    return out.getvalue()


def manifest_of(**changes):
    told = {"made_at": MADE_AT, "files": {}, "digests": {}, "about": {}, "format": 1, **changes}
    return (archive.MANIFEST, json.dumps(told).encode())


def test_what_was_packed_comes_out(packed, tmp_path):
    data, manifest = packed
    assert unpacked(data, tmp_path) == manifest
    assert (tmp_path / "out" / "database.dump").read_bytes() == b"database" * 1_000
    assert (tmp_path / "out" / "media" / "events" / "a.webp").read_bytes() == b"picture"
    assert set(manifest.files) == {"database.dump", "media/events/a.webp"}
    assert manifest.media_count == 1


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5])
def test_a_file_that_was_cut_off_is_refused(packed, tmp_path, share):
    data, _manifest = packed
    with pytest.raises(BackupError, match=r"cannot be read|cut off"):
        unpacked(data[: int(len(data) * share)], tmp_path)


def test_a_changed_byte_is_noticed(packed, tmp_path):
    data, _manifest = packed
    with pytest.raises(BackupError, match=r"damaged: database\.dump"):
        unpacked(data.replace(b"databasedatabase", b"databasedatabasf", 1), tmp_path)


def test_a_missing_picture_is_noticed(tmp_path):
    with pytest.raises(BackupError, match="damaged: media/x"):
        unpacked(tar([manifest_of(files={"media/x": [1, "0"]})]), tmp_path)


@pytest.mark.parametrize("name", ["../x", "/etc/x", "media/../../x", "media", "other", "media/..\\x"])
def test_nothing_leaves_the_folder(tmp_path, name):
    with pytest.raises(BackupError, match="does not belong"):
        unpacked(tar([(name, b"x")]), tmp_path)
    assert not (tmp_path / "x").exists()


def test_links_are_refused(tmp_path):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        info = tarfile.TarInfo("media/a")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        made.addfile(info)
    with pytest.raises(BackupError, match="does not belong"):
        unpacked(out.getvalue(), tmp_path)


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ([(archive.MANIFEST, b"[]")], "own list"),
        ([(archive.MANIFEST, b"{")], "own list"),
        ([manifest_of(files={"a": 1})], "own list"),
        ([manifest_of(strange=1)], "own list"),
        ([manifest_of(format=2)], "another version"),
        ([], "cut off"),
    ],
)
def test_a_strange_list_is_refused(tmp_path, members, words):
    with pytest.raises(BackupError, match=words):
        unpacked(tar(members), tmp_path)


# -- encryption ------------------------------------------------------------------------------------

needs_age = pytest.mark.skipif(not shutil.which("age"), reason="the program age is not installed")


@pytest.fixture
def key(tmp_path):
    """(public key, file with the secret one)"""
    path = tmp_path / "key"
    program = shutil.which("age-keygen")
    done = subprocess.run([program, "-o", path], capture_output=True, text=True, check=True)
    return done.stderr.split()[-1], path


def seal(path, recipient, data=b"secret" * 100_000):
    with sealing.sealed(path, recipient) as out:
        out.write(data)


@needs_age
class TestSealing:
    def test_only_the_secret_key_opens_it(self, tmp_path, key):
        recipient, identity = key
        path = tmp_path / "b.tar.age"
        seal(path, recipient)
        assert b"secret" not in path.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
        with sealing.opened(path, identity) as source:
            assert source.read() == b"secret" * 100_000

    def test_without_the_key_it_says_what_is_missing(self, tmp_path, key):
        path = tmp_path / "b.tar.age"
        seal(path, key[0])
        with pytest.raises(BackupError, match="--identity"), sealing.opened(path, None):
            pass

    def test_a_wrong_recipient_is_told(self, tmp_path):
        with pytest.raises(BackupError, match="age failed"):
            seal(tmp_path / "b.tar.age", "nobody")

    def test_a_damaged_file_is_told(self, tmp_path, key):
        path = tmp_path / "b.tar.age"
        seal(path, key[0])
        data = bytearray(path.read_bytes())
        data[300_000] ^= 1
        path.write_bytes(data)
        with pytest.raises(BackupError, match="age failed"), sealing.opened(path, key[1]) as source:
            source.read()


def test_without_the_program_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="apt install age"):
        seal(tmp_path / "b.tar.age", "age1x")


def test_plain_backups_are_for_their_owner_alone(tmp_path):
    path = tmp_path / "b.tar"
    seal(path, "")
    assert path.stat().st_mode & 0o777 == 0o600


def test_where_to_must_be_said():
    with pytest.raises(CommandError, match="BACKUP_FOLDER"):
        call_command("back_up")
