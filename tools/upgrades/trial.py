"""`dev.py upgrade-trial`: the former release's code serves and edits on the present tables.

Its own tests of all addresses, of editors' pages and of what editors do run in a database that the present
migrations have made. Then it reads and edits a catalogue that the present code has loaded, and asks whether
triggers that it knows nothing of keep up what they keep.
"""

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tools import environment, processes, state
from tools.terminal import Problem, say, step
from tools.throw_away import ThrowAwayServer
from tools.upgrades.released import Release, released

# Of its tests those that ask all addresses, all pages of editors, and what the tables are to refuse or do.
TESTS = ("tests/test_urls.py", "tests/test_admin.py", "tests/events/test_actions.py", "tests/catalogue")
_EDITS = Path(__file__).with_name("former_edits.py")
_FLUSH = Path(__file__).with_name("former_flush.py")
SETTINGS = {"SECRET_KEY": "for a trial only", "SITE_URL": "http://testserver", "STATIC_MANIFEST": "false"}


def run() -> int:
    """Tries it in a database of its own; 1 if the former release cannot live there."""
    former = released()
    if not is_at_hand(former):
        say(f"Skipped: this checkout has no history with the commit of {former.version}.")
        return 0
    server = ThrowAwayServer()
    try:
        with step("Creating a database"):
            url = server.start()
        variables = dict(os.environ) | SETTINGS | {"DATABASE_URL": url}
        with tempfile.TemporaryDirectory() as folder, step(f"Unpacking {former.version}"):
            unpack(former, Path(folder))
            return tried(Path(folder), variables)
    finally:
        server.stop()


def tried(folder: Path, variables: Mapping[str, str]) -> int:
    tests = variables["DATABASE_URL"].replace("/kongressatlas?", "/test_kongressatlas?")
    python = str(environment.PYTHON)
    create = "import django; django.setup(); from django.db import connection as c; "
    create += "c.cursor().execute('CREATE DATABASE test_kongressatlas')"
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    if processes.run_apart([python, "-c", create], dict(variables) | settings):
        raise Problem("The database could not be made.", "The lines above say why.")
    for url in (tests, variables["DATABASE_URL"]):
        manage(dict(variables) | {"DATABASE_URL": url}, "migrate", "--verbosity", "0")
    manage(dict(variables), "load_catalogue")
    shutil.copy(_FLUSH, folder)
    words = [python, "-m", "pytest", "--reuse-db", "-q", "-rfE", "-p", "no:cacheprovider"]
    words += ["-p", _FLUSH.stem, *TESTS]
    done = subprocess.run(words, cwd=folder, env=dict(variables), check=False)
    wrong = edits(folder, variables)
    for line in wrong:
        say(line)
    return 1 if done.returncode or wrong else 0


def is_at_hand(release: Release) -> bool:
    """Whether git knows the release's commit here: not in an archive, nor in a shallow clone."""
    asked = ["git", "cat-file", "-e", f"{release.commit}^{{commit}}"]
    try:
        return subprocess.run(asked, cwd=state.CHECKOUT, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def unpack(release: Release, folder: Path) -> None:
    """The release's files, with its German texts compiled: addresses are among them."""
    archive = folder / "release.tar"
    words = ["git", "archive", "--output", str(archive), release.commit]
    subprocess.run(words, cwd=state.CHECKOUT, check=True)
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    archive.unlink()
    subprocess.run([str(environment.PYTHON), "-m", "tools.messages", "compile"], cwd=folder, check=True)


def manage(variables: Mapping[str, str], *words: str) -> None:
    """A command of the present code."""
    if processes.run_apart([str(environment.PYTHON), "manage.py", *words], dict(variables)):
        raise Problem("The database could not be prepared.", "The lines above say why.")


def edits(folder: Path, variables: Mapping[str, str]) -> list[str]:
    """Sentences on what went wrong when the former code read and edited; empty if nothing did."""
    done = subprocess.run(
        [str(environment.PYTHON), str(_EDITS)],
        cwd=folder,
        env=dict(variables) | {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return [f"the former code broke: {done.stderr.strip()[-1500:]}"]
    told: dict[str, list[str]] = json.loads(done.stdout)
    return told["wrong"]
