import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools import binaries, environment, ports, pytest_plugin, state

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@contextmanager
def folder_for_state():
    """One with a short path that PostgreSQL's account may enter."""
    folder = Path(tempfile.mkdtemp(prefix="ka-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def home():
    with folder_for_state() as folder:
        yield folder


@pytest.fixture(scope="session")
def programs():
    return binaries.find(environment.VENV, state.folder())


@pytest.fixture
def outside(home):
    """The environment of somebody who calls dev.py, without what this test run has put into ours."""
    made = {*pytest_plugin.SETTINGS, "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in made}
    return kept | {"KONGRESSATLAS_STATE": str(home), "PYTHONPATH": str(CHECKOUT)}


@pytest.fixture
def free_port():
    return ports.free_port()


@pytest.fixture
def eventually():
    """Waits until something holds; fails, instead of hanging, when it never does."""

    def wait(condition, seconds=20):
        deadline = time.monotonic() + seconds
        while not (answer := condition()):
            assert time.monotonic() < deadline, f"still not so after {seconds} s"
            time.sleep(0.02)
        return answer

    return wait


@pytest.fixture
def python():
    return sys.executable
