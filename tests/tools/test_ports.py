import os
import socket
import sys

import pytest

from tools import ports
from tools.terminal import Problem


@pytest.fixture
def taken_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_free_port_is_fine(free_port):
    ports.must_be_free("127.0.0.1", free_port)


def test_a_taken_port_is_reported_with_another_one(taken_port):
    with pytest.raises(Problem) as caught:
        ports.must_be_free("127.0.0.1", taken_port)
    assert f"Port {taken_port} is taken" in caught.value.wrong
    assert "dev.py run --port" in caught.value.remedy


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows who listens")
def test_a_taken_port_is_reported_with_its_holder(taken_port):
    assert ports.holder_of(taken_port).startswith(f"{os.getpid()} (")


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(Problem) as caught:
        ports.must_be_free("192.0.2.1", 8000)
    assert "--host" in caught.value.remedy


def test_who_waits_for_a_port_is_told_when_nobody_listens(free_port):
    with pytest.raises(Problem, match=str(free_port)):
        ports.wait_for(free_port, 0.05)
