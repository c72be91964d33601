"""`dev.py bench`: how quick the house is, against a database that is thrown away afterwards.

Each bench is a module with a function `main(arguments)` that returns the exit status. It runs inside the
environment with Django's settings, in a database that has been migrated and is empty. Every table it prints
has a yardstick of the same run beside the figures, since machines differ and share their cores.
"""

import os
import tempfile

from tools import environment, processes
from tools.terminal import Problem, step
from tools.throw_away import ThrowAwayServer

BENCHES = {
    "admin": "tools.bench_admin",
    "calendar": "tools.bench_calendar",
    "drill": "tools.bench_drill",
    "edits": "tools.bench_edits",
    "index": "tools.bench_index",
    "load": "tools.bench_load",
    "looks": "tools.bench_looks",
    "search": "tools.bench_search",
    "speed": "tools.bench_speed",
    "twins": "tools.bench_twins",
}
SETTINGS = {
    "SECRET_KEY": "for measurements only",
    "SITE_URL": "http://testserver",
    "DEBUG": "false",
    "STATIC_MANIFEST": "false",
    "DJANGO_SETTINGS_MODULE": "config.settings",
}


def run(name: str, arguments: list[str]) -> int:
    """Measures and returns the exit status of the bench."""
    if name not in BENCHES:
        raise Problem(f"There is no bench “{name}”.", f"Known are: {', '.join(BENCHES)}.")
    server = ThrowAwayServer()
    python = str(environment.PYTHON)
    try:
        with step("Creating a database"):
            variables = dict(os.environ) | SETTINGS | {"DATABASE_URL": server.start()}
            variables["STATIC_ROOT"] = tempfile.mkdtemp(dir=server.folder)
        if processes.run_apart([python, "manage.py", "migrate", "--verbosity", "0"], variables):
            raise Problem("The database could not be prepared.", "The lines above say why.")
        call = f"import sys, django; django.setup(); import {BENCHES[name]} as bench; "
        call += "sys.exit(bench.main(sys.argv[1:]))"
        return processes.run_in_foreground([python, "-c", call, *arguments], variables)
    finally:
        server.stop()
