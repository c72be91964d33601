import os
import signal
import stat
import subprocess

import psycopg2
import pytest

from tools import postgres
from tools.terminal import Problem

OWNER = """
import sys, time
from pathlib import Path
from tools import binaries, environment, postgres
home = Path(sys.argv[1])
server = postgres.Server(home, binaries.find(environment.VENV, home))
server.start()
print(server.process.pid, flush=True)
time.sleep(120)
"""


@pytest.fixture
def server(home, programs):
    server = postgres.Server(home, programs, throw_away=True)
    server.start()
    yield server
    server.stop()


def ask(home, question):
    connection = psycopg2.connect(postgres.url(home))
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0]
    finally:
        connection.close()


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_answers_on_a_private_socket_and_on_no_port(server, home):
    assert ask(home, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(postgres.socket_folder(home).stat().st_mode) == 0o700
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700


def test_brings_the_extensions_that_the_search_needs(server, home):
    there = ask(home, "SELECT array_agg(name::text) FROM pg_available_extensions")
    assert {"unaccent", "pg_trgm", "btree_gist", "btree_gin"} <= set(there)


def test_stored_text_is_utf8_in_byte_order(server, home):
    assert ask(home, "SHOW server_encoding") == "UTF8"
    assert ask(home, "SELECT lower('ÄÖÜ') || ('Z' < 'a')::text") == "äöütrue"


def test_is_gone_after_stop(server, home):
    server.stop()
    assert not postgres.is_ready(home)
    assert not is_alive(server.process.pid)


def test_keeps_its_data_from_one_start_to_the_next(home, programs):
    for expected in (None, "kept"):
        server = postgres.Server(home, programs)
        server.start()
        try:
            assert ask(home, "SELECT current_setting('kongressatlas.mark', true)") == expected
            connection = psycopg2.connect(postgres.url(home))
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f"ALTER DATABASE {postgres.DATABASE} SET kongressatlas.mark = 'kept'")
            connection.close()
        finally:
            server.stop()


def test_dies_with_an_owner_that_is_killed(home, python, outside, eventually):
    with subprocess.Popen([python, "-c", OWNER, str(home)], stdout=subprocess.PIPE, env=outside) as owner:
        server = int(owner.stdout.readline())
        assert is_alive(server)
        owner.send_signal(signal.SIGKILL)
        owner.wait()
    eventually(lambda: not is_alive(server))
    assert not postgres.is_ready(home)


def test_the_next_owner_takes_over_at_once(home, programs, python, outside):
    with subprocess.Popen([python, "-c", OWNER, str(home)], stdout=subprocess.PIPE, env=outside) as owner:
        owner.stdout.readline()
        owner.send_signal(signal.SIGKILL)
        owner.wait()
    server = postgres.Server(home, programs)
    server.start()
    try:
        assert ask(home, "SELECT 1") == 1
    finally:
        server.stop()


def test_a_server_without_owner_is_ended_before_a_new_one_starts(home, programs):
    orphan = postgres.Server(home, programs)
    orphan.start()
    heir = postgres.Server(home, programs)
    heir.start()
    try:
        assert orphan.process.wait(20) == 0
        assert postgres.owner_of(heir.data) == heir.process.pid
    finally:
        heir.stop()


def test_damaged_data_is_reported_with_the_log_and_a_way_out(home, programs):
    server = postgres.Server(home, programs)
    server.create()
    (server.data / "global" / "pg_control").unlink()
    with pytest.raises(Problem) as caught:
        server.start()
    assert "pg_control" in caught.value.wrong
    assert str(server.data) in caught.value.remedy
    assert server.process.poll() is not None


def test_a_long_path_gets_a_short_socket(home):
    deep = home / ("long" * 30)
    assert len(str(postgres.socket_folder(deep) / postgres.SOCKET_NAME)) <= postgres.LONGEST_SOCKET_PATH
    assert postgres.socket_folder(deep) != postgres.socket_folder(deep / "other")


def test_variables_for_other_servers_do_not_reach_it(monkeypatch):
    monkeypatch.setenv("PGDATA", "/elsewhere")
    assert "PGDATA" not in postgres.clean_environment()
