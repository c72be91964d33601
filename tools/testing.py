"""`dev.py test`: pytest inside the environment. The database comes from tools/pytest_plugin.py."""

import os
from pathlib import Path

from tools import environment

PARALLEL = ("-n", "--numprocesses", "--dist", "-d", "--pdb", "--collect-only", "--co", "-p")


def command(arguments: list[str]) -> list[str]:
    """pytest with the arguments; on several cores, unless they name single tests or say otherwise."""
    parallel = [] if is_narrow(arguments) else ["-n", str(max(2, min(4, os.cpu_count() or 2)))]
    return [str(environment.PYTHON), "-m", "pytest", *parallel, *arguments]


def is_narrow(arguments: list[str]) -> bool:
    """Whether starting more processes would cost more than it saves, or is somebody's choice already."""
    says_itself = any(word.split("=")[0] in PARALLEL or word.startswith("-n") for word in arguments)
    return says_itself or any(Path(word.split("::")[0]).is_file() for word in arguments)
