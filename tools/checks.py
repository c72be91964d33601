"""`dev.py check` and `dev.py fix`: one table of what is looked at, and the summary of a run."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tools import environment, state
from tools.terminal import say

PYTHON = str(environment.PYTHON)
# An operator's variables, complete: `check --deploy` looks at such an install, not at this machine.
EXAMPLE = state.CHECKOUT / "config" / "example.env"
# What the example leaves to the operator.
PRODUCTION = {
    "SITE_URL": "https://kongressatlas.example.org",
    "SECRET_KEY": "".join(chr(97 + number % 26) for number in range(60)),
    "METRICS_TOKEN": "of-nobody-but-this-check",
    "EMBEDDED_DATABASE": "false",
    # An operator reviews the statement every year; the example does so every day.
    "ACCESSIBILITY_REVIEWED_ON": time.strftime("%Y-%m-%d"),
    "DEBUG": "false",
}


@dataclass(frozen=True)
class Check:
    name: str
    command: list[str]
    # What brings it in order, beyond reading the lines.
    remedy: str = ""
    production: bool = False


@dataclass(frozen=True)
class Result:
    check: Check
    status: int
    output: str
    seconds: float


def module(*words: str) -> list[str]:
    return [PYTHON, "-m", *words]


CHECKS = [
    Check("types", module("mypy", "--no-error-summary")),
    Check(
        "lint", module("ruff", "check", "--quiet", "--output-format", "concise", "."), "python3 dev.py fix"
    ),
    Check(
        "format", module("ruff", "format", "--check", "--output-format", "concise", "."), "python3 dev.py fix"
    ),
    Check("imports", [str(environment.VENV / "bin" / "lint-imports"), "--no-logo"]),
    Check("templates", module("djlint", "templates", "--lint", "--quiet")),
    Check(
        "migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], "manage makemigrations"
    ),
    # Beside the running site, under the release before.
    Check("upgrades", module("tools.upgrades.linting"), "docs/operations.md, “Upgrades”"),
    Check("translations", module("tools.messages", "check"), "python3 dev.py fix, then translate"),
    Check(
        "licences",
        [str(environment.VENV / "bin" / "reuse"), "lint", "--lines"],
        "REUSE.toml says who holds what",
    ),
    Check(
        "deployment",
        [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        production=True,
    ),
]

FIXES = [
    Check("lint", module("ruff", "check", "--fix", "--quiet", "--output-format", "concise", ".")),
    Check("format", module("ruff", "format", "--quiet", ".")),
    Check("translations", module("tools.messages", "update")),
]


def production() -> dict[str, str]:
    """The example's variables and those it leaves out; NAME=value or NAME="value" line by line."""
    text = EXAMPLE.read_text(encoding="utf-8") if EXAMPLE.exists() else ""
    pairs = [line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#")]
    # The database is the running one, whatever the example names.
    given = {name.strip(): value.strip().strip("'\"") for name, value in pairs}
    return {name: value for name, value in given.items() if name != "DATABASE_URL"} | PRODUCTION


def check(variables: dict[str, str]) -> int:
    """Runs every check, even after one failed; 1 if any did."""
    with ThreadPoolExecutor(max_workers=max(2, os.cpu_count() or 2)) as pool:
        results = list(pool.map(lambda one: run(one, variables), CHECKS))
    for result in results:
        if result.status:
            say(f"\n--- {result.check.name}\n{result.output.strip()}")
    summarise(results)
    return 1 if any(result.status for result in results) else 0


def fix() -> int:
    """Repairs in order, since one repair changes what the next one sees; says what is left for people."""
    results = [run(one, dict(os.environ)) for one in FIXES]
    for result in results:
        if result.output.strip():
            say(f"--- {result.check.name}: left for you\n{result.output.strip()}\n")
    say("Repaired what a program can repair; `python3 dev.py check` tells the rest.")
    return 0


def run(one: Check, variables: dict[str, str]) -> Result:
    started = time.monotonic()
    done = subprocess.run(
        one.command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=variables | (production() if one.production else {}),
        cwd=state.CHECKOUT,
    )
    return Result(one, done.returncode, done.stdout, time.monotonic() - started)


def summarise(results: list[Result]) -> None:
    say()
    for result in results:
        verdict = "failed" if result.status else "ok"
        remedy = f"   {result.check.remedy}" if result.status and result.check.remedy else ""
        say(f"{result.check.name:<14}{verdict:<8}{result.seconds:5.1f} s{remedy}")
