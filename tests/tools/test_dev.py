"""dev.py as people call it: the real script, a real server, real signals."""

import http.client
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.conftest import folder_for_state
from tools import postgres, state

CHECKOUT = state.CHECKOUT


@pytest.fixture(scope="module")
def home():
    """One for all, as on a person's machine: what was prepared once is there the next time."""
    with folder_for_state() as folder:
        yield folder


@pytest.fixture
def dev(outside):
    """Calls dev.py to its end."""

    def call(*arguments, cwd=CHECKOUT, timeout=120, **variables):
        return subprocess.run(
            [sys.executable, "dev.py", *arguments],
            cwd=cwd,
            env=outside | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
        )

    return call


@pytest.fixture
def site(home, outside, free_port):
    """A site that `dev.py run` serves, from an empty database."""
    command = [sys.executable, "dev.py", "run", "--port", str(free_port), "--empty"]
    with (home / "output").open("w+b") as output:
        process = subprocess.Popen(
            command, cwd=CHECKOUT, env=outside, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        process.port = free_port
        yield process
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def answers(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def is_free(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def greeted(site, home):
    assert site.poll() is None, (home / "output").read_text()
    return "Ctrl-C stops it" in (home / "output").read_text()


def test_run_serves_and_a_killed_run_leaves_nothing_behind(site, home, dev, eventually):
    eventually(lambda: greeted(site, home), 120)
    assert answers(site.port) is not None
    told = (home / "output").read_text()
    password = re.search(r"password in: +(\S+)", told).group(1)
    assert stat.S_IMODE(Path(password).stat().st_mode) == 0o600

    second = dev("run", "--port", "1")
    assert second.returncode == 1
    assert f"process {site.pid}, at http://127.0.0.1:{site.port}" in second.stderr

    beside = dev("manage", "check", "--database", "default")
    assert (beside.returncode, beside.stderr) == (0, "")

    site.kill()
    site.wait()
    eventually(lambda: is_free(site.port))
    eventually(lambda: not postgres.is_ready(home))


def test_a_polite_end_stops_everything_and_is_no_failure(site, home, eventually):
    eventually(lambda: greeted(site, home), 120)
    site.send_signal(signal.SIGTERM)
    assert site.wait(30) == 0
    assert is_free(site.port)
    assert not postgres.is_ready(home)
    assert "Traceback" not in (home / "output").read_text()


def test_a_taken_port_is_told_before_anything_is_prepared(dev):
    with socket.socket() as other, folder_for_state() as fresh:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = dev("run", "--port", str(port), KONGRESSATLAS_STATE=str(fresh))
        assert not list(fresh.glob("data-*"))
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert "What to do: End that process, or take another port" in done.stderr


def test_manage_gives_back_the_status_of_the_command(dev):
    done = dev("manage", "no-such-command")
    assert done.returncode == 1
    assert "Unknown command" in done.stderr


def test_arguments_of_other_programs_pass_unread(dev):
    assert "--fake-initial" in dev("manage", "migrate", "--help").stdout


def test_an_unreachable_registry_is_told_as_such(home, dev):
    clone = home / "clone"
    shutil.copytree(CHECKOUT / "tools", clone / "tools")
    for name in ("dev.py", *(path.name for path in CHECKOUT.glob("requirements*.txt"))):
        shutil.copy(CHECKOUT / name, clone)
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_EXTRA_INDEX_URL": "", "PIP_RETRIES": "0"}
    done = dev("manage", "check", cwd=clone, PIP_CONFIG_FILE=os.devnull, PIP_NO_CACHE_DIR="1", **nowhere)
    assert done.returncode == 1
    assert "What to do: The package registry cannot be reached" in done.stderr
