import signal
import subprocess

import pytest

from tools import environment, postgres, state
from tools.database import database

USER = """
import sys
from tools import environment
from tools.database import database
with database("manage", environment.VENV) as url:
    print(url, flush=True)
    sys.stdin.readline()
print("done", flush=True)
"""


@pytest.fixture
def command(python, outside):
    """Starts a process that uses the database until it is told to end; ends all of them afterwards."""
    started = []

    def start():
        process = subprocess.Popen(
            [python, "-c", USER],
            env=outside,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process, process.stdout.readline().strip()

    yield start
    for process in started:
        process.kill()
        process.communicate()


def end(process):
    process.stdin.write("\n")
    process.stdin.flush()


def test_an_operators_database_is_used_as_it_is(monkeypatch, home):
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@db.example.org/theirs")
    monkeypatch.setenv("KONGRESSATLAS_STATE", str(home))
    with database("manage", environment.VENV) as url:
        assert url == "postgres://somebody@db.example.org/theirs"
    assert list(home.iterdir()) == []


def test_a_second_command_attaches_to_the_first_ones_server(command, home):
    _, first = command()
    server = postgres.owner_of(next(home.glob("data-*")))
    _, second = command()
    assert first == second == postgres.url(home)
    assert postgres.owner_of(next(home.glob("data-*"))) == server


def test_the_owner_waits_for_those_who_attached(command, home, eventually):
    owner, _ = command()
    guest, _ = command()
    end(owner)
    assert any("still uses the database" in line for line in owner.stderr)
    assert owner.poll() is None
    assert postgres.is_ready(home)
    end(guest)
    eventually(lambda: owner.poll() is not None)
    assert not postgres.is_ready(home)


def test_after_a_killed_owner_the_next_command_starts_anew(command, home):
    owner, url = command()
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    _, again = command()
    assert again == url
    assert postgres.is_ready(home)


def test_two_checkouts_have_folders_of_their_own(monkeypatch, tmp_path):
    monkeypatch.delenv("KONGRESSATLAS_STATE", raising=False)
    here = state.candidates()
    monkeypatch.setattr(state, "CHECKOUT", tmp_path)
    assert set(here).isdisjoint(state.candidates())
