"""Pins what pyproject.toml asks for, with hashes and without host names: `python3 -m tools.pin [--upgrade]`.

Needs uv on the PATH. Without --upgrade versions stay as they are wherever pyproject.toml still allows them.
"""

import shutil
import subprocess
import sys

from tools.state import CHECKOUT
from tools.terminal import Problem, step, tell_problem

UV = ["uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", "3.11"]
HASHED = ["--generate-hashes", "--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links"]
# Development follows production, so that both have the same versions.
FILES = {
    "requirements.txt": [],
    "requirements-dev.txt": ["--group", "dev", "--constraints", "requirements.txt"],
}
# Alone and without its dependencies: only its files are used.
POSTGRES = [*UV[:3], *UV[4:], *HASHED, "--no-deps", "--group", "postgres", "--output-file"]


def main(arguments: list[str]) -> int:
    if not shutil.which("uv"):
        tell_problem(Problem("uv is not there.", "Install it, for instance with `pip install uv`."))
        return 1
    commands = {name: [*UV, *HASHED, *extra, "--output-file"] for name, extra in FILES.items()}
    commands["requirements-postgres.txt"] = POSTGRES
    for name, command in commands.items():
        with step(f"Pinning {name}"):
            # uv prints the file as well as writing it
            subprocess.run([*command, name, *arguments], cwd=CHECKOUT, check=True, stdout=subprocess.DEVNULL)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
