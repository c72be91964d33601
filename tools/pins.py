"""What the requirement files pin: name, version and the digests of every file that pip may take."""

import re
from dataclasses import dataclass
from pathlib import Path

from tools.state import CHECKOUT

PRODUCTION, DEVELOPMENT, POSTGRES = "requirements.txt", "requirements-dev.txt", "requirements-postgres.txt"
_LINE = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)")


@dataclass(frozen=True)
class Pin:
    """`digests` are SHA-256, in hexadecimal digits."""

    name: str
    version: str
    digests: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its address among the packages of all languages (package-url)."""
        return f"pkg:pypi/{self.name}@{self.version}"


def read(name: str, folder: Path = CHECKOUT) -> list[Pin]:
    """The pins of a requirement file, by name."""
    found = []
    for line in (folder / name).read_text().replace("\\\n", " ").splitlines():
        if match := _LINE.match(line):
            digests = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
            found.append(Pin(normalised(match[1]), match[2], digests))
    return found


def normalised(name: str) -> str:
    """The one of the many ways to write a package's name that compares (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
