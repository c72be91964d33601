"""The same parsers, by a fuzzer that sees which of their lines an input reaches: atheris, if it is installed.

Called for one parser, `python -m tools.fuzz.watched PARSER SECONDS`, or by `dev.py fuzz --watched SECONDS`.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from tools.terminal import Problem, say, tell_problem

# Of which the fuzzer sees the lines.
WATCHED = ["api", "catalogue", "lib", "markdown_it", "openpyxl"]
LONGEST = 20_000
# Seconds after which an input is a finding although it is still being read.
HANGS = 30
# How it ends where an error was met that nobody expected; anything but 0 is a finding.
FINE, UNKNOWN = 0, 2


def all_parsers(seconds: int) -> int:
    """Each for so many seconds, in a process of its own: the fuzzer ends with what it has found."""
    if find_spec("atheris") is None:
        remedy = "Install it: .venv/bin/python -m pip install atheris"
        tell_problem(Problem("atheris is not installed.", remedy))
        return UNKNOWN
    from tools.fuzz.parsers import parsers

    found = 0
    for name in parsers():
        words = [sys.executable, "-m", "tools.fuzz.watched", name, str(seconds)]
        done = subprocess.run(words, capture_output=True, text=True, errors="replace", check=False)
        said = done.stderr.splitlines()
        say(f"  {name}: {_sum(said)}, {'nothing found' if done.returncode == FINE else 'FOUND:'}")
        if done.returncode != FINE:
            found += 1
            say("\n".join(f"    {line}" for line in (done.stdout.splitlines() + said)[-40:]))
    return 1 if found else 0


def _sum(said: list[str]) -> str:
    """The last line in which the fuzzer tells how far it has come: inputs tried, places reached."""
    lines = [line for line in said if line.startswith("#") and " cov: " in line]
    return " ".join(lines[-1].split()[:4]) if lines else "–"


def watch(name: str, seconds: int) -> None:
    """Never returns: the fuzzer ends the process."""
    import atheris
    import django

    with atheris.instrument_imports(include=WATCHED):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
        from tools.fuzz.parsers import SLOWEST, parsers
    parser = parsers()[name]

    def read(content: bytes) -> None:
        begun = time.process_time()
        with suppress(*parser.refusals):
            parser.read(content)
        if (taken := time.process_time() - begun) > SLOWEST:
            raise AssertionError(f"takes {taken:.1f} s")

    folder = tempfile.mkdtemp()
    for number, seed in enumerate(parser.seeds):
        Path(folder, f"seed-{number}").write_bytes(seed)
    limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={HANGS}"]
    limits += [f"-artifact_prefix={folder}/"]
    atheris.Setup([sys.argv[0], *limits, folder], read)
    atheris.Fuzz()


if __name__ == "__main__":
    watch(sys.argv[1], int(sys.argv[2]))
