"""Backed up, lost, restored: with a real database beside the one of the tests."""

import datetime as dt
import io
import os
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from catalogue.dumping import dump
from events.models import Topic
from operations import facts
from operations.backup import BackupError, digests, making, offering, programs, restoring
from operations.backup.targets import read_url, scratch_database
from operations.models import JobRun
from tests.cast import make_cast
from tests.factories import NOW
from tools import binaries, environment, state

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _places(settings, tmp_path, now):
    settings.POSTGRES_PROGRAMS = str(binaries.find(environment.VENV, state.folder()).folder)
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.BACKUP_FOLDER = str(tmp_path / "backups")
    picture = tmp_path / "media" / "events" / "a.webp"
    for folder in (picture.parent, tmp_path / "backups"):
        folder.mkdir(parents=True)
    picture.write_bytes(b"picture")


def folder(settings):
    return Path(settings.BACKUP_FOLDER)


def said(*words):
    written = io.StringIO()
    call_command(*words, stdout=written)
    return written.getvalue()


def test_a_drill_restores_the_same_catalogue(settings, client):
    event = make_cast().congress
    # What is drawn anew is in no backup, and nobody misses it.
    client.get(event.get_absolute_url())
    before = dump()
    assert "1 pictures" in said("back_up")
    (path,) = making.backups(folder(settings))
    assert making.made_at(path) == NOW.replace(microsecond=0)
    # What happens later is not in it, and does not matter to the drill.
    Topic.objects.update(name_de="Anders")
    assert dump() != before
    assert "restored and equal (catalogue, tables), 1 pictures" in said("drill_backup")


def test_a_restored_database_that_differs_is_told(settings, monkeypatch):
    monkeypatch.setattr(making, "digests", lambda: {**digests(), "catalogue": "another"})
    said("back_up")
    with pytest.raises(CommandError, match="differs from what was backed up: catalogue"):
        said("drill_backup")


def test_of_another_version_nothing_is_compared(settings, monkeypatch, tmp_path):
    said("back_up")
    monkeypatch.setattr(restoring.MigrationLoader, "__init__", lambda self, _: None)
    monkeypatch.setattr(restoring.MigrationLoader, "disk_migrations", {("later", "0001")}, raising=False)
    with pytest.raises(CommandError, match="another version"):
        said("drill_backup")


def test_restoring_brings_pictures_and_refuses_to_overwrite(settings, tmp_path):
    said("back_up")
    (path,) = making.backups(folder(settings))
    media = tmp_path / "restored" / "media"
    with scratch_database() as (database, url):
        words = ["restore_backup", str(path), "--into", url, "--media", str(media)]
        assert "The data are those that were backed up." in said(*words)
        assert (media / "events" / "a.webp").read_bytes() == b"picture"
        with pytest.raises(CommandError, match="media is not empty"):
            said(*words)
        with pytest.raises(BackupError, match="database is not empty"):
            restoring.restore(path, database, url, tmp_path / "other")


def test_only_the_newest_stay(settings):
    place = folder(settings)
    for day in range(1, 5):
        (place / f"backup-2026010{day}T000000Z.tar").touch()
    (place / "notes.txt").touch()
    made = making.back_up(place, NOW, keep=2)
    assert made.removed == 3
    assert [path.name for path in making.backups(place)] == [made.path.name, "backup-20260104T000000Z.tar"]
    assert (place / "notes.txt").exists()


def test_a_failure_leaves_nothing_behind(settings, monkeypatch):
    monkeypatch.setattr(
        making.archive, "write", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left"))
    )
    with pytest.raises(CommandError, match="No space left"):
        said("back_up")
    assert list(folder(settings).iterdir()) == []


def test_what_a_killed_run_left_is_removed_after_a_day(settings):
    place = folder(settings)
    for name in ("old", "new"):
        (place / f".part-{name}").mkdir()
        (place / f".part-{name}" / "database.dump").touch()
    long_ago = (place / ".part-new").stat().st_mtime - 2 * 24 * 60 * 60
    os.utime(place / ".part-old", (long_ago, long_ago))
    making._sweep(place, (place / ".part-new").stat().st_mtime)
    assert [path.name for path in place.iterdir()] == [".part-new"]


def test_a_folder_that_is_not_there_is_told(settings, tmp_path):
    shutil.rmtree(folder(settings))
    with pytest.raises(CommandError, match="set BACKUP_FOLDER"):
        said("back_up")


def test_a_missing_program_is_told(settings, tmp_path):
    settings.POSTGRES_PROGRAMS = str(tmp_path)
    with pytest.raises(CommandError, match="POSTGRES_PROGRAMS"):
        said("back_up")


def test_the_password_is_in_no_command_line():
    told = read_url("postgres://me:secret@db.example:5433/name?sslmode=require")
    variables = programs.environment(told)
    names = ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD", "PGDATABASE", "PGSSLMODE")
    assert [variables[name] for name in names] == ["db.example", "5433", "me", "secret", "name", "require"]


def test_how_old_the_newest_is_is_told(settings):
    asked = facts._offered["backup"]

    def told(at):
        (fact,) = asked(at)
        return str(fact.value), bool(fact.remedy)

    assert told(NOW) == ("noch keine", True)
    made = making.back_up(folder(settings), NOW)
    assert making.made_at(made.path) == NOW.replace(microsecond=0)
    assert told(NOW + dt.timedelta(hours=35))[1] is False
    assert told(NOW + dt.timedelta(hours=37))[1] is True
    settings.BACKUP_FOLDER = ""
    assert told(NOW)[1] is False


def test_rows_are_counted_but_not_what_a_crash_may_lose():
    with connection.cursor() as cursor:
        # The first change of all makes the row in which changes are numbered.
        cursor.execute("INSERT INTO journal_pending (txid) VALUES ('1')")
        before = offering.tables()
        cursor.execute("INSERT INTO journal_pending (txid) VALUES ('2')")
    assert offering.tables() == before
    JobRun.objects.create(command="x", began_at=NOW)
    assert offering.tables() != before
