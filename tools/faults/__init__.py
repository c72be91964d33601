"""`dev.py faults`: what goes wrong in earnest, done to a site of its own as it runs in production.

Each fault is a module with a function `tried(house, options)`, which gives sentences on what was seen and on
what was wrong. The site has a PostgreSQL of its own with the server's usual care for what is committed.
"""

import os
import tempfile

from tools import binaries, environment, postgres, processes
from tools.bench import SETTINGS
from tools.terminal import Problem, step
from tools.throw_away import OwnFolder

FAULTS = ("kills", "outage", "disk", "clock", "slow", "idle")


def run(arguments: list[str]) -> int:
    """Tries the named faults, or all of them; returns 1 if anything was wrong."""
    unknown = [word for word in arguments if word.isalpha() and word not in FAULTS]
    if unknown:
        raise Problem(f"There is no fault “{unknown[0]}”.", f"Known are: {', '.join(FAULTS)}.")
    own = OwnFolder()
    try:
        with step("Collecting files"):
            variables = dict(os.environ) | SETTINGS | _places(own)
            command = [
                str(environment.PYTHON),
                "manage.py",
                "collectstatic",
                "--no-input",
                "--verbosity",
                "0",
            ]
            if processes.run_apart(command, variables):
                raise Problem("The files could not be collected.", "The lines above say why.")
        call = "import sys, django; django.setup(); from tools.faults.trying import main; "
        call += "sys.exit(main(sys.argv[1], sys.argv[2:]))"
        words = [str(environment.PYTHON), "-c", call, str(own.path), *arguments]
        return processes.run_in_foreground(words, variables)
    finally:
        own.remove()


def _places(own: OwnFolder) -> dict[str, str]:
    """The database is that of `tools.faults.house`, which starts later."""
    home = own.path / "database"
    home.mkdir()
    binaries.give_away(home)
    return {
        "DATABASE_URL": postgres.url(home),
        "STATIC_ROOT": tempfile.mkdtemp(dir=own.path),
        "STATIC_MANIFEST": "true",
        "MEDIA_ROOT": tempfile.mkdtemp(dir=own.path),
        "POSTGRES_PROGRAMS": binaries.client_programs(environment.VENV),
        "API_REQUESTS_PER_MINUTE": "0",
        "LOG_LEVEL": "CRITICAL",
    }
