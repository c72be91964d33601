"""`dev.py audit`: whether a weakness is known of a package that is pinned here.

Asks OSV.dev, which holds the advisories of the Python Packaging Authority and of GitHub, in one request with
nothing but names and versions. Where it cannot be asked nothing is known, and the command says so and fails.
"""

import argparse
import datetime as dt
import http.client
import json
import sys
import tomllib
import urllib.request
from collections.abc import Callable
from typing import Any

from tools import pins
from tools.pins import Pin
from tools.state import CHECKOUT
from tools.terminal import Problem, say, tell_problem

SERVICE = "https://api.osv.dev/v1/querybatch"
ABOUT = "https://osv.dev/vulnerability/"
# Seconds to wait for it, and the most that it may answer.
PATIENCE, MOST_BYTES = 30.0, 20_000_000
CLEAN, FOUND, UNKNOWN = 0, 1, 2

Ask = Callable[[bytes], bytes]


def main(arguments: list[str], ask: Ask | None = None, today: dt.date | None = None) -> int:
    """Exit status 0 where nothing is known, 1 where something is, 2 where nobody could be asked."""
    parser = argparse.ArgumentParser(prog="dev.py audit", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="what development needs, too")
    parser.add_argument(
        "--service", default=SERVICE, help="a mirror of it, inside a network without internet"
    )
    options = parser.parse_args(arguments)
    files = [pins.PRODUCTION, pins.POSTGRES, *([pins.DEVELOPMENT] if options.dev else [])]
    asked = sorted({pin for name in files for pin in pins.read(name)}, key=lambda pin: pin.name)
    try:
        known = weaknesses(asked, ask or (lambda body: _post(options.service, body)))
    except (OSError, ValueError, http.client.HTTPException) as error:
        tell_problem(
            Problem(
                f"{options.service} could not be asked; of {len(asked)} packages nothing is known: {error}",
                "Try again from a machine with access to it, or name a mirror: --service https://…",
            )
        )
        return UNKNOWN
    return _told(asked, known, accepted(today or dt.datetime.now(dt.UTC).date()))


def weaknesses(asked: list[Pin], ask: Ask) -> dict[str, list[str]]:
    """{purl: names of advisories}. Raises ValueError where the answer is none."""
    queries = [{"package": {"purl": pin.purl}} for pin in asked]
    told: Any = json.loads(ask(json.dumps({"queries": queries}).encode()))
    answers = told.get("results") if isinstance(told, dict) else None
    if not isinstance(answers, list) or len(answers) != len(asked):
        raise ValueError("the answer is not one for each package")
    found = {
        pin.purl: [str(one["id"]) for one in (answer or {}).get("vulns", [])]
        for pin, answer in zip(asked, answers, strict=True)
    }
    return {purl: names for purl, names in found.items() if names}


def accepted(today: dt.date) -> dict[str, str]:
    """{advisory: why it does not concern this product} of pyproject.toml, as long as each is agreed on."""
    told = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"].get("kongressatlas", {})
    return {one["id"]: one["why"] for one in told.get("advisories", []) if today <= one["until"]}


def _told(asked: list[Pin], known: dict[str, list[str]], agreed: dict[str, str]) -> int:
    left = 0
    for purl, advisories in known.items():
        for name in advisories:
            left += name not in agreed
            say(f"  {purl}: {ABOUT}{name}" + (f" (agreed: {agreed[name]})" if name in agreed else ""))
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
