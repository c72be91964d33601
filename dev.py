#!/usr/bin/env python3
"""The one command of a developer: set up, run, test, check and repair. Needs Python 3.11 and nothing else."""

import argparse
import os
import sys
from collections.abc import Callable

if sys.version_info < (3, 11):  # noqa: UP036 (whoever has an older one should read a sentence)
    sys.exit(
        f"Kongressatlas needs Python 3.11 or newer; this is {sys.version_info[0]}.{sys.version_info[1]}.\n"
        "What to do: install a newer Python and call dev.py with it, as in `python3.12 dev.py run`."
    )
if os.name != "posix":
    sys.exit("dev.py needs Linux or macOS.\nWhat to do: on Windows use it inside WSL.")

from tools import (
    bench,
    binaries,
    checks,
    environment,
    faults,
    look,
    processes,
    serve,
    setup_trial,
    state,
    testing,
)
from tools.database import database
from tools.fuzz import command as fuzz
from tools.terminal import Problem, say, tell_problem
from tools.upgrades import trial


def main() -> int:
    options = parser().parse_args()
    os.chdir(state.CHECKOUT)
    try:
        environment.keep_compiled()
        with processes.stop_signals_raise():
            act: Callable[[argparse.Namespace], int] = options.act
            return act(options)
    except Problem as problem:
        tell_problem(problem)
        return 1
    except PermissionError as error:
        tell_problem(
            Problem(f"{error.filename} may not be used by this account.", "Use the account that owns it.")
        )
        return 1
    except (KeyboardInterrupt, processes.Stopped):
        say("\nStopped.")
        return 0 if options.act is run else 130
    except OSError as error:
        tell_problem(
            Problem(str(error), "If the disk is full make room; otherwise report this with all lines above.")
        )
        return 1


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    commands = top.add_subparsers(required=True, metavar="command")
    command = commands.add_parser("run", help="prepare everything and serve the site")
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    command.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    command.add_argument(
        "--no-samples", action="store_true", help="real events only, in a database that is still empty"
    )
    command.add_argument("--empty", action="store_true", help="load nothing into an empty database")
    command.set_defaults(act=run)
    for name, act, text in (
        ("check", check, "find what is wrong; changes nothing"),
        ("fix", fix, "put right what a program can put right"),
    ):
        commands.add_parser(name, help=text).set_defaults(act=act)
    for name, act, text in (
        ("bench", measure, "measure; `bench calendar`, say, and its own arguments"),
        ("fuzz", attack, "ask every address what no browser asks; `--requests 1000`, say"),
        ("faults", fault, "kill, fill, stop and slow down what a site needs; `faults kills`, say"),
        ("sbom", list_parts, "write what the product is made of as CycloneDX; `--output sbom.json`, say"),
        ("audit", audit, "ask whether a weakness is known of a package; `--help` tells more"),
        ("upgrade-trial", try_upgrade, "the former release's code on the present tables"),
        ("look", picture, "pictures of all page types beside those of the last time; `--only list`, say"),
        ("setup-trial", try_setup, "do what docs/operations.md says in a fresh Debian; `--help` tells more"),
        ("test", test, "run the tests; arguments go to pytest"),
        ("manage", manage, "manage.py inside the environment and beside the database"),
    ):
        # Every argument belongs to the other program, --help included.
        command = commands.add_parser(name, help=text, add_help=False, prefix_chars="\0")
        command.add_argument("arguments", nargs="*")
        command.set_defaults(act=act)
    return top


def run(options: argparse.Namespace) -> int:
    only_run = serve.only_one(options)
    say("Setting up")
    environment.prepare(development=False)
    status = serve.run(options, variables())
    only_run.release()
    return status


def test(options: argparse.Namespace) -> int:
    environment.prepare(development=True)
    return processes.run_in_foreground(testing.command(options.arguments), dict(os.environ))


def check(options: argparse.Namespace) -> int:
    environment.prepare(development=True)
    with database("check", environment.VENV) as database_url:
        return checks.check(variables() | {"DATABASE_URL": database_url})


def fix(options: argparse.Namespace) -> int:
    environment.prepare(development=True)
    return checks.fix()


def measure(options: argparse.Namespace) -> int:
    environment.prepare(development=False)
    return bench.run(options.arguments[0] if options.arguments else "", options.arguments[1:])


def try_upgrade(options: argparse.Namespace) -> int:
    environment.prepare(development=True)
    return trial.run()


def fault(options: argparse.Namespace) -> int:
    environment.prepare(development=False)
    return faults.run(options.arguments)


def picture(options: argparse.Namespace) -> int:
    environment.prepare(development=True)
    return look.run(options.arguments, variables())


def attack(options: argparse.Namespace) -> int:
    environment.prepare(development=False)
    return fuzz.run(options.arguments, variables())


def try_setup(options: argparse.Namespace) -> int:
    return setup_trial.main(options.arguments)


def list_parts(options: argparse.Namespace) -> int:
    environment.prepare(development=False)
    command = [str(environment.PYTHON), "-m", "tools.sbom", *options.arguments]
    return processes.run_in_foreground(command, dict(os.environ))


def audit(options: argparse.Namespace) -> int:
    try:
        environment.prepare(development=False)
    except Problem as problem:
        tell_problem(problem)
        return 2  # 1 would say that something was found
    command = [str(environment.PYTHON), "-m", "tools.audit", *options.arguments]
    return processes.run_in_foreground(command, dict(os.environ))


def manage(options: argparse.Namespace) -> int:
    environment.prepare(development=False)
    with database("manage", environment.VENV) as database_url:
        command = [str(environment.PYTHON), "manage.py", *options.arguments]
        return processes.run_in_foreground(command, variables() | {"DATABASE_URL": database_url})


def variables() -> dict[str, str]:
    """What Django finds in its environment: what the operator set, else what suits a developer's machine."""
    home = state.folder()
    defaults = {
        "SECRET_KEY": state.secret_key(home),
        "STATIC_ROOT": str(home / "static"),
        "MEDIA_ROOT": str(home / "media"),
    }
    if not os.environ.get("DATABASE_URL"):
        defaults["EMBEDDED_DATABASE"] = "true"
        defaults["POSTGRES_PROGRAMS"] = binaries.client_programs(environment.VENV)
    return defaults | os.environ


if __name__ == "__main__":
    sys.exit(main())
