"""What a test run needs before Django's settings are read: a throw-away PostgreSQL and its own environment.

Loaded with `-p` from pyproject.toml, since pytest-django reads the settings before any conftest.py is.
"""

import os
import re
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest

from tools import environment, state
from tools.terminal import Problem
from tools.throw_away import ThrowAwayServer

# Tests look the same wherever they run: nothing of the developer's environment reaches the settings.
SETTINGS = {
    "SECRET_KEY": "for tests only",
    "SITE_URL": "http://testserver",
    "DEBUG": "false",
    "STATIC_MANIFEST": "false",
    "EMAIL_URL": "memorymail://",
    # A test sees what the views make; those of the shelf switch it on.
    "PAGE_CACHE_MEGABYTES": "0",
}


def variables_of_settings() -> set[str]:
    """Names of the variables that config/settings.py reads."""
    text = (state.CHECKOUT / "config" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r'\b(?:env\.\w+|required|day)\(\s*"([A-Z_]+)"', text))


# One per run: the main process starts it, those of xdist find its address in their environment.
SERVER = ThrowAwayServer()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Runs around all others, so before pytest-django looks at the settings."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    if not is_worker:
        environment.compile_messages()
        for name in variables_of_settings() - {"DATABASE_URL"}:
            os.environ.pop(name, None)
        os.environ.update(SETTINGS)
        if not os.environ.get("DATABASE_URL"):
            try:
                os.environ["DATABASE_URL"] = SERVER.start()
            except Problem as problem:
                SERVER.stop()
                raise pytest.UsageError(f"{problem.wrong}\n{problem.remedy}") from None
    close_sockets()
    return (yield)


def pytest_unconfigure() -> None:
    SERVER.stop()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Ours where nobody has chosen another one."""
    from tools import shares

    return shares.Shares(config, log) if config.getoption("dist") == "load" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """After pytest-django has put those behind that empty the database, which a module keeps to itself."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        from tools import shares

        items[:] = [items[position] for position in shares.in_order([item.nodeid for item in items])]


def close_sockets() -> None:
    """Nobody outside this machine hears of a test run; unix sockets and loopback stay open."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def checked_connect(self: socket.socket, address: Any) -> None:
        refuse_strangers(self, address)
        connect(self, address)

    def checked_connect_ex(self: socket.socket, address: Any) -> int:
        refuse_strangers(self, address)
        return connect_ex(self, address)

    socket.socket.connect = checked_connect  # type: ignore[method-assign, assignment]
    socket.socket.connect_ex = checked_connect_ex  # type: ignore[method-assign, assignment]


def refuse_strangers(connecting: socket.socket, address: Any) -> None:
    if connecting.family not in (socket.AF_INET, socket.AF_INET6) or is_loopback(str(address[0])):
        return
    raise RuntimeError(f"A test tried to reach {address[0]}: tests talk to this machine only.")


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hashing a password safely takes half a second on purpose; no test needs that."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield
