"""`dev.py audit`: whether a weakness is known of a package that is pinned here.

Asks OSV.dev, which holds the advisories of the Python Packaging Authority and of GitHub, in one request with
nothing but names and versions. `--advisories` reads a copy of these instead, where there is no internet.
Where neither can be asked nothing is known, and the command says so and fails.
"""

import argparse
import datetime as dt
import http.client
import json
import sys
import tomllib
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tools import advisories, pins
from tools.advisories import Known, Weakness
from tools.pins import Pin
from tools.state import CHECKOUT
from tools.terminal import Problem, say, tell_problem

SERVICE = "https://api.osv.dev/v1/querybatch"
ABOUT = "https://osv.dev/vulnerability/"
# Seconds to wait for it, and the most that it may answer.
PATIENCE, MOST_BYTES = 30.0, 20_000_000
# Days without a change to any advisory for PyPI, where some change daily: then it is the copy that is old.
OLD = 30
CLEAN, FOUND, UNKNOWN = 0, 1, 2

Ask = Callable[[bytes], bytes]


def main(arguments: list[str], ask: Ask | None = None, today: dt.date | None = None) -> int:
    """Exit status 0 where nothing is known, 1 where something is, 2 where nobody could be asked."""
    options = _options(arguments)
    today = today or dt.datetime.now(dt.UTC).date()
    files = [pins.PRODUCTION, pins.POSTGRES, *([pins.DEVELOPMENT] if options.dev else [])]
    asked = sorted({pin for name in files for pin in pins.read(name)}, key=lambda pin: pin.name)
    try:
        if options.advisories:
            known = _of_copy(options.advisories, asked, today)
        else:
            known = _of_service(options.service, asked, ask)
    except Problem as problem:
        tell_problem(problem)
        return UNKNOWN
    return _told(asked, known, accepted(today))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py audit", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="what development needs, too")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--service", default=SERVICE, help="a mirror of it, inside a network without internet")
    ways.add_argument(
        "--advisories",
        type=Path,
        metavar="PATH",
        help="a folder or a zip of advisories in the format of OSV, asked instead: PyPI/all.zip, say",
    )
    return parser.parse_args(arguments)


def _of_service(service: str, asked: list[Pin], ask: Ask | None) -> Known:
    try:
        return weaknesses(asked, ask or (lambda body: _post(service, body)))
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Problem(
            f"{service} could not be asked; of {len(asked)} packages nothing is known: {error}",
            "Try again from a machine with access to it, name a mirror (--service https://…), or bring a "
            "copy of the advisories here (--advisories PATH).",
        ) from error


def weaknesses(asked: list[Pin], ask: Ask) -> Known:
    """What is known of each purl. Raises ValueError where the answer is none."""
    queries = [{"package": {"purl": pin.purl}} for pin in asked]
    told: Any = json.loads(ask(json.dumps({"queries": queries}).encode()))
    answers = told.get("results") if isinstance(told, dict) else None
    if not isinstance(answers, list) or len(answers) != len(asked):
        raise ValueError("the answer is not one for each package")
    found = {
        pin.purl: [Weakness(str(one["id"])) for one in (answer or {}).get("vulns", [])]
        for pin, answer in zip(asked, answers, strict=True)
    }
    return {purl: names for purl, names in found.items() if names}


def _of_copy(place: Path, asked: list[Pin], today: dt.date) -> Known:
    copy = advisories.read(place, asked)
    say(f"  {copy.count:,} advisories for {advisories.ECOSYSTEM} read, the newest changed on {copy.newest}.")
    days = (today - copy.newest).days
    if days > OLD:
        say(f"  That is {days} days ago: of what came to light since nothing is known. Fetch the copy anew.")
    return copy.known


def accepted(today: dt.date) -> dict[str, str]:
    """{advisory: why it does not concern this product} of pyproject.toml, as long as each is agreed on."""
    told = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"].get("kongressatlas", {})
    return {one["id"]: one["why"] for one in told.get("advisories", []) if today <= one["until"]}


def _told(asked: list[Pin], known: Known, agreed: dict[str, str]) -> int:
    left = 0
    for purl, found in known.items():
        for one in found:
            left += one.name not in agreed
            also = f" (also {', '.join(one.aliases)})" if one.aliases else ""
            why = f" (agreed: {agreed[one.name]})" if one.name in agreed else ""
            say(f"  {purl}: {ABOUT}{one.name}{also}{why}")
    say(f"  {len(asked)} packages asked for, {left} weaknesses to be dealt with.")
    return FOUND if left else CLEAN


def _post(service: str, body: bytes) -> bytes:
    if not service.startswith(("https://", "http://")):
        raise ValueError("the address of the service must begin with https://")
    kind = {"Content-Type": "application/json"}
    request = urllib.request.Request(service, data=body, headers=kind)  # noqa: S310 (looked at above)
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
        told: bytes = answer.read(MOST_BYTES)
    return told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
