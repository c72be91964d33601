"""Migrations that a running site bears, and the former release's code on the present tables."""

import shutil
import subprocess

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from operations.backup import programs
from operations.backup.targets import scratch_database
from operations.migrating import LOCK_TIMEOUT, _lift, _limit
from tools import binaries, environment, state
from tools.upgrades import trial
from tools.upgrades.exceptions import EXCEPTIONS
from tools.upgrades.linting import judge, lint, of_migration
from tools.upgrades.released import released
from tools.upgrades.rules import findings

BAD = {
    "DROP TABLE shop_thing": "dropped",
    "ALTER TABLE shop_thing DROP COLUMN name": "dropped",
    'ALTER TABLE "shop_thing" RENAME COLUMN "name" TO "title"': "renamed",
    "ALTER TABLE shop_thing RENAME TO shop_item": "renamed",
    "ALTER TABLE shop_thing ADD COLUMN size integer NOT NULL": "not-null",
    "ALTER TABLE shop_thing ALTER COLUMN name SET NOT NULL": "not-null",
    "ALTER TABLE shop_thing ALTER COLUMN name DROP DEFAULT": "default-taken",
    "ALTER TABLE shop_thing ALTER COLUMN name TYPE text": "rewritten",
    "ALTER TABLE shop_thing ADD COLUMN uid uuid DEFAULT gen_random_uuid()": "rewritten",
    "ALTER TABLE shop_thing ADD COLUMN up text GENERATED ALWAYS AS (upper(name)) STORED": "rewritten",
    "CREATE INDEX thing_name ON shop_thing (name)": "index",
    'CREATE UNIQUE INDEX "thing_name" ON "shop_thing" ("name")': "index",
    "ALTER TABLE shop_thing ADD CONSTRAINT size_small CHECK (size < 9)": "constraint",
    "ALTER TABLE shop_thing ADD CONSTRAINT one_name UNIQUE (name)": "constraint",
    "UPDATE shop_thing SET name = 'x'": "filled-at-once",
}
GOOD = (
    "ALTER TABLE shop_thing ADD COLUMN size integer DEFAULT 0 NOT NULL",
    "ALTER TABLE shop_thing ADD COLUMN size integer",
    "CREATE INDEX CONCURRENTLY thing_name ON shop_thing (name)",
    "ALTER TABLE shop_thing ADD CONSTRAINT size_small CHECK (size < 9) NOT VALID",
    "ALTER TABLE shop_thing VALIDATE CONSTRAINT size_small",
    "ALTER TABLE shop_thing DROP CONSTRAINT size_small",
    "CREATE INDEX other ON another_table (name)",
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE shop_thing SET a = 1; END $$",
)


@pytest.mark.parametrize(("sql", "rule"), BAD.items())
def test_what_a_running_site_does_not_bear_is_found(sql, rule):
    assert [(found.name, table) for found, table in findings(sql, {"shop_thing"})] == [(rule, "shop_thing")]


@pytest.mark.parametrize("sql", GOOD)
def test_what_it_bears_is_not(sql):
    assert list(findings(sql, {"shop_thing"})) == []


@pytest.mark.django_db
def test_a_planted_migration_is_found_operation_by_operation():
    before = ProjectState()
    made = migrations.CreateModel("Thing", [("id", models.BigAutoField(primary_key=True))])
    made.state_forwards("shop", before)
    planted = migrations.Migration("0002_planted", "shop")
    planted.operations = [
        migrations.AddField("thing", "size", models.IntegerField(default=0)),
        migrations.AddIndex("thing", models.Index(fields=["size"], name="thing_size")),
        migrations.RunPython(lambda apps, editor: None),
        migrations.RemoveField("thing", "size"),
    ]
    found = list(of_migration(planted, before, {"shop_thing"}))
    assert [one.rule for one in found] == ["default-taken", "index", "one-way", "dropped"]
    assert judge(found)[0].startswith("shop.0002_planted: default-taken (shop_thing): keep the default")


# Some are not atomic, and say so where a transaction is about.
@pytest.mark.django_db(transaction=True)
def test_our_migrations_are_fit_for_a_running_site():
    assert judge(list(lint())) == []


def test_exceptions_say_why():
    assert all(len(reason) > 40 for reason in EXCEPTIONS.values())


@pytest.mark.django_db
def test_migrations_wait_for_no_lock_for_long():
    def told():
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            return cursor.fetchone()[0]

    before = told()
    _limit(using="default")
    assert told() == LOCK_TIMEOUT
    _lift(using="default")
    assert told() == before


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_former_release_reads_and_edits_on_the_present_tables(tmp_path, settings):
    """`dev.py upgrade-trial` runs its tests besides."""
    former = released()
    if not trial.is_at_hand(former):
        pytest.skip(f"this checkout has no history with the commit of {former.version}")
    settings.POSTGRES_PROGRAMS = str(binaries.find(environment.VENV, state.folder()).folder)
    trial.unpack(former, tmp_path)
    dump = tmp_path / "tables.sql"
    programs.call("pg_dump", ["--no-owner", f"--file={dump}"], connection.settings_dict)
    with scratch_database() as (database, url):
        programs.call("psql", ["-q", "-v", "ON_ERROR_STOP=1", "-f", str(dump)], database)
        variables = {**trial.SETTINGS, "DATABASE_URL": url, "PATH": "/usr/bin:/bin"}
        assert trial.edits(tmp_path, variables) == []


def test_an_archive_without_history_is_told_from_one_with(tmp_path, monkeypatch):
    monkeypatch.setattr(trial.state, "CHECKOUT", tmp_path)
    assert trial.is_at_hand(released()) is False
    subprocess.run([shutil.which("git"), "init", "-q", str(tmp_path)], check=True)
    assert trial.is_at_hand(released()) is False
